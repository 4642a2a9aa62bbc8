"""The gallery of the home page: pictures whose links lead to places that visitors may see."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from leadbureau.content.models import GalleryPicture
from sites.jurisdictions.models import Jurisdiction

Place = tuple[str, str]  # the parts of its address: state and place


def gallery() -> list[GalleryPicture]:
    """Those that are shown. One whose place has no public page any more leads nowhere. Two queries."""
    slides = list(GalleryPicture.objects.filter(shown=True).select_related("picture"))
    places = {slide.pk: place for slide in slides if (place := place_at(slide.address))}
    named = Jurisdiction.objects.public().filter(slug__in={slug for _, slug in places.values()}).order_by()
    public = {(usps.lower(), slug) for usps, slug in named.values_list("state__usps", "slug")}
    for slide in slides:
        if slide.pk in places and places[slide.pk] not in public:
            slide.address = ""
    return slides


def place_at(address: str) -> Place | None:
    """The place that an address of this site is about; None for any other address."""
    parts = urlsplit(address)
    if parts.netloc:
        return None
    try:
        found = resolve(parts.path).kwargs
    except Resolver404:
        return None
    return (found["state_slug"].lower(), found["place_slug"].lower()) if "place_slug" in found else None
