"""The addresses of the files: the same places and filters as the page, answered from what was prepared.

A reader that has the present state already is told so (304) after one small query, before anything is made.
"""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from leadbureau.content.wording import say
from sites.jurisdictions.directory import Directory
from sites.jurisdictions.filters import Filters
from sites.jurisdictions.forms import DirectoryForm
from sites.jurisdictions.models import Jurisdiction, StageChange, State
from sites.jurisdictions.open_data import writers
from sites.jurisdictions.open_data.fields import PlaceRow
from sites.jurisdictions.prepared import prepared, prepares
from sites.jurisdictions.stamp import Stamp, directory_stamp

ENTRIES = 100  # of one page of the feed; older ones follow by its link "next" (RFC 5005)
CSV, JSON, GEOJSON = "text/csv; charset=utf-8", "application/json", "application/geo+json"
ATOM = "application/atom+xml; charset=utf-8"
FORMS = {
    "directory.csv": (writers.places_csv, CSV),
    "directory.json": (writers.places_json, JSON),
    "directory.geojson": (writers.places_geojson, GEOJSON),
}
_TAKES_GZIP = re.compile(r"\bgzip\b")


class WrongQuestion(ValueError):
    """Filters that a file cannot answer; `reasons` says why, one a line."""

    def __init__(self, reasons: list[str]):
        super().__init__(*reasons)
        self.reasons = reasons


def open_file(view: Callable[[HttpRequest, Stamp], HttpResponse]):
    """Opens a file to the pages of all sites, and answers 304 to whoever has its present state."""

    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return _opened(HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"}))
        stamp = directory_stamp()
        etag = f'W/"{stamp.tag}-{sha256(request.get_full_path().encode()).hexdigest()[:8]}"'
        changed = int(stamp.changed_at.timestamp())
        response = get_conditional_response(request, etag, changed) or view(request, stamp)
        if response.status_code in (200, 304):
            response["ETag"], response["Last-Modified"] = etag, http_date(changed)
            response["Cache-Control"] = "public, no-cache"
        return _opened(response)

    return answer


def _opened(response: HttpResponse) -> HttpResponse:
    """It is open data, the same for everybody, and needs no cookie."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@open_file
def directory_csv(request, stamp):
    return _directory(request, stamp, "directory.csv")


@open_file
def directory_json(request, stamp):
    return _directory(request, stamp, "directory.json")


@open_file
def directory_geojson(request, stamp):
    return _directory(request, stamp, "directory.geojson")


@open_file
def changes_csv(request, stamp):
    """Every public dated change of a stage, or those of a state (?state=nm), the newest first."""
    try:
        state = _state_asked(request)
    except WrongQuestion as wrong:
        return _refused(wrong)
    if state is None:
        return _prepared(request, "changes.csv", CSV, stamp)
    head = {**about("changes.csv"), "filters": {"state": state.slug}}
    body = writers.changes_csv(_public_changes(state), head)
    return _named(HttpResponse(body, content_type=CSV), "changes.csv")


@open_file
def changes_feed(request, stamp):
    """The same as an Atom feed, a hundred to a page."""
    try:
        state = _state_asked(request)
    except WrongQuestion as wrong:
        return _refused(wrong)
    number = request.GET.get("page", "")
    if not number and state is None:
        return _prepared(request, "changes.atom", ATOM, stamp)
    page = Paginator(_public_changes(state), ENTRIES).get_page(number or 1)
    return HttpResponse(writers.changes_atom(page, state), content_type=ATOM)


def _directory(request, stamp: Stamp, name: str) -> HttpResponse:
    """All places from what was prepared, or the filtered ones; a wrong question gets 400 and the reasons."""
    write, content_type = FORMS[name]
    if not request.GET:
        return _prepared(request, name, content_type, stamp)
    try:
        filters = _asked(request)
    except WrongQuestion as wrong:
        return _refused(wrong)
    rows = [PlaceRow.of(place, filters.on) for place in Directory(filters).ordered()]
    body = write(rows, {**about(name), "filters": filters.parameters()})
    return _named(HttpResponse(body, content_type=content_type), name)


def _asked(request: HttpRequest) -> Filters:
    """The filters of the address. Raises WrongQuestion with the reasons."""
    form = DirectoryForm(request.GET, states=list(State.objects.defer("search_text")))
    filters = form.filters
    if form.errors:
        raise WrongQuestion([f"{name}: {error}" for name, errors in form.errors.items() for error in errors])
    return filters


def _state_asked(request: HttpRequest) -> State | None:
    """The only filter of the changes. Raises WrongQuestion for those that only the directory knows."""
    if not set(request.GET) - {"page"}:
        return None
    filters = _asked(request)
    others = [name for name in filters.parameters() if name != "state"]
    if others:
        raise WrongQuestion([f"{name}: {say('sites.data.error.only_state')}" for name in others])
    return filters.state


def _refused(wrong: WrongQuestion) -> HttpResponse:
    return HttpResponseBadRequest("\n".join(wrong.reasons) + "\n", content_type="text/plain; charset=utf-8")


def _prepared(request, name: str, content_type: str, stamp: Stamp) -> HttpResponse:
    """What was made ahead, as it is kept (gzip), or unpacked for the few readers who cannot."""
    file = prepared(name, stamp)
    takes_gzip = _TAKES_GZIP.search(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(file.compressed if takes_gzip else file.body, content_type=content_type)
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    return _named(response, name)


def _named(response: HttpResponse, name: str) -> HttpResponse:
    """A CSV is saved under a name that says what it is and of which day; the others open in the browser."""
    stem, _, form = name.partition(".")
    if form == "csv":
        file = f"lead-{'places' if stem == 'directory' else stem}-{timezone.localdate().isoformat()}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def about(name: str) -> dict:
    """What stands at the head of every file."""
    return {
        "title": say("sites.data.title"),
        "generated_on": timezone.localdate().isoformat(),
        "license": say("sites.data.license"),
        "attribution": say("sites.data.attribution"),
        "source": settings.SITE_URL + reverse("jurisdictions:index") + name,
        "documentation": settings.SITE_URL + reverse("jurisdictions:data"),
    }


def _all_places() -> list[PlaceRow]:
    places = Jurisdiction.objects.public().staged().with_certified().with_history()
    places = places.prefetch_related("also_in").defer("search_text").order_by("state__name", "name", "pk")
    return [PlaceRow.of(place) for place in places]


def _public_changes(state: State | None = None):
    changes = StageChange.objects.of_public_places().dated().newest_first()
    if state:
        places = Jurisdiction.objects.public().in_state(state)
        changes = changes.filter(jurisdiction__in=places.order_by().values("pk"))
    return changes.select_related("jurisdiction__state").defer("jurisdiction__search_text")


@prepares("directory.csv")
def _make_csv() -> bytes:
    return writers.places_csv(_all_places(), about("directory.csv"))


@prepares("directory.json")
def _make_json() -> bytes:
    return writers.places_json(_all_places(), {**about("directory.json"), "filters": {}})


@prepares("directory.geojson")
def _make_geojson() -> bytes:
    return writers.places_geojson(_all_places(), {**about("directory.geojson"), "filters": {}})


@prepares("changes.csv")
def _make_changes_csv() -> bytes:
    return writers.changes_csv(_public_changes(), about("changes.csv"))


@prepares("changes.atom")
def _make_changes_atom() -> bytes:
    return writers.changes_atom(Paginator(_public_changes(), ENTRIES).get_page(1))
