"""Asking the Bureau for an introduction to the people of a place: it passes on no address by itself."""

from functools import partial
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.models import Page
from leadbureau.content.wording import say
from leadbureau.kit import sayable
from leadbureau.kit.spam import guard
from leadbureau.mail.kept_form import KeptForm, show_or_keep
from sites.jurisdictions.models import Introduction, Jurisdiction
from sites.jurisdictions.models.introductions import INTRODUCED

LONGEST_WORDS = 3000  # characters
ASKED = ("words", "name", "organization", "where", "email")


class IntroductionForm(KeptForm):
    """Who asks, and what they would like to talk about."""

    area = "sites.introduction.form"

    words = forms.CharField(max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 6}))
    name = forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    organization = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "organization"}))
    where = forms.CharField(max_length=200)
    email = forms.EmailField(max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))

    def __init__(self, *args, place: Jurisdiction, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place

    def layout(self) -> Layout:
        return Layout("words", Fieldset(say("sites.introduction.form.you"), *ASKED[1:]), guard())

    def keep(self) -> Introduction:
        """Stores the request once and returns it."""
        fields = {name: self.cleaned_data[name] for name in ASKED}
        return Introduction.keep(once=self.once, suspicion=self.suspicion, place=self.place, **fields)


def address_for(place: Jurisdiction, stage: str | None) -> str:
    """Where one asks for an introduction to a public place; "" when none is made at its stage."""
    if stage not in INTRODUCED:
        return ""
    return reverse("jurisdictions:introduction", args=[place.state.slug, place.slug])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, state_slug: str, place_slug: str) -> HttpResponse:
    """The form, or, at a stage without introductions, why there is none and where to ask."""
    place = _public_place(state_slug, place_slug)
    address = reverse("jurisdictions:introduction", args=[place.state.slug, place.slug])
    if request.path != address:
        return redirect(address)
    is_offered = bool(address_for(place, place.stage))
    context = {
        "page": Page(
            title=say("sites.introduction.title", place=place.name),
            lead=say("sites.introduction.lead") if is_offered else "",
        ),
        "crumbs": _crumbs(place),
        "place": place,
    }
    template = "jurisdictions/introduction.html"
    if not is_offered:
        return render(request, template, context)
    return show_or_keep(
        request,
        partial(IntroductionForm, place=place),
        scope="sites.introduction",
        template=template,
        context=context,
        thanks="jurisdictions:introduction_sent",
        thanks_at=(place.state.slug, place.slug),
    )


@never_cache
@require_safe
def introduction_sent(request: HttpRequest, state_slug: str, place_slug: str, number: str) -> HttpResponse:
    """Thanks, with the reference. It reads no request: the page tells nothing that its address does not say."""
    if sayable.normalize(number, prefix=Introduction.prefix) != number:
        raise Http404
    place = _public_place(state_slug, place_slug)
    context = {
        "page": Page(title=say("sites.introduction.sent.title")),
        "crumbs": _crumbs(place),
        "number": number,
        "place": place,
    }
    return render(request, "jurisdictions/introduction_sent.html", context)


def _public_place(state_slug: str, place_slug: str) -> Any:
    """With its `stage`."""
    places = Jurisdiction.objects.public().staged().select_related("state")
    place = places.filter(state__usps__iexact=state_slug, slug=place_slug.lower()).first()
    if place is None:
        raise Http404
    return place


def _crumbs(place: Jurisdiction) -> list[tuple[str, str]]:
    return [
        (say("sites.crumb"), reverse("jurisdictions:index")),
        (place.state.name, place.state.get_absolute_url()),
        (place.name, place.get_absolute_url()),
    ]
