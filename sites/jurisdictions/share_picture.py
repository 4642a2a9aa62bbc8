"""What the picture shows that goes with a link in a message: of the map, of a state, of a place.

A picture is named by its content: the digest in its name is made of all that it shows, so that a file may be
kept for ever by whoever fetched it, and a changed stage has another address.
"""

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from sites.jurisdictions.models import Jurisdiction, Stage, State
from sites.jurisdictions.outlines import OUTLINES
from sites.jurisdictions.projection import project
from sites.jurisdictions.stamp import directory_stamp
from sites.jurisdictions.unnamed import unnamed_in

DRAWING = 1  # raise it when share_drawing.py draws otherwise, so that every picture gets a new name
MOST_MARKS = 2000  # of a map; more would be a blot at this size
MAP = "map"

Point = tuple[float, float]
_kept: dict[
    str, tuple[tuple, "SharePicture"]
] = {}  # of the map and the states, while their places stay the same


@dataclass(frozen=True)
class SharePicture:
    """All that is drawn. Positions are of the map's own field, see projection.py; `state` is outlined."""

    name: str
    headline: str
    owner: str
    eyebrow: str = ""
    stage: str = ""
    stage_name: str = ""
    lines: tuple[str, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    state: str = ""
    shades: tuple[tuple[str, int], ...] = ()
    marks: tuple[tuple[float, float, str], ...] = ()
    chosen: Point | None = None
    address: str = ""

    @property
    def digest(self) -> str:
        return sha256(repr((DRAWING, self)).encode()).hexdigest()[:16]

    @property
    def file_name(self) -> str:
        return f"{self.name}-{self.digest}.png"

    @property
    def url(self) -> str:
        return settings.SITE_URL + reverse("jurisdictions:share_picture", args=[self.name, self.digest])

    @property
    def alt(self) -> str:
        """The picture in words."""
        parts = [
            self.eyebrow,
            self.headline,
            self.stage_name,
            *self.lines,
            *(text for _, text in self.legend),
        ]
        return ". ".join(part.rstrip(".") for part in parts if part)


def picture_named(name: str) -> SharePicture | None:
    """The picture of "map", of "nm" or of "nm-santa-fe" as it is now; None when the public has none such."""
    if name == MAP:
        return picture_of_map()
    usps, _, slug = name.partition("-")
    state = State.objects.filter(usps=usps.upper()).defer("search_text").first()
    if state is None or not slug:
        return picture_of_state(state) if state else None
    places = Jurisdiction.objects.public().with_history().defer("search_text")
    place = places.filter(state=state, slug=slug).first()
    return picture_of_place(place) if place else None


def picture_of_place(place: Jurisdiction) -> SharePicture:
    """No query for a place whose state and history were read."""
    change, start = place.change_on(), place.launch()
    stage = change.stage if change else "unknown"
    point = _point(place.latitude, place.longitude)
    lines = [say("sites.launched", year=start.year) if start else ""]
    if change:
        told = say(f"sites.share.when.{change.basis}", when=change.when_with_preposition())
        lines = [
            lines[0] if change is not start else "",
            told.strip(),
            f"{say('sites.source')} {change.source_title}",
        ]
    return SharePicture(
        name=f"{place.state.slug}-{place.slug}",
        headline=place.name,
        owner=layout().details.name,
        eyebrow=", ".join(part for part in (place.locality, place.state.name) if part),
        stage=stage,
        stage_name=say(f"sites.stage.{stage}"),
        lines=tuple(line for line in lines if line),
        state=place.state.usps,
        chosen=point,
        address=_address(place.get_absolute_url()),
    )


def picture_of_state(state: State) -> SharePicture:
    return _while_places_stay(state.slug, lambda: _drawn_of_state(state))


def picture_of_map() -> SharePicture:
    return _while_places_stay(MAP, _drawn_of_map)


def _while_places_stay(name: str, make) -> SharePicture:
    """One query; more when the directory or the Bureau's name moved since this process last looked."""
    owner = layout().details.name
    key = (directory_stamp().tag, owner, settings.SITE_URL)
    if name not in _kept or _kept[name][0] != key:
        _kept[name] = key, replace(make(), owner=owner)
    return _kept[name][1]


def _drawn_of_state(state: State) -> SharePicture:
    """One query; two for a state without a named place."""
    places = Jurisdiction.objects.public().staged().in_state(state).order_by("pk")
    rows = list(places.values_list("latitude", "longitude", "stage"))
    count = len(rows)
    told = (
        say("sites.count.one") if count == 1 else say("sites.brief.count", count=count) if count
        else say("sites.state.none_heading") if unnamed_in(state) == "none"
        else say("sites.state.unnamed_heading")
    )  # fmt: skip
    return SharePicture(
        name=state.slug,
        headline=say("sites.state.title", state=state.in_words),
        owner="",
        lines=(told,),
        legend=_legend(Counter(stage for *_, stage in rows)),
        state=state.usps,
        marks=_marks(rows),
        address=_address(state.get_absolute_url()),
    )


def _drawn_of_map() -> SharePicture:
    """One query."""
    places = Jurisdiction.objects.public().staged().order_by("pk")
    rows = list(places.values_list("latitude", "longitude", "stage", "state__usps"))
    by_state = Counter(usps for *_, usps in rows)
    return SharePicture(
        name=MAP,
        headline=say("sites.share.map"),
        owner="",
        lines=(say("sites.share.count", count=f"{len(rows):,}", states=len(by_state)),),
        legend=_legend(Counter(stage for _, _, stage, _ in rows)),
        shades=tuple((usps, 1 if by_state[usps] < 3 else 2) for usps in sorted(by_state) if usps in OUTLINES),
        marks=_marks([row[:3] for row in rows]),
        address=_address(reverse("jurisdictions:index")),
    )


def _legend(stages: Counter) -> tuple[tuple[str, str], ...]:
    return tuple(
        (stage, f"{stages[stage]:,} {say(f'sites.stage.{stage}')}") for stage in Stage.values if stages[stage]
    )


def _marks(rows) -> tuple[tuple[float, float, str], ...]:
    """Each spot of a quarter of a unit once, in an order that follows from what is shown."""
    spots = {
        (round(point[0] * 4) / 4, round(point[1] * 4) / 4, stage or "unknown")
        for latitude, longitude, stage in rows
        if (point := _point(latitude, longitude))
    }
    return tuple(sorted(spots)[:MOST_MARKS])


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    point = project(longitude, latitude) if latitude is not None and longitude is not None else None
    return (round(point[0], 2), round(point[1], 2)) if point else None


def _address(path: str) -> str:
    return f"{settings.SITE_URL.partition('://')[2]}{path}"
