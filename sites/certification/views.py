from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadbureau.content.models import Page
from leadbureau.content.pages import page_or_blank
from leadbureau.content.wording import say
from leadbureau.kit import sayable
from leadbureau.kit.paging import page_of
from sites.certification.models import PREFIX, Certificate

CERTIFICATES_A_PAGE = 60
MOST_GUESSES = 3


@dataclass(frozen=True)
class Answer:
    """What the box "check a certificate" found."""

    typed: str
    certificate: Certificate | None = None
    guesses: tuple[Certificate, ...] = ()
    is_number: bool = False  # well formed, though there is no such certificate


@require_safe
def certified(request: HttpRequest) -> HttpResponse:
    """All certificates, the valid ones by state, and the box that checks a number."""
    typed = request.GET.get("number", "").strip()
    rows = Certificate.objects.published().with_places().annotate(past=_past()).order_by(*_ORDER)
    context = {
        "page": page_or_blank("certified"),
        "crumbs": [],
        "certificates": page_of(rows, request.GET.get("page"), CERTIFICATES_A_PAGE),
        "answer": check(typed) if typed else None,
    }
    return render(request, "certification/certified.html", context)


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate, for ever. A number that is written another way leads to the right address."""
    answer = check(number)
    if answer.certificate is None:
        page = Page(title=say("certification.unknown.title"))
        context = {"page": page, "answer": answer, "crumbs": _crumbs()}
        return render(request, "certification/unknown.html", context, status=404)
    if answer.certificate.number != number:
        return redirect(answer.certificate, permanent=True)
    found = answer.certificate
    title = say("certification.title", program=found.program, number=found.number)
    context = {"page": Page(title=title), "certificate": found, "crumbs": _crumbs()}
    return render(request, "certification/certificate.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How assessment works and whom to ask."""
    context = {"page": page_or_blank("certification"), "crumbs": _crumbs()}
    return render(request, "certification/about.html", context)


def check(typed: str) -> Answer:
    """The certificate that somebody means by a number, or those that the number may be a slip for."""
    shown = typed[: sayable.LONGEST_TYPED]
    found = Certificate.objects.by_number(shown)
    if found:
        return Answer(shown, certificate=found)
    if sayable.normalize(shown, prefix=PREFIX):
        return Answer(shown, is_number=True)
    near = Certificate.objects.published().with_places().filter(number__in=sayable.near(shown, prefix=PREFIX))
    return Answer(shown, guesses=tuple(near[:MOST_GUESSES]))


_ORDER = ["past", "jurisdiction__state__name", "program", "-granted_on", "pk"]


def _past():
    """0 for certificates that are valid today, 1 for those that are not."""
    valid = Certificate.objects.valid().values("pk")
    return Case(When(pk__in=valid, then=Value(0)), default=Value(1), output_field=IntegerField())


def _crumbs() -> list[tuple[str, str]]:
    return [(say("certification.crumb"), reverse("certification:certified"))]
