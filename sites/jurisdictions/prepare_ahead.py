"""What the worker does every minute: makes the files and drawings that the places have outgrown."""

from sites.jurisdictions import map as national_map
from sites.jurisdictions.open_data import views as open_data
from sites.jurisdictions.prepared import prepare_all

MAKERS = (national_map, open_data)  # importing them registers what they make


def chores() -> int:
    """Tells how many files it made; none when nothing has changed."""
    return prepare_all()
