"""The map of the country: states and places are links, stage is told by shape; drawn on the server as SVG."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache

from django.db.models import Avg, Count, F
from django.db.models.functions import Floor
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from leadbureau.content.wording import say
from sites.jurisdictions.cluster import Cluster, centre, clusters_at, gathered, stages_in_words
from sites.jurisdictions.drawing import body_of
from sites.jurisdictions.marks import GAP, REACH, Mark, address_of, entries, marks_at, number, scale_for
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.outlines import OUTLINES, Outline
from sites.jurisdictions.prepared import Prepared, prepared, prepares
from sites.jurisdictions.projection import HEIGHT, WIDTH, project
from sites.jurisdictions.spread import Point, spread
from sites.jurisdictions.stamp import Stamp

MOST_MARKS = 1000  # of one state
AMONG_CLUSTERS = 24.0  # units between two marks where circles stand among them
# Too small for a name on the map; the boxes beside it lead to them.
SMALL = ("VT", "NH", "MA", "RI", "CT", "NJ", "DE", "MD", "DC")
FRAMES = "M6 464H158L214 520V604M214 520H296L346 570V604"  # Alaska and Hawaii are set in


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


@dataclass(frozen=True)
class Shaded:
    """A county that stands out on the map of its state."""

    name: str
    path: str


@dataclass(frozen=True)
class Map:
    """All that jurisdictions/_map.html draws.

    `scale` enlarges the marks of a map that shows a part; `lines` are the borders of counties, as path data,
    `shaded` the counties that stand out; `zooms` are the states that one may enlarge: abbreviation, name,
    places; `new_window` is for a map in a frame; `ready` is the markup, where it was kept.
    """

    view_box: str
    states: list[StateShape]
    marks: list[Mark] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    scale: str = ""
    names: bool = False
    lines: str = ""
    shaded: tuple[Shaded, ...] = ()
    frames: str = ""
    pin: tuple[str, str] | None = None
    has_clusters: bool = False
    has_stars: bool = False
    zooms: tuple[tuple[str, str, int], ...] = ()
    new_window: bool = False
    ready: str = ""

    @property
    def stages(self) -> list[str]:
        """The stages whose shapes it needs."""
        return sorted({mark.stage for mark in self.marks})

    @cached_property
    def body(self) -> SafeString:
        """What stands inside the <svg>."""
        return mark_safe(self.ready) if self.ready else body_of(self)


def national_map(
    places: Iterable,
    counts: Mapping[int, int],
    states: Iterable[State],
    *,
    near=None,
    chosen: State | None = None,
    narrowed: Callable[[State], str] | None = None,
    new_window: bool = False,
) -> Map:
    """The whole country.

    places: a staged QuerySet with `certified`, read by one query; or ready entries (see marks.Entry).
    counts: how many of them are in each state, by its key. near: a point with latitude and longitude, to be
    marked. chosen: the state to outline. narrowed: the address of the list of a state, for a circle that
    stands for several places; by default that of all its places.
    """
    known = {state.pk: state for state in states}
    found = entries(places)
    placed = [(place, point) for place in found if (point := position_of(place, known[place.state_id]))]
    by_stage: defaultdict[int, Counter] = defaultdict(Counter)
    for place in found:
        by_stage[place.state_id][place.stage] += 1
    shapes = shapes_of(known.values(), counts, by_stage, chosen=chosen)
    return country(shapes, *_drawn(placed, known, narrowed or _list_of), near=near, new_window=new_window)


def country(
    shapes: list[StateShape],
    marks: list[Mark],
    clusters: list[Cluster],
    *,
    near=None,
    new_window: bool = False,
) -> Map:
    """The map of the country from its parts: what national_map() and crowd.py draw alike."""
    pin = project(near.longitude, near.latitude) if near else None
    return Map(
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        states=[replace(s, named=s.named and not _covered(s.label, [*marks, *clusters])) for s in shapes],
        marks=marks,
        clusters=clusters,
        has_clusters=bool(clusters),
        has_stars=any(mark.certified for mark in marks),
        names=not clusters,
        frames=FRAMES,
        scale=_plain_scale(_scale(clusters, len(marks))),
        pin=(number(pin[0]), number(pin[1])) if pin else None,
        new_window=new_window,
        zooms=tuple((s.usps, OUTLINES[s.usps].name, s.count) for s in shapes if s.count),
    )


@prepares("national-map")
def _prepare() -> bytes:
    """The map of all public places, as whole_map() reads it."""
    return _kept(new_window=False)


@prepares("national-map-framed")
def _prepare_framed() -> bytes:
    """The same for a frame on other sites."""
    return _kept(new_window=True)


def _kept(*, new_window: bool) -> bytes:
    states = list(State.objects.defer("search_text"))
    found = entries(Jurisdiction.objects.public().staged().with_certified())
    counts = Counter(place.state_id for place in found)
    drawn = national_map(found, counts, states, new_window=new_window)
    kept = {"has_clusters": drawn.has_clusters, "has_stars": drawn.has_stars, "zooms": drawn.zooms}
    return json.dumps({**kept, "ready": drawn.body}).encode()


def whole_map(stamp: Stamp | None = None, *, framed: bool = False) -> Map:
    """national_map() of all public places, without a pin: drawn once for each state of the directory."""
    return _read(prepared("national-map-framed" if framed else "national-map", stamp))


@lru_cache(maxsize=4)
def _read(kept: Prepared) -> Map:
    return Map(view_box=f"0 0 {WIDTH} {HEIGHT}", states=[], **json.loads(kept.body))


def _list_of(state: State) -> str:
    return f"{reverse('jurisdictions:index')}?state={state.slug}"


def _drawn(placed: list, known: Mapping[int, State], narrowed) -> tuple[list[Mark], list[Cluster]]:
    """Marks in the order of their states' names, then of their own, so that Tab goes through them in order."""
    placed.sort(key=lambda one: (known[one[0].state_id].name, one[0].name))
    alone, groups = gathered(placed)
    scale = _scale(groups, len(alone))
    gap, reach = (AMONG_CLUSTERS, AMONG_CLUSTERS) if groups else (GAP * scale, REACH * scale)
    points = spread([point for _, point in alone] + [centre(group) for group in groups], gap, reach)
    marks = marks_at(alone, points, known, scale)
    return marks, clusters_at(groups, points[len(alone) :], known, narrowed, cache(say))


