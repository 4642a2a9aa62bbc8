"""The places in the staff's site: each import registers what its file is about."""

from sites.jurisdictions import (  # noqa: F401
    corrections_admin,
    introductions_admin,
    place_admin,
    state_admin,
)
