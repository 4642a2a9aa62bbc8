"""The map and the directory, a page for each state, a page for each place."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadbureau.content.models import Page
from leadbureau.content.pages import page_or_blank
from leadbureau.content.wording import say
from sites.jurisdictions.crowd import CROWDED, crowded_map
from sites.jurisdictions.directory import WITHIN, Directory
from sites.jurisdictions.facets import active, count_in_words, facets, years
from sites.jurisdictions.filters import Filters
from sites.jurisdictions.forms import DirectoryForm
from sites.jurisdictions.index import directory_index
from sites.jurisdictions.introductions import address_for as introduction_address
from sites.jurisdictions.json_ld import dataset, service
from sites.jurisdictions.likeness import like_address, places_like
from sites.jurisdictions.map import SMALL, Map, national_map, whole_map
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State
from sites.jurisdictions.near_map import Around, near_map
from sites.jurisdictions.nearest import nearest_to_place, nearest_to_point, nearest_to_state
from sites.jurisdictions.projection import project
from sites.jurisdictions.stamp import Stamp, directory_stamp
from sites.jurisdictions.state_map import state_map
from sites.jurisdictions.unnamed import FEWEST, unnamed_in

AROUND = 8  # places on the map around a point
HISTORY = 20  # changes shown on a state's page


@require_safe
def index(request):
    """The map, and under it the list, which is the real interface."""
    stamp = directory_stamp()
    places = directory_index(stamp)
    form = DirectoryForm(request.GET, states=places.states)
    filters = form.filters
    directory = Directory(filters, places)
    page_obj, page_exists = directory.page(request.GET.get("page", ""))
    ways = facets(directory, form)
    beside = [way for way in ways if way.links and way.name != "stage"]
    around = _around(directory)
    context = {
        "page": page_or_blank("sites"),
        "form": form,
        "filters": filters,
        "directory": directory,
        "map": around.map if around else _map(directory, stamp),
        "around": around,
        "page_obj": page_obj,
        "page_exists": page_exists,
        "places": directory.rows(page_obj),
        "query": f"{filters.query()[1:]}&" if filters.parameters() else "",
        "within": WITHIN,
        **_near(directory),
        "near_choices": [
            *(
                (say("sites.near.in_state", state=state.name), Filters(state=state).query())
                for state in form.near_states
            ),
            *((point.label, filters.query(near=point)) for point in form.near_points),
        ],
        "facets": ways,
        "facets_beside": beside,
        "in_use": sum(1 for way in ways if getattr(filters, way.name)) + filters.certified,
        "more_is_open": any(way.field.errors for way in ways),
        "years": years(directory),
        "latest": filters.query(year=None),
        "active": active(filters),
        "count": count_in_words(directory),
        "structured": [dataset()],
        **_legend(directory),
    }
    return render(request, "jurisdictions/index.html", context)


def _near(directory: Directory) -> dict:
    """The answer to who asks for a point: how many are near, which is the nearest, whether the map has the point."""
    near = directory.filters.near
    if not near:
        return {}
    return {
        "near_count": directory.count_within(WITHIN),
        "nearest": nearest_to_point(near, directory.nearest(1), directory.index),
        "is_off_map": project(near.longitude, near.latitude) is None,
    }


def _around(directory: Directory) -> Around | None:
    """Near a point the country gives way to what lies around it."""
    near = directory.filters.near
    if not near:
        return None
    return near_map(near, directory.nearest(AROUND), directory.by_state_shown, directory.index.states)


def _map(directory: Directory, stamp: Stamp) -> Map:
    """The country; with all places it was drawn ahead."""
    filters = directory.filters
    if not any(filters.active()):
        return whole_map(stamp)
    if directory.total > CROWDED:
        return crowded_map(directory)
    return national_map(
        directory.entries(),
        directory.by_state_shown,
        directory.index.states,
        near=filters.near,
        chosen=filters.state,
        narrowed=lambda state: filters.query(state=state),
    )


def _legend(directory: Directory) -> dict:
    """What stands around the map: the stages as links, the states too small for it, what lies outside."""
    filters, by_state = directory.filters, directory.by_state
    states = directory.index.states
    beside = [state for state in states if state.usps in SMALL or state.kind == State.Kind.TERRITORY]
    return {
        "certified_address": filters.query(certified=not filters.certified),
        "stage_choices": [
            (stage, count, filters.query(stage="" if stage == filters.stage else stage))
            for stage, count in directory.by_stage.items()
        ],
        "sort_choices": [
            (order, filters.query(sort=order), order == filters.order) for order in filters.orders()
        ],
        "small_states": [(s, by_state[s.pk]) for s in beside if s.kind != State.Kind.TERRITORY],
        "territories": [(s, by_state[s.pk]) for s in beside if s.kind == State.Kind.TERRITORY],
        "tribal_nations": directory.by_trait("kind")[Jurisdiction.Kind.TRIBAL_NATION],
        "tribal_query": Filters(kind=Jurisdiction.Kind.TRIBAL_NATION).query(),
    }


@require_safe
def state(request, state_slug: str):
    """A state, with its places or without any."""
    found = state_or_none(state_slug)
    if found is None:
        raise Http404
    if found.slug != state_slug:
        return redirect(found, permanent=True)
    filters = Filters(state=found)
    directory = Directory(filters)
    page_obj, page_exists = directory.page(request.GET.get("page", ""))
    own = [entry for entry in directory.entries() if entry.state_id == found.pk]
    changes = StageChange.objects.of_public_places().dated().filter(jurisdiction__state=found)
    newest = list(changes.select_related("jurisdiction__state").newest_first()[: HISTORY + 1])
    return render(
        request,
        "jurisdictions/state.html",
        {
            "page": Page(
                title=say("sites.state.title", state=found.in_words),
                lead=found.summary,
                description=say("sites.state.description", state=found.in_words),
            ),
            "crumbs": _crumbs(),
            "state": found,
            "directory": directory,
            "filters": filters,
            "map": state_map(found, own),
            "page_obj": page_obj,
            "page_exists": page_exists,
            "places": directory.rows(page_obj),
            "unnamed": unnamed_in(found),
            "fewest": FEWEST,
            "nearest": [] if directory.total else nearest_to_state(found, directory.index),
            "measures": found.measures.all(),
            "changes": newest[:HISTORY],
            "more_changes": len(newest) > HISTORY,
        },
    )


def state_or_none(typed: str) -> State | None:
    """By its abbreviation or its full name, in any case: nm, NM, new-mexico."""
    name = typed.replace("-", " ")
    states = State.objects.all()
    return states.filter(usps__iexact=typed).first() or next(
        (found for found in states if found.name.casefold().replace(".", "") == name.casefold()), None
    )


@require_safe
def place(request, state_slug: str, place_slug: str):
    """A place: its stage with date, source and certainty, its history, what is recorded and what is not."""
    found_state = state_or_none(state_slug)
    if found_state is None:
        raise Http404
    public = Jurisdiction.objects.public().staged().with_certified()
    found = public.with_history().filter(state=found_state, slug=place_slug.lower()).first()
    if found is None:
        raise Http404
    if (found_state.slug, found.slug) != (state_slug, place_slug):
        return redirect(found, permanent=True)
    places = directory_index()
    own = [entry for entry in places.entries if entry.state_id == found_state.pk]
    return render(
        request,
        "jurisdictions/place.html",
        {
            "page": Page(
                title=found.name,
                lead=found.summary,
                description=say("sites.place.description", name=found.name, state=found_state.name),
            ),
            "crumbs": [*_crumbs(), (found_state.name, found_state.get_absolute_url())],
            "place": found,
            "current": found.change_on(),
            "started": found.launch(),
            "changes": found.history(),
            "eyebrow": ", ".join(part for part in (found.where, found_state.name) if part),
            "map": state_map(found_state, own, chosen=found),
            "nearby": nearest_to_place(found, places),
            "likeness": places_like(found, places),
            "like_url": like_address(found),
            "introduction_url": introduction_address(found, found.stage),
            "structured": [] if found.stage == Stage.ENDED else [service(found)],
        },
    )


def _crumbs() -> list[tuple[str, str]]:
    return [(say("sites.crumb"), reverse("jurisdictions:index"))]
