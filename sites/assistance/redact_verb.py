"""The button by which staff black out a passage: first it says in how many places, then it asks to be sure."""

from typing import Any

from django import forms

from leadbureau.kit.encrypted import fingerprint
from leadbureau.kit.verb_admin import Verb
from sites.assistance.case_forms import CaseForm
from sites.assistance.models import Request
from sites.assistance.moves import NotAllowed
from sites.assistance.redaction import black_out, in_words, places


class BlackOutForm(CaseForm):
    """Two steps in one form: the box to be sure stands there only for the passage that was just counted."""

    passage = forms.CharField(
        label="The passage to black out",
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
        help_text="Copy it from the request, word by word; it may run over several lines. Capitals do not matter. It is "
        "blacked out wherever it stands, so give as little as tells who somebody is.",
    )
    why = forms.CharField(
        label="Why",
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Kept for good with your name and the time. Do not repeat the passage here.",
    )
    counted = forms.CharField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False)

    def __init__(self, data=None, *, row: Request):
        super().__init__(data, row=row)
        self.box: forms.Field = self.fields.pop("sure")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        passage = cleaned.get("passage")
        if not passage:
            return cleaned
        try:
            found = places(self.row, passage)
        except NotAllowed as refusal:
            self.add_error("passage", str(refusal))
            return cleaned
        if not found:
            self.add_error(
                "passage", "This stands nowhere in the request. Copy it exactly as it stands there."
            )
        if " ".join(passage.lower().split()) in " ".join(cleaned.get("why", "").lower().split()):
            self.add_error("why", "The reason is kept for good, so the passage must not stand in it.")
        if not self.errors:
            self._ask_to_be_sure(passage, found)
        return cleaned

    def _ask_to_be_sure(self, passage: str, found: list) -> None:
        key, count = fingerprint(passage), sum(one.count for one in found)
        ticked = self.data.get("sure") and self.data.get("counted") == key
        self.box.label = f"Black it out in {count} place{'' if count == 1 else 's'}, for good"
        self.box.help_text = f"It stands {in_words(found)}."
        self.fields["sure"] = self.box
        if not ticked:
            data: Any = self.data
            data = data.copy()
            data["counted"] = key
            data.pop("sure", None)
            self.data = data
            self.add_error(
                "sure", "Nothing is blacked out yet. Look at the number, tick the box, and press the button."
            )


def _act(row: Request, by, passage: str, why: str, **_) -> None:
    black_out(row, passage, why=why, by=by)


REDACT = Verb(
    name="black-out",
    label="Black out a passage",
    promise="For what tells who a participant is. The passage is taken out of the answers, additions, messages, words of "
    "support, notes, history and letters that this site keeps, and a black bar stands in its place. Nobody can "
    "undo this or read it again. Letters that have left stay in mailboxes, and a file cannot be blacked out: delete "
    "its content instead. The history says who did it, when and why, and not what stood there; the requester’s page says "
    "that a passage was blacked out.",
    done="The passage is blacked out in {row}.",
    act=_act,
    may=lambda row: not row.is_draft,
    form=BlackOutForm,
    is_grave=True,
    permission="assistance.redact_request",
)
