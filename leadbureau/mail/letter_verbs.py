"""The buttons of a letter: release, change the words, try again, stop."""

from django import forms

from leadbureau.kit.verb_admin import Verb
from leadbureau.mail.letters import gap_left_in
from leadbureau.mail.models import Letter
from leadbureau.mail.words import LONGEST_SUBJECT, Words


class ReadForm(forms.Form):
    """A letter that was read on the page before, and must still be that letter when the button is pressed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # when it was last handled

    def __init__(self, data=None, *, letter: Letter):
        seen = letter.handled_at.isoformat() if letter.handled_at else ""
        super().__init__(data, initial={"subject": letter.subject, "body": letter.body, "seen": seen})
        self.now_seen = seen

    def clean(self) -> dict:
        answers = super().clean() or self.cleaned_data
        if answers.pop("seen", "") != self.now_seen:
            raise forms.ValidationError(
                "Somebody else changed this letter while you read it. Go back and read it as it is now."
            )
        return answers


class WordsForm(ReadForm):
    """The words of a letter that is held back."""

    subject = forms.CharField(
        max_length=LONGEST_SUBJECT, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    body = forms.CharField(
        label="Letter",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField"}),
        help_text="[private link] becomes the reader's own link on the way out. Lines with “- ” become a list.",
    )

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if gap := gap_left_in(body):
            raise forms.ValidationError(f"Put your own words in place of {gap}, then press the button again.")
        return body


def _rewrite(letter: Letter, by, subject: str, body: str) -> None:
    letter.rewrite(Words(subject, body), by=by)


VERBS = (
    Verb(
        name="release",
        label="Release: it leaves now",
        promise="The letter goes as it stands here, within seconds. Afterwards it cannot be called back.",
        done="“{row}” is on its way.",
        act=Letter.release,
        may=lambda letter: letter.is_held,
        form=ReadForm,
    ),
    Verb(
        name="rewrite",
        label="Change the words",
        promise="The letter stays held back: when the words are right, release it.",
        done="The words of “{row}” are kept. The letter is still held back.",
        act=_rewrite,
        may=lambda letter: letter.is_held,
        form=WordsForm,
    ),
    Verb(
        name="retry",
        label="Try to send it again now",
        promise="The letter is tried again within seconds and, if that fails, with growing pauses for a day.",
        done="“{row}” is tried again within seconds.",
        act=Letter.retry,
        may=Letter.can_retry,
    ),
    Verb(
        name="void",
        label="Stop it: it will not be sent",
        promise="The letter is kept here, but nobody gets it. That cannot be undone; what it reports stays as it is.",
        done="“{row}” will not be sent.",
        act=Letter.void,
        may=Letter.can_void,
        is_grave=True,
    ),
)
