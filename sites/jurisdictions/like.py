"""Places like mine, for a reader whose jurisdiction has no page here: three choices, and who agrees with them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadbureau.content.models import Page
from leadbureau.content.wording import say
from sites.jurisdictions.facets import value_in_words
from sites.jurisdictions.filters import Filters
from sites.jurisdictions.forms import TRAIT_VALUES
from sites.jurisdictions.index import UNKNOWN, Index, directory_index
from sites.jurisdictions.likeness import COMPARED, ENOUGH, places_with

SHOWN = 20


class LikeForm(forms.Form):
    """The three choices from the query string; what is wrong gets a message, the others count all the same."""

    population = forms.CharField(required=False)
    setting = forms.CharField(required=False)
    agency = forms.CharField(required=False)

    def clean(self):
        for name, typed in list(self.cleaned_data.items()):
            if typed and typed not in _values(name):
                self.add_error(name, say("sites.finder.error.choice"))
        return self.cleaned_data

    @property
    def traits(self) -> dict[str, str]:
        self.full_clean()
        return {name: self.cleaned_data[name] for name in COMPARED if self.cleaned_data.get(name)}


@require_safe
def like(request: HttpRequest) -> HttpResponse:
    """The form, and under it the places that agree in at least two choices, or in the one that was made."""
    index = directory_index()
    form = LikeForm(request.GET)
    traits = form.traits
    least = min(ENOUGH, len(traits))
    shown, count = places_with(index, traits, least=least, most=SHOWN) if traits else ([], 0)
    context = {
        "page": Page(
            title=say("sites.like.title"),
            lead=say("sites.like.lead"),
            description=say("sites.like.description"),
        ),
        "crumbs": [(say("sites.crumb"), reverse("jurisdictions:index"))],
        "form": form,
        "asked": bool(traits),
        "choices": [
            (form[name], say(f"sites.finder.{name}"), _choices(index, form, name)) for name in COMPARED
        ],
        "likeness": shown,
        "count": say("sites.like.count.one" if count == 1 else "sites.like.count.many", count=count),
        "more": count - len(shown),
        "whole_query": Filters(**traits).query(),  # type: ignore[arg-type]  # the three are texts
    }
    return render(request, "jurisdictions/like.html", context)


def _choices(index: Index, form: LikeForm, name: str) -> list[tuple[str, str, int, bool]]:
    """(value, words, number of places, chosen) for each value of a trait."""
    chosen, sets = form[name].value(), index.traits[name]
    return [
        (value, value_in_words(name, value), sets.get(value, 0).bit_count(), value == chosen)
        for value in _values(name)
    ]


def _values(name: str) -> list[str]:
    return [value for value in TRAIT_VALUES[name] if value != UNKNOWN]
