""" "Is this wrong?": a reader says, about one fact of a place's entry, what it should be."""

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
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
from sites.jurisdictions.correctable import (
    FACTS,
    Fact,
    cast,
    current,
    gather,
    inputs,
    is_same,
    label,
)
from sites.jurisdictions.models import Correction, Jurisdiction

LONGEST_REASON = 2000  # characters
MOST_AN_HOUR = 40  # from one network: a clerk who mends a whole entry sends a form for each of its facts
DATE = ("year", "month", "day")
SOURCE = ("source_title", "source_url")
READER = ("reporter_name", "reporter_email")


class CorrectionForm(KeptForm):
    """What one fact of a place should be, how the reader knows, and where an answer would go.

    place: the entry; fact: a name in correctable.FACTS. A stage brings its source as fields of its own.
    """

    area = "sites.correction.form"

    reason = forms.CharField(max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 4}))
    reporter_name = forms.CharField(
        max_length=120, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    reporter_email = forms.EmailField(
        max_length=254, required=False, widget=forms.EmailInput({"autocomplete": "email"})
    )

    def __init__(self, *args, place: Jurisdiction, fact: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.place, self.fact, self.proposed = place, fact, ""
        own = inputs(fact, place)
        self.is_dated = "year" in own
        self.first = next(iter(own))
        self.fields.update(own)
        if self.is_dated:
            del self.fields["reason"]
        self.order_fields([*own, "reason", *READER])
        self._ask()
        self.word_fields()
        for name, field in own.items():
            self._complain(name, field)

    def _ask(self) -> None:
        """The heading names the fact already, so the question can be short."""
        field = self.fields[self.first]
        if self.first == "stage":
            field.label = say("sites.correction.proposed.stage")
        if self.first == "proposed":
            field.label = say("sites.correction.proposed")
        if not field.required:
            field.help_text = f"{field.help_text} {say('sites.correction.proposed.empty')}".strip()
            field.expected = True  # type: ignore[attr-defined]  # empty is an answer, so no "(optional)"
        if self.is_dated:
            for name in ("month", "day"):  # the legend says that a year is enough
                self.fields[name].expected = True  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        you = Fieldset(say("sites.correction.form.you"), *READER)
        if not self.is_dated:
            return Layout("proposed", "reason", you, guard())
        title = say("sites.correction.when.launched" if self.first == "year" else "sites.correction.when")
        stage = [] if self.first == "year" else ["stage"]
        when = Fieldset(title, Div(*DATE, css_class="date-parts"), css_class="field-group--small")
        return Layout(*stage, when, *SOURCE, you, guard())

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if any(name in self.errors for name in (self.first, *DATE)):
            return cleaned
        try:
            self.proposed = gather(self.fact, cleaned)
            if any(name in self.errors for name in SOURCE):
                return cleaned
            cast(self.fact, self.proposed)
            if is_same(self.place, self.fact, self.proposed):
                self.add_error(self.first, say("sites.correction.error.same"))
        except ValidationError as error:
            self.add_error("year" if self.is_dated else self.first, error)
        return cleaned

    def keep(self) -> Correction:
        """Stores the correction once and returns it."""
        said = [self.cleaned_data.get(name, "") for name in ("reason", *SOURCE)]
        return Correction.keep(
            once=self.once,
            suspicion=self.suspicion,
            place=self.place,
            field=self.fact,
            was=current(self.place, self.fact),
            proposed=self.proposed,
            reason="\n".join(part for part in said if part),
            **{name: self.cleaned_data[name] for name in READER},
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, state_slug: str, place_slug: str) -> HttpResponse:
    """The form about the fact that the address names; without one, the choice of facts."""
    place = _public_place(state_slug, place_slug)
    address = reverse("jurisdictions:wrong", args=[place.state.slug, place.slug])
    if request.path != address:
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    fact = request.GET.get("field", "")
    if fact not in FACTS:
        return _which(request, place)
    about = say("sites.correction.about", place=place.name, state=place.state.name)
    return show_or_keep(
        request,
        lambda data, files: CorrectionForm(data, files, place=place, fact=fact),
        scope="sites.wrong",
        template="jurisdictions/wrong.html",
        context={
            "page": Page(title=say("sites.correction.title", fact=label(fact))),
            "crumbs": _crumbs(place),
            "place": place,
            "about": about,
            "now": FACTS[fact].told(place),
            "source": FACTS[fact].source(place),
        },
        thanks="jurisdictions:wrong_thanks",
        thanks_at=(place.state.slug, place.slug),
        limit=MOST_AN_HOUR,
    )


def _which(request: HttpRequest, place: Jurisdiction) -> HttpResponse:
    context = {
        "page": Page(title=say("sites.correction.title.any"), lead=say("sites.correction.which")),
        "crumbs": _crumbs(place),
        "place": place,
        "about": say("sites.correction.about", place=place.name, state=place.state.name),
        "facts": [(fact, _in_one_line(place, fact)) for fact in FACTS.values()],
    }
    return render(request, "jurisdictions/wrong_which.html", context)


@never_cache
@require_safe
def thanks(request: HttpRequest, state_slug: str, place_slug: str, number: str) -> HttpResponse:
    """Thanks, with the reference. It reads no row: the page tells nothing that its address does not say."""
    if sayable.normalize(number, prefix=Correction.prefix) != number:
        raise Http404
    context = {
        "page": Page(title=say("sites.correction.thanks.title")),
        "crumbs": [],
        "number": number,
        "back": reverse("jurisdictions:place", args=[state_slug, place_slug]),
    }
    return render(request, "jurisdictions/wrong_thanks.html", context)


def _in_one_line(place: Jurisdiction, fact: Fact) -> str:
    return ", ".join(fact.told(place).splitlines())


def _public_place(state_slug: str, place_slug: str) -> Jurisdiction:
    places = Jurisdiction.objects.public().with_history()
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
