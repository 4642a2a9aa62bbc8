from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.models import Page
from leadbureau.content.pages import apart, page_or_blank
from leadbureau.content.wording import say
from leadbureau.kit import sayable
from leadbureau.mail.kept_form import show_or_keep
from partners.forms import JoinForm
from partners.models import ListingRequest, PartnerKind


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The partners under their headings."""
    context = {"page": page_or_blank("partners"), "crumbs": [], "kinds": PartnerKind.objects.with_partners()}
    return render(request, "partners/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Asking to be listed."""
    page = page_or_blank("partners/join")
    context = {"page": page, "crumbs": _crumbs(), **apart(page, "before")}
    return show_or_keep(
        request,
        JoinForm,
        scope="partners.join",
        template="partners/join.html",
        context=context,
        thanks="partners:joined",
    )


@never_cache
@require_safe
def joined(request: HttpRequest, number: str) -> HttpResponse:
    """Thanks, with the reference. It reads no row: the page tells nothing that its address does not say."""
    if sayable.normalize(number, prefix=ListingRequest.prefix) != number:
        raise Http404
    context = {"page": Page(title=say("partners.joined.title")), "number": number, "crumbs": _crumbs()}
    return render(request, "partners/joined.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(say("partners.crumb"), reverse("partners:index"))]
