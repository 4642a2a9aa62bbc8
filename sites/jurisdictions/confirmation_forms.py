"""What a place answers through its private link: that all is right, or what should be different."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from sites.jurisdictions.correctable import cast, gather, inputs, is_same
from sites.jurisdictions.correction_inputs import plain
from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.models import Jurisdiction

SALT = "sites.jurisdictions.confirmation_forms"
LONGEST_REASON = 2000  # characters
# Who runs a place need not show where it is written that it does: the place itself is the source.
NOT_ASKED = ("source_title", "source_url")
DATE = ("year", "month", "day")
GROUPS = {
    "effort": ("name", "stage", "launched", "summary", "note"),
    "place": ("kind", "locality", "county", "population", "setting", "position"),
    "people": ("lead_agency", "lead_agency_kind", "local_partners", "offers"),
    "public": ("website", "public_contact", "hosts_visits", "visibility"),
}
END = ("reason", "rest_is_right", "speaks", "said_by")


class SpokenFor(WordedForm):
    """Somebody answers for the place by name. A mail scanner that presses buttons types none and ticks nothing."""

    area = "sites.confirm.form"
    button = ""

    speaks = forms.BooleanField(label="")
    said_by = forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "name"}))

    def __init__(self, *args, place: Jurisdiction, **kwargs):
        self.place = place
        super().__init__(*args, **kwargs)
        self.fields["speaks"].label = say("sites.confirm.speaks", place=place.name)

    @property
    def helper(self) -> FormHelper:
        """What a private link opens needs no CSRF token."""
        helper = super().helper
        helper.disable_csrf = True
        return helper

    def buttons(self) -> list[Submit]:
        return [Submit("", say(self.button))]

    def clean_said_by(self) -> str:
        return " ".join(self.cleaned_data["said_by"].split())


class StillCorrectForm(SpokenFor):
    """Everything is right as it stands."""

    button = "sites.confirm.yes.button"


class ChangeForm(SpokenFor):
    """All facts on one page, filled with what stands. Only what was changed on it counts as changed.

    What the page showed travels with it, signed: a fact that staff change while the page is open is not
    taken back by it, and a rule that an old text breaks is no hurdle for whoever leaves it alone.
    """

    button = "sites.confirm.change.button"

    reason = forms.CharField(required=False, max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 4}))
    rest_is_right = forms.BooleanField(required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    nonce = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: str(uuid4()))

    def __init__(self, *args, place: Jurisdiction, **kwargs):
        super().__init__(*args, place=place, **kwargs)
        self.parts = {name: self._add(name) for names in GROUPS.values() for name in names}
        self.order_fields([*(key for keys in self.parts.values() for key in keys), *END])
        self.word_fields()
        self.fields["rest_is_right"].expected = True  # type: ignore[attr-defined]
        self.proposals: dict[str, str] = {}
        self.stands = {key: self._initial(key) for keys in self.parts.values() for key in keys}
        self.fields["shown"].initial = signing.dumps(self.stands, salt=SALT, compress=True)

    def _add(self, name: str) -> list[str]:
        """The names of the controls that a fact has here."""
        keys = []
        for part, field in inputs(name, self.place).items():
            if part in NOT_ASKED:
                continue
            _adapt(name, part, field)
            key = name if part == "proposed" else f"{name}-{part}"
            self.fields[key] = field
            keys.append(key)
        return keys

    def layout(self) -> Layout:
        groups = [
            Fieldset(say(f"sites.confirm.group.{group}"), *(self._laid_out(name) for name in names))
            for group, names in GROUPS.items()
        ]
        end = Fieldset(say("sites.confirm.group.you"), *END)
        return Layout(*groups, end, "shown", "nonce")

    def _laid_out(self, name: str):
        """The parts of a date stand side by side under a heading of their own."""
        keys = self.parts[name]
        dates = [key for key in keys if key.rpartition("-")[2] in DATE]
        if not dates:
            return keys[0]
        title = say(f"sites.confirm.when.{name}")
        when = Fieldset(title, Div(*dates, css_class="date-parts"), css_class="field-group--small")
        return Div(*(key for key in keys if key not in dates), when, css_class="field-set")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        shown = self._shown()
        for name, keys in self.parts.items():
            if any(self._differs(key, shown.get(key, "")) for key in keys):
                self._propose(name, keys)
            else:
                for key in keys:
                    self.errors.pop(key, None)
        if not self.proposals and not self.errors:
            self._ask_what_to_do(cleaned)
        return cleaned

    def _propose(self, name: str, keys: list[str]) -> None:
        if any(key in self.errors for key in keys):
            return
        answers = {key.removeprefix(f"{name}-"): self.cleaned_data[key] for key in keys}
        today = timezone.localdate()
        month = PartialDate(today.year, today.month).in_words()
        answers |= {"proposed": answers.get(name), "source_title": say("sites.confirm.source", month=month)}
        try:
            text = gather(name, answers)
            cast(name, text)
            if not is_same(self.place, name, text):
                self.proposals[name] = text
        except ValidationError as error:
            self.add_error(next((key for key in keys if key.endswith("-year")), keys[0]), error)

    def _ask_what_to_do(self, cleaned: dict) -> None:
        if cleaned.get("reason"):
            self.add_error("reason", say("sites.confirm.error.only_words"))
        elif not cleaned.get("rest_is_right"):
            self.add_error(None, say("sites.confirm.error.nothing"))

    @property
    def once(self) -> UUID:
        """The same for the same answers from the same opened form."""
        try:
            nonce = UUID(self.cleaned_data["nonce"])
        except ValueError:
            nonce = uuid5(UUID(str(self.place.identifier)), self.cleaned_data["said_by"])
        answers = [sorted(self.proposals.items()), *(self.cleaned_data[one] for one in ("reason", "said_by"))]
        return uuid5(nonce, repr(answers))

    def proposed(self) -> dict[str, str]:
        """The texts to keep; who is named on whose word goes with the choice."""
        own = {}
        if "visibility" in self.proposals:
            day = timezone.localdate().isoformat()
            own["visibility"] = "\n".join([self.proposals["visibility"], self.cleaned_data["said_by"], day])
        return self.proposals | own

    def _differs(self, key: str, shown: str) -> bool:
        """A control that was not sent says nothing; half a form must not empty an entry."""
        name = self.add_prefix(key)
        return name in self.data and plain(self.data[name]) != plain(shown)

    def _shown(self) -> dict[str, str]:
        """What stood in the controls when the page was opened; what stands now, if that cannot be read."""
        try:
            return signing.loads(self.cleaned_data.get("shown", ""), salt=SALT)
        except signing.BadSignature:
            return self.stands

    def _initial(self, key: str) -> str:
        value: Any = self.fields[key].initial
        return "" if value is None else str(value)


def _adapt(name: str, part: str, field: forms.Field) -> None:
    """One question among many: shorter hints, its own complaint, no mark for what may stay empty."""
    field.expected = True  # type: ignore[attr-defined]  # empty is an answer, so no "(optional)"
    if field.required and part in ("proposed", "stage"):
        field.error_messages["required"] = say("sites.confirm.error.empty", field=field.label)
    # Browsers cut what is pasted without a word; our message says how much is too much.
    field.widget.attrs.pop("maxlength", None)
    if part == "stage":
        field.help_text = say("sites.confirm.change.stage_hint")
    if name == "visibility" and isinstance(field, forms.ChoiceField):
        # Its choices are sentences, which a closed list would cut; "choose one" is none of them.
        choices: Any = field.choices
        field.widget = forms.RadioSelect(choices=list(choices)[1:])