def _scale(clusters: list, marks: int) -> float:
    return 1.0 if clusters else scale_for(marks)


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


def shapes_of(
    states: Iterable[State],
    counts: Mapping[int, int],
    by_stage: Mapping[int, Mapping[str | None, int]],
    *,
    chosen: State | None = None,
) -> list[StateShape]:
    """The states that the drawing holds. counts, by_stage: places by the key of their state, and its stages."""
    words = cache(say)
    most = max(counts.values(), default=0)
    return [
        _shape(
            OUTLINES[state.usps],
            counts.get(state.pk, 0),
            url=address_of(state.slug),
            chosen=state == chosen,
            most=most,
            stages=stages_in_words(by_stage.get(state.pk, {}), words),
        )
        for state in states
        if state.usps in OUTLINES
    ]


def _shape(
    outline: Outline,
    count: int,
    *,
    url: str = "",
    chosen: bool = False,
    most: int = 0,
    stages: str = "",
) -> StateShape:
    words = "one" if count == 1 else "many" if count else "none"
    name = say(f"sites.map.state.{words}", state=outline.name, count=count)
    return StateShape(
        usps=outline.usps,
        path=outline.path(1),
        label=outline.label,
        count=count,
        name=f"{name}.\n{stages}" if stages else name,
        url=url,
        shade=_shade(count, most),
        named=outline.usps not in SMALL,
        chosen=chosen,
    )


def _shade(count: int, most: int = 0) -> int:
    """0 for none to 3 for many: from three and from eight, or by its share where some state has a lot."""
    if not count:
        return 0
    return 1 + (count >= max(3, most / 6)) + (count >= max(8, most / 2.5))


_projected = lru_cache(maxsize=16_384)(project)  # some 2 MB: filtered maps ask for the same points


def position_of(place, state: State) -> Point | None:
    """Where a place lies on the map; one that is a whole state stands at the state's name."""
    if place.latitude is not None:
        return _projected(place.longitude, place.latitude)
    if place.kind == Jurisdiction.Kind.STATE and state.usps in OUTLINES:
        return OUTLINES[state.usps].label
    return None


def _covered(label: Point, marks: Iterable[Mark | Cluster]) -> bool:
    """Whether a mark stands on a state's name."""
    return any(abs(float(mark.x) - label[0]) < 15 and abs(float(mark.y) - label[1]) < 11 for mark in marks)


def _plain_scale(scale: float) -> str:
    return "" if scale == 1 else f"{scale:.2f}"
