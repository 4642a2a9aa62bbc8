"""Places from a file: the open data's own CSV is the form, so that export, edit, import is a round trip."""

from sites.jurisdictions.importing.file import FileError, read
from sites.jurisdictions.importing.report import Report
from sites.jurisdictions.importing.resource import PlaceResource

__all__ = ["FileError", "PlaceResource", "Report", "read"]
