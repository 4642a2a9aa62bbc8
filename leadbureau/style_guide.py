"""What the style guide of staff shows: each component, and each state of a field, in real markup.

The samples describe themselves, so that nobody takes them for facts.
"""

from types import SimpleNamespace

from crispy_forms.helper import FormHelper
from django import forms
from django.core.paginator import Paginator

from leadbureau.content.models import Claim, Picture, Section

COLOURS = (
    *("text", "text-quiet", "page", "surface", "surface-raised", "line", "line-strong", "link", "action"),
    *("on-action", "accent", "attention", "focus", "map-land", "map-land-strong", "mark"),
)
STAGES = ("exploring", "developing", "launched", "operating", "paused", "ended")


class SampleForm(forms.Form):
    """Every kind of field once. Nothing is sent anywhere."""

    use_required_attribute = False

    line = forms.CharField(label="A line of text", help_text="A hint stands between the label and the field.")
    optional = forms.CharField(label="A line that may stay empty", required=False)
    email = forms.EmailField(label="An e-mail address")
    number = forms.IntegerField(label="A number")
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label="A longer text", widget=forms.Textarea(attrs={"rows": 4}))
    choice = forms.ChoiceField(
        label="One of many", choices=[("", "Choose one"), ("1", "The first"), ("2", "The second")]
    )
    radio = forms.ChoiceField(
        label="One of few", widget=forms.RadioSelect, choices=[("1", "The first"), ("2", "The second")]
    )
    boxes = forms.MultipleChoiceField(
        label="Some of few",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "The first"), ("2", "The second")],
    )
    agreed = forms.BooleanField(label="A box to tick")
    file = forms.FileField(label="A file", required=False)

    def __init__(self, *args, **kwargs):
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False


FILLED = {
    "line": "What somebody wrote",
    "optional": "More of it",
    "email": "somebody@example.org",
    "number": "12",
    "day": "2026-01-31",
    "text": "Two lines\nof text.",
    "choice": "1",
    "radio": "2",
    "boxes": ["1"],
    "agreed": "on",
}
WRONG = {"email": "no address"}  # all else is empty, which is wrong too


def context() -> dict:
    page = Paginator(range(1, 200), 10).page(4)
    return {
        "page": SimpleNamespace(title="Style guide", lead="Every part of the pages, once.", description=""),
        "crumbs": [("A page above", "/about/"), ("A page below it", "/lead/")],
        "colours": COLOURS,
        "stages": STAGES,
        "sections": [_section(layout) for layout in Section.Layout],
        "claim": Claim.objects.select_related("study").order_by("order", "pk").first(),
        "picture": Picture.objects.ready().first(),
        "page_obj": page,
        "forms": [
            ("Empty", SampleForm(prefix="empty")),
            ("Filled in", SampleForm(prefix="filled", initial=FILLED)),
            (
                "With errors",
                SampleForm({f"wrong-{name}": value for name, value in WRONG.items()}, prefix="wrong"),
            ),
        ],
    }


def _section(layout) -> SimpleNamespace:
    """A section with three entries whose words say what they are."""
    entries = [
        SimpleNamespace(
            pk=number,
            label=f"{2014 + number}" if layout == Section.Layout.TIMELINE else "",
            heading=f"Entry {number}",
            body="<p>An entry has a heading and a text, and may name its source.</p>",
            source_title="Where it is from" if number == 1 else "",
            source_url="https://example.org/" if number == 1 else "",
        )
        for number in (1, 2, 3)
    ]
    return SimpleNamespace(
        anchor=f"sample-{layout.value}",
        heading=layout.label,
        layout=layout.value,
        body="<p>The text of a section stands above its entries, and holds <a href='/about/'>links</a>.</p>",
        picture=None,
        items=SimpleNamespace(all=entries),
    )
