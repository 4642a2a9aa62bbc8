"""Which place of the directory, and which county, a requester means; and who of there has asked already.

Nothing is invented: a name that fits two places, or none, is left as it was typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Q, Value, When
from django.utils import timezone

from sites.assistance.moves import DECIDED, OPEN
from sites.jurisdictions import cities
from sites.jurisdictions.counties import County, counties, of_state
from sites.jurisdictions.geography import county_at
from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.place_names import STATES, key, state_of, words

QUESTIONS = ("place_kind", "state", "place", "county")  # what says which place it is
IN_THE_DIRECTORY = {"tribal": "tribal-nation"}  # kinds that are called otherwise there
RECENT = timedelta(days=365)  # a request closed for longer is no news to the next who asks
AROUND = 0.04  # degrees, about three miles: a city whose middle is so near a border may lie on either side
# "City and County of San Francisco", "Rio Arriba Co.": what is said of a county around its own name.
_BEFORE = (["city", "and", "county", "of"], ["county", "of"], ["parish", "of"])
_AFTER = (["census", "area"], ["county"], ["co"], ["parish"], ["borough"], ["municipio"], ["district"])


@dataclass(frozen=True)
class Recognized:
    """The columns of a request that say where it comes from; each empty unless it is certain."""

    place: str
    county_fips: str
    jurisdiction: Jurisdiction | None


def recognize(request) -> None:
    """Set `place`, `county_fips` and `jurisdiction` of a request by its answers, when a place page was saved."""
    found = recognized(request.answers())
    columns = {
        "place": found.place,
        "county_fips": found.county_fips,
        "jurisdiction": found.jurisdiction,
    }
    type(request).objects.filter(pk=request.pk).update(**columns)
    for name, value in columns.items():
        setattr(request, name, value)


def recognized(answers: Mapping[str, Any]) -> Recognized:
    kind, usps = answers.get("place_kind") or "", answers.get("state") or ""
    name = answers.get("place") or ""
    if usps not in STATES:
        return Recognized("" if kind == "state" else name, "", None)
    if kind == "state":
        whole = _only(_in_directory(usps, kind))
        return Recognized(STATES[usps], _only_county(usps), whole)
    bare = _without_state(name, usps)
    chosen = _county_of(answers.get("county"), usps) if kind != "county" else ""
    known = chosen or (county_named(usps, bare) if kind == "county" else "")
    place = _only(_named_so(_in_directory(usps, kind), bare, known))
    return Recognized(name, known or _county_by(place, kind, usps, bare), place)


def county_named(usps: str, name: str) -> str:
    """The five digits of the county of a state that is named so, as people write it; "" for none or several.

    What is called a county comes before the independent city of the same name: Baltimore, Fairfax, St. Louis.
    """
    name = _without_state(name, usps)
    whole = [county for county in of_state(usps) if key(county.full_name) == key(name)]
    if len(whole) == 1:
        return whole[0].fips
    bare = _bare(name)
    found = [county for county in of_state(usps) if bare and _bare(county.name) == bare]
    return _one_of([county for county in found if county.called != "city"] or found)


def suggestions(usps: str, kind: str) -> list[str]:
    """Names to choose from, each once: a state's counties, or the places of a kind in the directory."""
    if usps not in STATES:
        return []
    if kind == "county":
        return [county.full_name for county in of_state(usps)]
    return sorted({place.locality for place in _in_directory(usps, kind) if place.locality})


def already_asked(request, now: datetime | None = None) -> list:
    """The requests that others sent from the same county, or place of the directory, or for the whole state.

    Open ones first, then the newest. Closed ones count for a year; withdrawn ones, and what is held back as
    spam, do not. Whose they are plays no part, not even whether they have the same e-mail address: else a
    stranger could find out who asked by trying addresses.
    """
    same = Q(pk__in=[])
    if request.county_fips:
        same |= Q(county_fips=request.county_fips)
    if request.jurisdiction_id:
        same |= Q(jurisdiction_id=request.jurisdiction_id)
    if request.place_kind == "state" and request.state_id:
        same |= Q(place_kind="state", state_id=request.state_id)
    recent = Q(status__in=DECIDED, closed_at__gt=(now or timezone.now()) - RECENT)
    rows = type(request).objects.sent().filter(same, Q(status__in=OPEN) | recent, quarantined_at=None)
    if request.sent_at:
        rows = rows.filter(sent_at__lt=request.sent_at)
    open_first = Case(When(status__in=OPEN, then=Value(0)), default=Value(1))
    return list(rows.exclude(pk=request.pk).order_by(open_first, "-sent_at", "-pk"))


