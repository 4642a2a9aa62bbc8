"""The map, drawn on the server as SVG: states and places are links, stage is told by shape."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Avg, Count, F
from django.db.models.functions import Floor

from leadbureau.content.wording import say
from sites.jurisdictions.marks import Mark, entries, marks_of, number, scale_for
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.outlines import OUTLINES, Outline
from sites.jurisdictions.projection import HEIGHT, WIDTH, project
from sites.jurisdictions.spread import Point

MOST_MARKS = 1000  # above this, each state shows its number instead
# Too small for a name on the map; the boxes beside it lead to them.
SMALL = ("VT", "NH", "MA", "RI", "CT", "NJ", "DE", "MD", "DC")


@dataclass(frozen=True)
class StateShape:
    """A state as it is drawn: the outline, a link, a name for it, and how strongly it is filled (0 to 3)."""

    usps: str
    path: str
    label: Point
    count: int
    name: str
    url: str = ""
    shade: int = 0
    named: bool = True
    chosen: bool = False

    @property
    def badge(self) -> int:
        """The radius of the circle that holds its number, when the map shows numbers."""
        return 9 + 3 * len(str(self.count))


@dataclass(frozen=True)
class Map:
    """All that jurisdictions/_map.html draws. `scale` enlarges the marks of a map that shows a part."""

    view_box: str
    states: list[StateShape]
    marks: list[Mark] = field(default_factory=list)
    scale: str = ""
    names: bool = False
    counts: bool = False
    pin: tuple[str, str] | None = None

    @property
    def stages(self) -> list[str]:
        """The stages whose shapes it needs."""
        return sorted({mark.stage for mark in self.marks})

    @property
    def has_stars(self) -> bool:
        return any(mark.certified for mark in self.marks)


def national_map(
    places, counts: Mapping[int, int], states: Iterable[State], *, near=None, chosen=None
) -> Map:
    """The whole country.

    places: a staged QuerySet with `certified`, read by one query unless there are more than MOST_MARKS.
    counts: how many of them are in each state, by its key. near: a Zip to mark. chosen: a State to outline.
    """
    states = list(states)
    total = sum(counts.values())
    crowded = total > MOST_MARKS
    shapes = [
        _shape(
            OUTLINES[state.usps],
            counts.get(state.pk, 0),
            url=state.get_absolute_url(),
            chosen=state == chosen,
        )
        for state in states
        if state.usps in OUTLINES
    ]
    known = {state.pk: state for state in states}
    marks = [] if crowded else marks_of(entries(places), known, _position, scale_for(total))
    pin = project(near.longitude, near.latitude) if near else None
    return Map(
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        states=[replace(shape, named=shape.named and not _covered(shape.label, marks)) for shape in shapes],
        marks=marks,
        names=True,
        counts=crowded,
        scale=_plain_scale(scale_for(total)),
        pin=(number(pin[0]), number(pin[1])) if pin else None,
    )


def small_map() -> dict:
    """For the home page: states by how many places they have, and dots where they are; no links within.

    One query: the database counts places by state and quarter of a degree (some 4 units of the drawing),
    so that 10,000 places weigh little more than 79. `places` and `states` are the totals that it shows.
    """
    cells = list(
        Jurisdiction.objects.public()
        .order_by()
        .values_list("state__usps", Floor(F("latitude") * 4), Floor(F("longitude") * 4))
        .annotate(places=Count("pk"), latitude_of_cell=Avg("latitude"), longitude_of_cell=Avg("longitude"))
    )
    counts: Counter[str] = Counter()
    dots = set()
    for usps, _, _, places, latitude, longitude in cells:
        counts[usps] += places
        point = project(longitude, latitude) if latitude is not None else None
        if point:
            dots.add((round(point[0]), round(point[1])))
    total = counts.total()
    return {
        "places": total,
        "states": len(counts),
        "view_box": f"0 0 {WIDTH} {HEIGHT}",
        "name": say("sites.map.small", places=total, states=len(counts)),
        # One path a shade: states of one shade need not be told apart here.
        "shades": [
            (shade, "".join(o.path(0) for o in OUTLINES.values() if _shade(counts[o.usps]) == shade))
            for shade in range(4)
        ],
        # A dot is a step of no length; its round ends make it a disc.
        "dots": "".join(f"M{x} {y}h0" for x, y in sorted(dots)),
    }


def _shape(outline: Outline, count: int, *, url: str = "", chosen: bool = False) -> StateShape:
    words = "one" if count == 1 else "many" if count else "none"
    return StateShape(
        usps=outline.usps,
        path=outline.path(1),
        label=outline.label,
        count=count,
        name=say(f"sites.map.state.{words}", state=outline.name, count=count),
        url=url,
        shade=_shade(count),
        named=outline.usps not in SMALL,
        chosen=chosen,
    )


def _shade(count: int) -> int:
    return 0 if not count else 1 if count < 3 else 2 if count < 8 else 3


def _position(place, state: State) -> Point | None:
    """Where a place lies on the map; one that is a whole state stands at the state's name."""
    if place.latitude is not None:
        return project(place.longitude, place.latitude)
    if place.kind == Jurisdiction.Kind.STATE and state.usps in OUTLINES:
        return OUTLINES[state.usps].label
    return None


def _covered(label: Point, marks: list[Mark]) -> bool:
    """Whether a mark stands on a state's name."""
    return any(abs(float(mark.x) - label[0]) < 15 and abs(float(mark.y) - label[1]) < 11 for mark in marks)


def _plain_scale(scale: float) -> str:
    return "" if scale == 1 else f"{scale:.2f}"
