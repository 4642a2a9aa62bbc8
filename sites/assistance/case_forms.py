"""What staff are asked for when they organize a case: who answers for it, what comes next, which place it is."""

from datetime import date

from django import forms
from django.utils import timezone

from sites.assistance.models import Request
from sites.assistance.queue_load import named_with_load, people_who_answer
from sites.jurisdictions.models import Jurisdiction

NOBODY = "nobody"


class CaseForm(forms.Form):
    """A form that knows its request."""

    def __init__(self, data=None, *, row: Request):
        super().__init__(data, label_suffix="")
        self.row = row


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note", max_length=5000, widget=forms.Textarea({"rows": 6, "class": "vLargeTextField"})
    )


class PersonField(forms.ModelChoiceField):
    """Somebody who may answer for requests, told with what they have in hand."""

    def __init__(self):
        super().__init__(
            label="Who answers for it",
            queryset=people_who_answer(),
            required=False,
            help_text="Listed is everybody who may work on requests, with the number that they have open.",
        )

    def offer(self) -> None:
        """Ask for the people now: the queryset of the field was made when the site started."""
        self.queryset = people_who_answer()
        self.choices = [("", "Nobody yet"), *named_with_load(self.queryset)]


class AssignForm(CaseForm):
    to = PersonField()

    def __init__(self, data=None, *, row: Request):
        super().__init__(data, row=row)
        self.fields["to"].offer()  # type: ignore[attr-defined]
        self.initial["to"] = row.owner_id


class AssignManyForm(forms.Form):
    """For many at once nothing is chosen beforehand: a quick press must not take everybody off their requests."""

    to = forms.ChoiceField(label="Who answers for them")

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        people = named_with_load(people_who_answer())
        self.fields["to"].choices = [("", "Choose somebody"), *people, (NOBODY, "Nobody yet")]  # type: ignore[attr-defined]

    def clean_to(self):
        """The person, or None for nobody."""
        chosen = self.cleaned_data["to"]
        return None if chosen == NOBODY else people_who_answer().get(pk=chosen)


class NextActionForm(CaseForm):
    action = forms.CharField(
        label="What is to be done",
        max_length=200,
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="A few words: “Call the chief about dates”. Empty: nothing is planned any more.",
    )
    on = forms.DateField(
        label="On which day",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data=None, *, row: Request):
        super().__init__(data, row=row)
        self.initial.update({"action": row.next_action, "on": row.next_action_on})

    def clean_on(self) -> date | None:
        day = self.cleaned_data["on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Choose today or a day to come.")
        return day

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("action") and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Say on which day; you are reminded then.")
        if cleaned.get("on") and not cleaned.get("action") and "action" not in self.errors:
            self.add_error("action", "Say what is to be done on that day.")
        return cleaned


class PlaceForm(CaseForm):
    place: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Place in the directory",
        queryset=Jurisdiction.objects.all(),
        required=False,
        help_text="Places of the same state stand first. Type the first letters to get to one.",
    )

    def __init__(self, data=None, *, row: Request):
        super().__init__(data, row=row)
        places = list(Jurisdiction.objects.select_related("state").order_by("state__name", "name"))
        own = [place for place in places if place.state.usps == row.state_id]
        groups: dict[str, list] = (
            {own[0].state.name: [(place.pk, str(place)) for place in own]} if own else {}
        )
        for place in places:
            if place.state.usps != row.state_id:
                groups.setdefault(place.state.name, []).append((place.pk, str(place)))
        self.fields["place"].choices = [("", "None of them"), *groups.items()]  # type: ignore[attr-defined]
        self.initial["place"] = row.jurisdiction_id
