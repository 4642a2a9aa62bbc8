"""What every page shows around its own content: the Bureau's details, the menus, edited wordings.

One query a page: it reads the details together with the newest change and the count of the other two
tables, and only when one of them moved are those read again. No row has to announce that it changed.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Subquery, Value
from django.utils.functional import SimpleLazyObject

from leadbureau.content.models import BureauDetails, MenuItem, Wording


@dataclass(frozen=True)
class Layout:
    details: BureauDetails
    header: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    wordings: dict[str, str]


_kept: dict[str, object] = {"stamp": None, "layout": None}
_request: ContextVar[dict | None] = ContextVar("layout_of_request", default=None)


class LayoutMiddleware:
    """Lets one request read the layout once, however many words its page shows."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _request.set({})
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def context(request) -> dict:
    """The context processor: `bureau`, `menus` and `site_url` in every template; read only when a page asks."""
    return {
        "bureau": SimpleLazyObject(lambda: layout().details),
        "menus": SimpleLazyObject(layout),
        "site_url": settings.SITE_URL,
    }


def layout() -> Layout:
    """The layout as it stands in the database; inside a request it is read once."""
    held = _request.get()
    if held is None:
        return read()
    if "layout" not in held:
        held["layout"] = read()
    return held["layout"]


def read() -> Layout:
    """One query; three when something changed since this process last looked."""
    details = (
        BureauDetails.objects.annotate(
            menu_stamp=_newest(MenuItem),
            menu_count=_count(MenuItem),
            wording_stamp=_newest(Wording),
            wording_count=_count(Wording),
        ).first()
        or BureauDetails()
    )
    stamp = tuple(
        getattr(details, name, None)
        for name in ("pk", "updated_at", "menu_stamp", "menu_count", "wording_stamp", "wording_count")
    )
    # Without a row of details there is no stamp to compare, and nothing may be kept.
    if details.pk is None or _kept["stamp"] != stamp or _kept["layout"] is None:
        menu = list(MenuItem.objects.filter(shown=True))
        _kept["layout"] = Layout(
            details=details,
            header=tuple(item for item in menu if item.place == MenuItem.Place.HEADER),
            footer=tuple(item for item in menu if item.place == MenuItem.Place.FOOTER),
            wordings=dict(Wording.objects.exclude(text="").values_list("key", "text")),
        )
        _kept["stamp"] = stamp
    return _kept["layout"]  # type: ignore[return-value]


def _over_all(model, aggregate) -> Subquery:
    """An aggregate over a whole table as one scalar inside another query."""
    rows = model.objects.order_by().annotate(everything=Value(1)).values("everything")
    return Subquery(rows.annotate(result=aggregate).values("result"))


def _newest(model) -> Subquery:
    return _over_all(model, Max("updated_at"))


def _count(model) -> Subquery:
    return _over_all(model, Count("pk"))
