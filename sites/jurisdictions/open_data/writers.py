"""The files in each of their forms: rows in, bytes out."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from io import StringIO

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from leadbureau.content.wording import say
from sites.jurisdictions.models import StageChange, State
from sites.jurisdictions.open_data.fields import (
    CHANGE_FIELDS,
    PLACE_FIELDS,
    STEP_FIELDS,
    Field,
    PlaceRow,
    address,
    values,
)

_FORMULA = re.compile(r"^[=+\-@\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
DIGITS = 6  # of a degree: a tenth of a meter; RFC 7946 (11.2) wants no more


def places_csv(rows: Iterable[PlaceRow], about: dict, fields: tuple[Field, ...] = PLACE_FIELDS) -> bytes:
    """about: {} for a file that is not published, and bears no licence."""
    return _csv(fields, rows, about)


def changes_csv(changes: Iterable[StageChange], about: dict) -> bytes:
    return _csv(CHANGE_FIELDS, changes, about)


def places_json(rows: Iterable[PlaceRow], about: dict) -> bytes:
    """Each place with its history, oldest step first."""
    places = [
        {**values(PLACE_FIELDS, row), "history": [values(STEP_FIELDS, step) for step in row.place.history()]}
        for row in rows
    ]
    return _json({**about, "count": len(places), "places": places})


def places_geojson(rows: Iterable[PlaceRow], about: dict) -> bytes:
    """RFC 7946: WGS 84, longitude before latitude. A place without a position is a feature without geometry."""
    features = [_feature(row) for row in rows]
    points = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    box = {"bbox": _box(points)} if points else {}
    return _json({"type": "FeatureCollection", **about, **box, "features": features})


def _feature(row: PlaceRow) -> dict:
    properties = values(PLACE_FIELDS, row)
    latitude, longitude = properties.pop("latitude"), properties.pop("longitude")
    geometry = None
    if isinstance(latitude, float) and isinstance(longitude, float):
        geometry = {"type": "Point", "coordinates": [round(longitude, DIGITS), round(latitude, DIGITS)]}
    return {"type": "Feature", "id": properties["id"], "geometry": geometry, "properties": properties}


def _box(points: list[list[float]]) -> list[float]:
    """West, south, east, north. RFC 7946 (5.2): a box over the 180th meridian has its west east of its east."""
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    west, east = min(longitudes), max(longitudes)
    if east - west > 180:  # Guam and the western Aleutians lie beyond the 180th meridian
        west, east = min(x for x in longitudes if x > 0), max(x for x in longitudes if x < 0)
    return [west, min(latitudes), east, max(latitudes)]


def _json(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _csv(fields: tuple[Field, ...], rows: Iterable, about: dict) -> bytes:
    """Each row of a published file ends with the day, the licence and whom to name, so that a copy keeps them.

    It begins with a byte order mark: without it spreadsheets show "Espa√±ola".
    """
    ending = {key: about[key] for key in ("generated_on", "license", "attribution") if key in about}
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([*(field.name for field in fields), *ending])
    writer.writerows(_cells([*values(fields, row).values(), *ending.values()]) for row in rows)
    return text.getvalue().encode()


def _cells(row: Iterable) -> Iterator:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    for value in row:
        if isinstance(value, bool):
            yield "yes" if value else "no"
        elif isinstance(value, list):
            yield " ".join(value)
        elif isinstance(value, str) and _FORMULA.match(value):
            yield f"'{value}"
        else:
            yield "" if value is None else value


class _PagedAtom(Atom1Feed):
    """Adds the link to the page of older entries (RFC 5005)."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})


def changes_atom(page, state: State | None = None) -> bytes:
    """One page of changes, the newest first, as an Atom feed; of a state, when they are its own."""
    of_all = settings.SITE_URL + reverse("jurisdictions:changes_feed")
    here = f"{of_all}?state={state.slug}" if state else of_all
    title = say("sites.changes.title")
    feed = _PagedAtom(
        title=f"{title}: {state.name}" if state else title,
        description="",
        subtitle=say("sites.changes.subtitle"),
        link=settings.SITE_URL + (state.get_absolute_url() if state else reverse("jurisdictions:index")),
        feed_url=here,
        next_url=f"{here}{'&' if state else '?'}page={page.next_page_number()}" if page.has_next() else "",
        feed_copyright=say("sites.data.license"),
        author_name=say("sites.data.attribution"),  # RFC 4287 wants one on the feed or on every entry
    )
    for change in page:
        _add_entry(feed, change)
    return feed.writeString("utf-8").encode()


def _add_entry(feed: Atom1Feed, change: StageChange) -> None:
    place = change.jurisdiction
    feed.add_item(
        title=_CONTROL.sub("", f"{place.name}, {place.state}: {_change_in_words(change)}"),
        link=address(place),
        description=_CONTROL.sub("", " ".join(part for part in (change.source_title, change.note) if part)),
        unique_id=f"urn:uuid:{place.identifier}#{change.pk}",
        pubdate=datetime.combine(change.sort_on, time(12), UTC),
        updateddate=change.updated_at,
    )


def _change_in_words(change: StageChange) -> str:
    words = say(f"sites.stage.{change.stage}").lower()
    return say(f"sites.change.{change.dated_by}", stage=words, when=change.when_in_words())
