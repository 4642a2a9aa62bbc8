"""What the worker does for this app once an hour."""

from leadbureau.mail import contact_chores


def chores() -> int:
    return contact_chores.chores()
