"""Where there are too many places to tell apart, circles stand for several; each leads to one state's list."""

import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from leadbureau.content.wording import say
from sites.jurisdictions.cluster import MOST_SHAPES, MOST_SINGLE, gathered, stages_in_words
from sites.jurisdictions.counties import of_state
from sites.jurisdictions.map import national_map
from sites.jurisdictions.models import Stage, State
from sites.jurisdictions.outlines import OUTLINES
from tests.jurisdictions.factories import make_states

STAGES = list(Stage)


@dataclass(frozen=True)
class Place:
    name: str
    slug: str
    kind: str
    state_id: int
    usps: str
    locality: str
    latitude: float
    longitude: float
    stage: str
    launch_year: int | None = None
    certified: bool = False


def places(count: int) -> list[Place]:
    """So many places at the middles of counties, as many in each state as its counties allow."""
    make_states()
    states = {state.usps: state for state in State.objects.all() if state.usps in OUTLINES}
    spots = [(county, round_) for usps in states for round_, county in enumerate(of_state(usps))]
    spots.sort(key=lambda spot: spot[1])
    return [
        Place(
            name=f"{county.name} LEAD",
            slug=f"p{number}",
            kind="county",
            state_id=states[county.usps].pk,
            usps=county.usps,
            locality=county.name,
            latitude=county.latitude,
            longitude=county.longitude,
            stage=STAGES[number % 6],
        )
        for number, (county, _) in enumerate((spots * (count // len(spots) + 1))[:count])
    ]


def drawn(count: int, **more):
    found = places(count)
    counts = {place.state_id: 0 for place in found}
    for place in found:
        counts[place.state_id] += 1
    return national_map(found, counts, State.objects.all(), **more)


@pytest.mark.django_db
def test_up_to_the_limit_each_place_has_its_own_mark():
    found = drawn(MOST_SINGLE)
    assert len(found.marks) == MOST_SINGLE
    assert not found.clusters and not found.has_clusters


@pytest.mark.django_db
@pytest.mark.parametrize("count", [MOST_SINGLE + 50, 1000, 10_000])
def test_beyond_it_no_place_is_lost_and_the_shapes_stay_few(count):
    found = drawn(count)
    assert len(found.marks) + sum(cluster.count for cluster in found.clusters) == count
    assert len(found.marks) + len(found.clusters) <= MOST_SHAPES
    assert found.has_clusters


@pytest.mark.django_db
def test_a_circle_says_how_many_where_and_at_which_stage_and_leads_to_the_list_of_its_state():
    found = drawn(1000)
    body = found.body
    circle = next(cluster for cluster in found.clusters if "New Mexico" in cluster.name)
    assert re.fullmatch(r"\d+ places around [\w .]+, New Mexico:\n(\d+ \w+, )*\d+ \w+", circle.name)
    assert circle.url == "/sites/?state=nm"
    assert f'<a class="many" href="/sites/?state=nm"><title>{circle.name}</title>' in body


@pytest.mark.django_db
def test_a_circle_keeps_the_question_that_was_asked():
    found = drawn(1000, narrowed=lambda state: f"?stage=exploring&state={state.slug}")
    assert {cluster.url for cluster in found.clusters} >= {"?stage=exploring&state=nm"}
    assert "?stage=exploring&amp;state=nm" in found.body


def test_a_circle_holds_places_of_one_state_only():
    crowd = [
        (SimpleNamespace(state_id=number % 2), (100.0 + number % 7, 100.0))
        for number in range(MOST_SINGLE + 1)
    ]
    alone, groups = gathered(crowd)
    assert alone == []
    assert sorted(len({place.state_id for place, _ in group}) for group in groups) == [1, 1]


def test_places_strewn_over_all_states_become_a_circle_a_state():
    crowd = [
        (SimpleNamespace(state_id=number % 51), (number * 37 % 975.0, number * 53 % 610.0))
        for number in range(5000)
    ]
    _, groups = gathered(crowd)
    assert len(groups) == 51 and sum(len(group) for group in groups) == 5000


@pytest.mark.django_db
def test_stages_are_told_from_running_to_ended():
    counts = {"ended": 1, "operating": 3, "exploring": 2, None: 4}
    assert stages_in_words(counts, say) == "3 operating, 2 exploring, 1 ended"
