"""The map of one state, with its neighbours around it."""

from sites.jurisdictions.map import MOST_MARKS, Map, _plain_scale, _position, _shape
from sites.jurisdictions.marks import entries, marks_of, number, scale_for
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.outlines import OUTLINES, Outline


def state_map(state: State, places, *, chosen: Jurisdiction | None = None) -> Map | None:
    """One state with its neighbours around it; None for the territories, which the drawing does not hold.

    places: those of the state, staged and with `certified`, read by one query. chosen: the one that the
    page is about, drawn with a ring.
    """
    outline = OUTLINES.get(state.usps)
    if outline is None:
        return None
    left, top, wide, high = _window(outline)
    rows = entries(places[:MOST_MARKS])
    shapes = [
        _shape(other, len(rows) if other is outline else 0, chosen=other is outline)
        for other in OUTLINES.values()
        if other is outline or _neighbours(other, outline, (left, top, left + wide, top + high))
    ]
    # The drawing is shown about 460 px wide; marks keep the size that they have on the national map.
    scale = wide / 460 * scale_for(len(rows)) * 1.15
    return Map(
        view_box=" ".join(number(part) for part in (left, top, wide, high)),
        states=shapes,
        marks=marks_of(rows, {state.pk: state}, _position, scale, chosen=chosen.slug if chosen else ""),
        scale=_plain_scale(scale),
    )


def _window(outline: Outline) -> tuple[float, float, float, float]:
    """Left, top, width and height of a frame of 4 to 3 around a state, with some room."""
    left, top, right, bottom = outline.box
    wide, high = (right - left) * 1.16, (bottom - top) * 1.16
    wide = max(wide, high * 4 / 3, 40)
    high = wide * 3 / 4
    return (left + right - wide) / 2, (top + bottom - high) / 2, wide, high


def _neighbours(other: Outline, outline: Outline, frame: tuple[float, float, float, float]) -> bool:
    """Whether another state shows in the frame; Alaska and Hawaii are set in and have no neighbours."""
    if {other.usps, outline.usps} & {"AK", "HI"}:
        return False
    box = other.box
    return box[0] < frame[2] and box[2] > frame[0] and box[1] < frame[3] and box[3] > frame[1]
