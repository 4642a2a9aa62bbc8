"""The file that staff take out, edit and bring back: the open data's columns, and what is for staff alone."""

from collections.abc import Iterable

from sites.jurisdictions.models import Jurisdiction
from sites.jurisdictions.open_data import writers
from sites.jurisdictions.open_data.fields import PLACE_FIELDS, Field, PlaceRow

STAFF_FIELDS = (
    *PLACE_FIELDS,
    Field("slug", "code", lambda row: row.place.slug),
    Field("visibility", "word", lambda row: row.place.visibility),
)


def staff_csv(places: Iterable[Jurisdiction]) -> bytes:
    """Neither the private contact nor who agreed: a file is easily passed on."""
    pks = [place.pk for place in places]
    found = Jurisdiction.objects.filter(pk__in=pks).with_certified().with_history()
    rows = found.prefetch_related("also_in").order_by("state__name", "name", "pk")
    return writers.places_csv((PlaceRow.of(place) for place in rows), {}, STAFF_FIELDS)
