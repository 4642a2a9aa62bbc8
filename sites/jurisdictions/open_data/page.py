"""The page about the open data: every file, every field with an example, the licence, how to cite it."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadbureau.content.pages import page_or_blank
from leadbureau.content.wording import say
from sites.jurisdictions.json_ld import dataset
from sites.jurisdictions.models import Jurisdiction
from sites.jurisdictions.open_data.fields import CHANGE_FIELDS, PLACE_FIELDS, Field, PlaceRow, values

# Name in the URLs, and what the wordings call it.
FILES = (
    ("directory_csv", "directory.csv"),
    ("directory_json", "directory.json"),
    ("directory_geojson", "directory.geojson"),
    ("changes_csv", "changes.csv"),
    ("changes_feed", "changes.atom"),
)


@require_safe
def data(request):
    example = _example()
    files = [
        (name, reverse(f"jurisdictions:{url}"), say(f"sites.data.file.{name.replace('.', '_')}"))
        for url, name in FILES
    ]
    context = {
        "page": page_or_blank("sites/data"),
        "crumbs": [(say("sites.crumb"), reverse("jurisdictions:index"))],
        "files": files,
        "place_fields": _documented(PLACE_FIELDS, PlaceRow.of(example) if example else None),
        "change_fields": _documented(CHANGE_FIELDS, example.launch() if example else None),
        "day": timezone.localdate(),
        "address": settings.SITE_URL + reverse("jurisdictions:data"),
        "structured": [dataset()],
    }
    return render(request, "jurisdictions/data.html", context)


def _example() -> Jurisdiction | None:
    """A real place: the first that launched, of which most is recorded."""
    places = (
        Jurisdiction.objects.public().staged().with_certified().with_history().prefetch_related("also_in")
    )
    return places.defer("search_text").order_by("launch_year", "pk").exclude(launch_year=None).first()


def _documented(fields: tuple[Field, ...], row) -> list[dict]:
    shown = values(fields, row) if row else {}
    return [
        {
            "name": field.name,
            "type": say(f"sites.data.type.{field.type}"),
            "words": say(f"sites.data.field.{field.name}"),
            "example": _as_text(shown.get(field.name)),
        }
        for field in fields
    ]


def _as_text(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value)
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57].rstrip()} …"
