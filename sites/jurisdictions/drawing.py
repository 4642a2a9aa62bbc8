"""A map as markup, put together as text: a template that loops over a thousand marks takes ten times as long."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from leadbureau.content.wording import say
from sites.jurisdictions.marks import FREE, Mark


def body_of(drawn) -> SafeString:
    """What stands inside the <svg> of a map.Map; everything that staff or visitors wrote is escaped."""
    target = ' target="_blank" rel="noopener"' if drawn.new_window else ""
    layers = [
        _defs(drawn),
        f'<g class="map__states" role="group" aria-label="{escape(say("sites.map.group.states"))}">',
        *(_state(shape, target) for shape in drawn.states),
        "</g>",
        f'<path class="map__counties" d="{drawn.lines}"/>' if drawn.lines else "",
        *(_shaded(county) for county in drawn.shaded),
        f'<path class="map__frames" d="{drawn.frames}"/>' if drawn.frames else "",
        _names(drawn.states) if drawn.names else "",
        f'<path class="map__homes" d="{_homes(drawn.marks)}"/>',
        '<g class="map__marks" id="map-places" tabindex="-1" role="group"',
        f' aria-label="{escape(say("sites.map.group.places"))}">' if drawn.marks or drawn.clusters else ">",
        *(_mark(mark, target) for mark in drawn.marks),
        *(_cluster(cluster, target) for cluster in drawn.clusters),
        "</g>",
        _pin(*drawn.pin) if drawn.pin else "",
    ]
    return mark_safe("".join(layers))


def _state(shape, target: str) -> str:
    """A state without an address is the ground on which others are shown."""
    if not shape.url:
        return f'<path class="land-{2 if shape.chosen else 0}" d="{shape.path}"/>'
    chosen = ' class="chosen"' if shape.chosen else ""
    return (
        f'<a href="{escape(shape.url)}" data-usps="{shape.usps}"{chosen}{target}>'
        f'<title>{escape(shape.name)}</title><path class="land-{shape.shade}" d="{shape.path}"/></a>'
    )


def _shaded(county) -> str:
    name = escape(county.name)
    return f'<path class="map__shaded" role="img" aria-label="{name}" d="{county.path}"><title>{name}</title></path>'


def _names(states) -> str:
    texts = [
        f'<text x="{shape.label[0]}" y="{shape.label[1]}">{shape.usps}</text>'
        for shape in states
        if shape.named
    ]
    return f'<g class="map__names" aria-hidden="true">{"".join(texts)}</g>'


def _mark(mark: Mark, target: str) -> str:
    names = ["free"] * mark.free + [mark.stage] + ["star"] * mark.certified
    shapes = "".join(f'<use href="#m-{name}" x="{mark.x}" y="{mark.y}"/>' for name in names)
    home = f' data-home="{mark.home[0]} {mark.home[1]}"' if mark.home else ""
    chosen = " chosen" if mark.chosen else ""
    return (
        f'<a class="m stage--{mark.stage}{chosen}" href="{escape(mark.url)}"{home}{target}>'
        f"<title>{escape(mark.name)}</title>{shapes}</a>"
    )


def _cluster(cluster, target: str) -> str:
    return (
        f'<a class="many" href="{escape(cluster.url)}"{target}><title>{escape(cluster.name)}</title>'
        f'<circle cx="{cluster.x}" cy="{cluster.y}" r="{cluster.r}"/>'
        f'<text x="{cluster.x}" y="{cluster.y}" aria-hidden="true">{cluster.count}</text></a>'
    )


def _homes(marks: list[Mark]) -> str:
    return "".join(f"M{mark.home[0]} {mark.home[1]}L{mark.x} {mark.y}" for mark in marks if mark.home)


def _pin(x: str, y: str) -> str:
    return (
        f'<g transform="translate({x} {y})"><g class="map__pin">'
        '<path d="M0 0c-9-12-12-16-12-22a12 12 0 0 1 24 0c0 6-3 10-12 22z"/><circle cy="-22" r="4.5"/></g></g>'
    )


def _defs(drawn) -> str:
    """The shapes that the marks use, as large as this map wants them."""
    size = f' transform="scale({drawn.scale})"' if drawn.scale else ""
    symbols = [
        f'<g id="m-{stage}"{size}><g class="mark"><circle class="mark__halo" r="8.5"/>{_shape(stage)}</g></g>'
        for stage in drawn.stages
    ]
    if any(mark.free for mark in drawn.marks):
        symbols.append(f'<g id="m-free"{size}><circle class="mark__free" r="{FREE:g}"/></g>')
    if any(mark.certified for mark in drawn.marks):
        star = f'<g class="mark"><g transform="translate(6 -6)scale(.8)">{_star()}</g></g>'
        symbols.append(f'<g id="m-star"{size}>{star}</g>')
    return f"<defs>{''.join(symbols)}</defs>"


@cache
def _shape(stage: str) -> str:
    return render_to_string("components/stage_shape.html", {"stage": stage}).strip()


@cache
def _star() -> str:
    return render_to_string("components/star.html").strip()