def news_of(request, page) -> set[int]:
    """The keys of such requests when a page says where the requester is from; for other pages none, unasked."""
    if not {question.name for question in page.questions} & set(QUESTIONS):
        return set()
    return {earlier.pk for earlier in already_asked(request)}


def _in_directory(usps: str, kind: str) -> list[Jurisdiction]:
    """The public places of a state, of one kind when it is known; one query for the state, one for them."""
    state = State.objects.filter(usps=usps).first()
    if state is None:
        return []
    places = Jurisdiction.objects.public().in_state(state)
    places = places.filter(kind=IN_THE_DIRECTORY.get(kind, kind)) if kind else places
    return list(places.only("pk", "name", "locality", "kind", "county_fips").distinct())


def _named_so(places: Iterable[Jurisdiction], name: str, county: str) -> list[Jurisdiction]:
    """Those of a name, or of a county when a county is meant; none that lie in another county."""
    if not key(name):
        return []
    found = []
    for place in places:
        codes = place.county_fips.split()
        same_name = key(name) in (key(place.locality), key(place.name))
        same_county = place.kind == Jurisdiction.Kind.COUNTY and codes == [county]
        if (same_name and not (county and codes and county not in codes)) or same_county:
            found.append(place)
    return found


def _county_by(place: Jurisdiction | None, kind: str, usps: str, name: str) -> str:
    """The county where nobody named one: the directory's, an independent city's own, or where the city lies."""
    if place and len(place.county_fips.split()) == 1:
        return place.county_fips
    if kind == "city":
        return _independent_city(usps, name) or _only_county(usps) or _county_around(usps, name)
    return _only_county(usps)


def _independent_city(usps: str, name: str) -> str:
    """The code of a city that is no part of a county, like Baltimore or Richmond in Virginia."""
    cities_of_state = [county for county in of_state(usps) if county.called == "city"]
    same = {key(name), key(name.removesuffix(" city").removesuffix(" City"))}
    return _one_of([county for county in cities_of_state if key(county.name) in same])


def _county_around(usps: str, name: str) -> str:
    """The county in which the only city of the name in a state lies, miles from the county's border."""
    found = [city for city in cities.named(name) if city.state == usps and city.zips]
    if len(found) != 1:
        return ""
    north, east = found[0].latitude, found[0].longitude
    steps = [(0.0, 0.0), (AROUND, 0.0), (-AROUND, 0.0), (0.0, AROUND), (0.0, -AROUND)]
    at = {county_at(north + up, east + right) for up, right in steps}
    code = at.pop() if len(at) == 1 else None
    return code if code and counties()[code].usps == usps else ""


def _county_of(code: Any, usps: str) -> str:
    return code if code in counties() and counties()[code].usps == usps else ""


def _only_county(usps: str) -> str:
    """Of the District and of Guam, which are one county each."""
    return _one_of(of_state(usps))


def _one_of(found: list[County]) -> str:
    return found[0].fips if len(found) == 1 else ""


def _only(found: list[Jurisdiction]) -> Jurisdiction | None:
    return found[0] if len(found) == 1 else None


def _without_state(name: str, usps: str) -> str:
    """ "Santa Fe, NM" without the state that was chosen already."""
    start, comma, end = name.rpartition(",")
    return start.strip() if comma and state_of(end) == usps else name.strip()


def _bare(name: str) -> str:
    """The key of a county's own name: "rioarriba" of "Rio Arriba Co."."""
    parts = words(name)
    for before in _BEFORE:
        if parts[: len(before)] == before:
            parts = parts[len(before) :]
    for after in _AFTER:
        if len(parts) > len(after) and parts[-len(after) :] == after:
            parts = parts[: -len(after)]
    return "".join(parts)
