"""The private pages of a place: its entry as it stands, "still correct", "change this". GET changes nothing."""

from functools import wraps

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.private_links import private_page
from leadbureau.kit.rate import too_many
from sites.jurisdictions.confirmation_forms import ChangeForm, SpokenFor, StillCorrectForm
from sites.jurisdictions.correctable import ALL_FACTS, current, in_words
from sites.jurisdictions.models import ConfirmationLink, Correction, Jurisdiction
from sites.jurisdictions.models.confirmations import LINK_LIVES

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY = "too_many"
MOST_AN_HOUR = 30  # answers from one network: an office of a county shares one address


def by_link(view):
    """Opens the link of the token in the address for a view, or shows a clear page with status 404."""

    @private_page
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        links = ConfirmationLink.objects.good().with_token(token)
        link = links.select_related("place__state").prefetch_related("place__changes").first()
        if link is None:
            context = {"title": say("sites.confirm.gone.title"), "days": LINK_LIVES.days}
            return render(request, "jurisdictions/confirm/gone.html", context, status=404)
        return view(request, link, token)

    return opened


@GET_OR_POST
@by_link
def confirm(request: HttpRequest, link: ConfirmationLink, token: str) -> HttpResponse:
    """The entry, and the two ways: it is right, or something is to change."""
    place = link.place
    form = StillCorrectForm(request.POST if request.method == "POST" else None, place=place)
    if _is_answered(request, form):
        place.confirm(link=link, said_by=form.cleaned_data["said_by"])
        return redirect("jurisdictions:confirm_done", token)
    context = {"facts": _facts(place), "waiting": _waiting(place)}
    return _page(request, "confirm", link, token, form=form, **context)


@GET_OR_POST
@by_link
def change(request: HttpRequest, link: ConfirmationLink, token: str) -> HttpResponse:
    """All facts in one form. Nothing is published by it: staff look at each change."""
    form = ChangeForm(request.POST if request.method == "POST" else None, place=link.place)
    if not _is_answered(request, form):
        return _page(request, "change", link, token, form=form, waiting=_waiting(link.place))
    answers = form.cleaned_data
    if not form.proposals:
        link.place.confirm(link=link, said_by=answers["said_by"])
        return redirect("jurisdictions:confirm_done", token)
    link.correct(
        form.proposed(),
        once=form.once,
        said_by=answers["said_by"],
        reason=answers["reason"],
        rest_is_right=answers["rest_is_right"],
    )
    return redirect("jurisdictions:confirm_changed", token)


@require_safe
@by_link
def done(request: HttpRequest, link: ConfirmationLink, token: str) -> HttpResponse:
    if not link.place.confirmations.exists():
        return redirect("jurisdictions:confirm", token)
    return _page(request, "done", link, token, waits=link.place.waits_for_own_changes())


@require_safe
@by_link
def changed(request: HttpRequest, link: ConfirmationLink, token: str) -> HttpResponse:
    """Thanks, with what was sent last."""
    last = _from_place(link.place).first()
    if last is None:
        return redirect("jurisdictions:confirm", token)
    rows = Correction.objects.filter(sheet=last.sheet).order_by("pk")
    return _page(request, "changed", link, token, rows=rows, number=rows[0].number)


def _is_answered(request: HttpRequest, form: SpokenFor) -> bool:
    """Whether a person sent the form, whole and not too often."""
    if not form.is_valid():
        return False
    if too_many(request, "sites.confirm", limit=MOST_AN_HOUR, seconds=3600):
        form.add_error(None, ValidationError(say("forms.too_many"), code=TOO_MANY))
        return False
    return True


def _page(
    request: HttpRequest,
    name: str,
    link: ConfirmationLink,
    token: str,
    *,
    form: SpokenFor | None = None,
    **more,
) -> HttpResponse:
    context = {
        "title": say(f"sites.confirm.{name}.title"),
        "place": link.place,
        "link": link,
        "token": token,
        "form": form,
        **more,
    }
    status = 429 if form and form.has_error(NON_FIELD_ERRORS, TOO_MANY) else 200
    return render(request, f"jurisdictions/confirm/{name}.html", context, status=status)


def _facts(place: Jurisdiction) -> list[tuple[str, str]]:
    """All that an entry says, by label; an empty text where nothing is recorded."""
    return [(fact.label, in_words(name, current(place, name))) for name, fact in ALL_FACTS.items()]


def _from_place(place: Jurisdiction):
    return Correction.objects.filter(place=place, origin=Correction.Origin.JURISDICTION)


def _waiting(place: Jurisdiction) -> list[Correction]:
    """What it has sent and nobody has decided."""
    return list(_from_place(place).waiting().order_by("pk"))
