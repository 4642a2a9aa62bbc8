"""What staff can do with a correction, and what they are asked for it."""

from django import forms

from leadbureau.kit.verb_admin import Verb
from sites.jurisdictions.models import Correction
from sites.jurisdictions.models.changes import StageChange

CERTAINTIES = (
    (StageChange.Certainty.UNSURE, "Not certain: inferred, old, or from one weak source"),
    (StageChange.Certainty.SURE, "Yes, the source says it plainly"),
)


class AcceptForm(forms.Form):
    """What is told the reporter, and what was seen: instead_of, what the entry says on the page that was shown
    (None when it was not shown), and despite, the warning there. A step of the history asks how certain it is."""

    certainty = forms.ChoiceField(
        label="Does the source say it plainly?",
        choices=CERTAINTIES,
        required=False,
        widget=forms.RadioSelect,
        help_text="Visitors read this beside the stage. Look at the source before you say yes.",
    )
    answer = forms.CharField(
        label="Words for the reporter",
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text="Stands in the letter as you write it. May stay empty.",
    )
    instead_of = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    despite = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, row: Correction):
        seen = {"instead_of": row.present, "despite": row.warning, "certainty": row.usual_certainty}
        super().__init__(data, initial=seen)
        if not row.is_dated:
            del self.fields["certainty"]

    def clean_instead_of(self) -> str | None:
        if "instead_of" not in self.data:
            return None
        return self.cleaned_data["instead_of"].replace("\r\n", "\n")


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
        help_text="Stands in the letter as you write it. Empty: the letter says that no source confirmed it.",
    )


ACCEPT = Verb(
    name="accept",
    label="Accept: change the entry",
    promise="The entry is changed, visitors see it at once, and a public note under it says what was corrected. "
    "The note names nobody. Whoever reported it gets a letter, if they left an e-mail address.",
    done="{row}: {row.result}",
    act=Correction.accept,
    may=lambda row: row.is_waiting,
    form=AcceptForm,
)
DECLINE = Verb(
    name="decline",
    label="Decline: leave the entry as it is",
    promise="The entry stays as it is. Whoever reported it gets a letter, if they left an e-mail address.",
    done="{row} is declined. The entry stays as it is.",
    act=Correction.decline,
    may=lambda row: row.is_waiting,
    form=DeclineForm,
    is_grave=True,
)
