"""The directory and the history as files: the same places and filters as the page, for anybody to use."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from io import StringIO

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from leadbureau.content.wording import say
from sites.jurisdictions.directory import Directory
from sites.jurisdictions.forms import DirectoryForm
from sites.jurisdictions.models import Jurisdiction, StageChange, State

ENTRIES = 100  # of one page of the feed; older ones follow by its link "next" (RFC 5005)
# The columns of the files, in the order of place_row() and _change_row(); stable, since programs read them.
PLACE_COLUMNS = (
    "id", "url", "name", "kind", "place", "county", "county_fips", "state", "state_name", "state_fips",
    "stage", "stage_date", "stage_date_is", "stage_certainty", "stage_source_title", "stage_source_url",
    "launched", "launched_certainty", "certified", "lead_agency", "website", "summary", "note",
    "source_title", "source_url", "latitude", "longitude", "checked_on", "updated_on",
)  # fmt: skip
CHANGE_COLUMNS = (
    "place_id", "url", "name", "state", "stage", "date", "date_is", "certainty",
    "source_title", "source_url", "note",
)  # fmt: skip
_FORMULA = re.compile(r"^[=+\-@\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@require_safe
def directory_csv(request):
    return _answer(request, lambda rows, about: _csv("lead-places", PLACE_COLUMNS, rows, about))


@require_safe
def directory_json(request):
    return _answer(request, lambda rows, about: JsonResponse({**about, "count": len(rows), "places": rows}))


@require_safe
def directory_geojson(request):
    """RFC 7946. A place without a position is a feature without a geometry."""
    return _answer(request, _geojson)


@require_safe
def changes_csv(request):
    """Every public dated change of a stage, the newest first."""
    rows = [_change_row(change) for change in _public_changes()]
    return _open(_csv("lead-changes", CHANGE_COLUMNS, rows, _about(request)))


@require_safe
def changes_feed(request):
    """The same as an Atom feed, a hundred to a page."""
    page = Paginator(_public_changes(), ENTRIES).get_page(request.GET.get("page"))
    here = settings.SITE_URL + reverse("jurisdictions:changes_feed")
    feed = PagedAtom(
        title=say("sites.changes.title"),
        description="",
        subtitle=say("sites.changes.subtitle"),
        link=settings.SITE_URL + reverse("jurisdictions:index"),
        feed_url=here,
        next_url=f"{here}?page={page.next_page_number()}" if page.has_next() else "",
        feed_copyright=say("sites.data.license"),
        author_name=say("sites.data.attribution"),  # RFC 4287 wants one on the feed or on every entry
    )
    for change in page:
        place = change.jurisdiction
        feed.add_item(
            title=_CONTROL.sub("", f"{place.name}, {place.state}: {_change_in_words(change)}"),
            link=settings.SITE_URL + place.get_absolute_url(),
            description=_CONTROL.sub(
                "", " ".join(part for part in (change.source_title, change.note) if part)
            ),
            unique_id=f"urn:uuid:{place.identifier}#{change.pk}",
            pubdate=datetime.combine(change.sort_on, time(12), UTC),
            updateddate=change.updated_at,
        )
    return _open(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


class PagedAtom(Atom1Feed):
    """Adds the link to the page of older entries."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})


def _answer(request, write) -> HttpResponse:
    """The filtered places in one of the forms; a question that is wrong gets 400 and the reasons."""
    form = DirectoryForm(request.GET, states=list(State.objects.defer("search_text")))
    filters = form.filters
    if form.errors:
        reasons = [f"{name}: {error}" for name, errors in form.errors.items() for error in errors]
        return _open(
            HttpResponseBadRequest("\n".join(reasons) + "\n", content_type="text/plain; charset=utf-8")
        )
    rows = [place_row(place, filters.on) for place in Directory(filters).ordered()]
    return _open(write(rows, {**_about(request), "filters": filters.parameters()}))


def _open(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it: it is open data, the same for everybody, and needs no cookie."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _about(request) -> dict:
    return {
        "title": say("sites.data.title"),
        "generated_on": timezone.localdate().isoformat(),
        "license": say("sites.data.license"),
        "attribution": say("sites.data.attribution"),
        "source": settings.SITE_URL + request.path,
    }


def place_row(place: Jurisdiction, on=None) -> dict:
    """One place as the files show it; needs its history and `certified`. Empty text: not recorded."""
    current, started = place.change_on(on), place.launch(on)
    return {
        "id": str(place.identifier),
        "url": settings.SITE_URL + place.get_absolute_url(),
        "name": place.name,
        "kind": place.kind,
        "place": place.locality,
        "county": place.county,
        "county_fips": place.county_fips,
        "state": place.state.usps,
        "state_name": place.state.name,
        "state_fips": place.state.fips,
        **_stage_fields(current),
        "launched": started.when.iso() if started and started.when else "",
        "launched_certainty": started.certainty if started else "",
        "certified": place.certified,  # type: ignore[attr-defined]
        "lead_agency": place.lead_agency,
        "website": place.website,
        "summary": place.summary,
        "note": place.note,
        "source_title": place.source_title,
        "source_url": place.source_url,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "checked_on": place.checked_on.isoformat() if place.checked_on else "",
        "updated_on": timezone.localdate(place.updated_at).isoformat(),
    }


def _stage_fields(change: StageChange | None) -> dict:
    return {
        "stage": change.stage if change else "",
        "stage_date": change.when.iso() if change and change.when else "",
        "stage_date_is": change.dated_by if change and change.when else "",
        "stage_certainty": change.certainty if change else "",
        "stage_source_title": change.source_title if change else "",
        "stage_source_url": change.source_url if change else "",
    }


def _geojson(rows: list[dict], about: dict) -> HttpResponse:
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": None
            if row["latitude"] is None
            else {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {
                name: value for name, value in row.items() if name not in ("latitude", "longitude")
            },
        }
        for row in rows
    ]
    return JsonResponse(
        {"type": "FeatureCollection", **about, "features": features}, content_type="application/geo+json"
    )


def _public_changes():
    changes = StageChange.objects.of_public_places().dated().newest_first()
    return changes.select_related("jurisdiction__state").defer("jurisdiction__search_text")


def _change_row(change: StageChange) -> dict:
    place = change.jurisdiction
    return {
        "place_id": str(place.identifier),
        "url": settings.SITE_URL + place.get_absolute_url(),
        "name": place.name,
        "state": place.state.usps,
        "stage": change.stage,
        "date": change.when.iso() if change.when else "",
        "date_is": change.dated_by,
        "certainty": change.certainty,
        "source_title": change.source_title,
        "source_url": change.source_url,
        "note": change.note,
    }


def _change_in_words(change: StageChange) -> str:
    words = say(f"sites.stage.{change.stage}").lower()
    return say(f"sites.change.{change.dated_by}", stage=words, when=change.when_in_words())


def _csv(name: str, columns: tuple[str, ...], rows: Iterable[dict], about: dict) -> HttpResponse:
    """Each row ends with the day, the licence and whom to name, so that a copied row keeps them.

    It begins with a byte order mark: without it spreadsheets show "Espa√±ola".
    """
    ending = {key: about[key] for key in ("generated_on", "license", "attribution")}
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([*columns, *ending])
    writer.writerows(_cells([*row.values(), *ending.values()]) for row in rows)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{about["generated_on"]}.csv"'
    return response


def _cells(values: Iterable) -> Iterator:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    for value in values:
        if isinstance(value, bool):
            yield "yes" if value else "no"
        elif isinstance(value, str) and _FORMULA.match(value):
            yield f"'{value}"
        else:
            yield value
