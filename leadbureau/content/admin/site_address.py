"""An address that a menu or a picture leads to: of this site or of another, checked as it is typed."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404
from django.urls import resolve

from leadbureau.content.models import Page

_whole = URLValidator(schemes=("https", "http"))


def check_address(address: str) -> str:
    """The address when it leads somewhere: a path of this site, or a whole address elsewhere.

    Raises ValidationError with a sentence that says what to write.
    """
    if address.startswith("/") and not address.startswith("//"):
        _check_path(address.partition("#")[0].partition("?")[0])
        return address
    try:
        _whole(address)
    except ValidationError as error:
        raise ValidationError(
            "Write a page of this site from its first slash on, like /sites/, or a whole address with https://."
        ) from error
    return address


def _check_path(path: str) -> None:
    try:
        match = resolve(path)
    except Http404:
        match = None
    if match is None or (
        match.view_name == "content:page" and not Page.objects.filter(slug=match.kwargs["slug"]).exists()
    ):
        raise ValidationError(
            f"This site has no page {path}. Open the page and copy its address from the first slash on."
        )
