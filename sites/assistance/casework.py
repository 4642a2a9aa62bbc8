"""The buttons of a case: what each says that it will do, and the verb of the model behind it."""

from django import forms
from django.contrib.auth import get_user_model

from leadbureau.kit.verb_admin import Verb
from leadbureau.mail.letters import Words
from sites.assistance.forms import LetterForm
from sites.assistance.models import Request
from sites.assistance.moves import MOVES, Doer

# verb, button, what will happen, what has happened, whether it is seen as an end
STEPS = (
    (
        "start_review",
        "Begin the review",
        "The request is shown as being reviewed, and this letter tells the requester so.",
        "The review of {row} has begun.",
        False,
    ),
    (
        "activate",
        "Take the request up",
        "The request becomes active: the promised answer is given with this letter, so say in it how the "
        "Bureau can help and what comes first.",
        "{row} is active now.",
        False,
    ),
    (
        "decline",
        "Decline, with a reason",
        "The request is closed as not taken up. Write the reason and a better door into this letter. It can "
        "be reopened.",
        "{row} is declined.",
        True,
    ),
    (
        "complete",
        "Complete the request",
        "The help has been given: the request is closed, and this letter says so. It can be reopened.",
        "{row} is completed.",
        False,
    ),
    (
        "withdraw",
        "Record that it was withdrawn",
        "For a requester who asked you to withdraw it. The request is closed, and this letter confirms it. "
        "It can be reopened.",
        "{row} is withdrawn.",
        True,
    ),
    (
        "reopen",
        "Reopen the request",
        "The request is in review again, an answer is promised anew from today, and this letter says so.",
        "{row} is open again.",
        False,
    ),
)


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note", max_length=5000, widget=forms.Textarea({"rows": 6, "class": "vLargeTextField"})
    )


class AssignForm(forms.Form):
    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Who answers for it",
        queryset=None,
        required=False,
        empty_label="Nobody yet",
        help_text="Only people who may sign in to this site are listed.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username")
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


def _step(name: str, label: str, promise: str, done: str, is_grave: bool) -> Verb:
    """A move from the table as a button. Which are shown is read from the table, never from here."""

    def act(row: Request, by, subject: str = "", body: str = "") -> None:
        words = Words(subject, body) if body else None
        getattr(row, name)(by=by, words=words)

    return Verb(
        name=name.replace("_", "-"),
        label=label,
        promise=promise,
        done=done,
        act=act,
        may=lambda row: MOVES[name] in row.moves_for(Doer.STAFF),
        form=LetterForm,
        is_grave=is_grave,
    )


VERBS = (
    *(_step(*step) for step in STEPS),
    Verb(
        name="assign",
        label="Choose who answers for it",
        promise="The request stands on that person's list. Nobody outside is told.",
        done="Saved who answers for {row}.",
        act=Request.assign,
        may=lambda row: not row.is_draft,
        form=AssignForm,
    ),
    Verb(
        name="note",
        label="Add a private note",
        promise="Only staff see notes. A note cannot be changed afterwards; add another to correct it.",
        done="The note is kept.",
        act=lambda row, by, text: row.add_note(text, by=by),
        may=lambda row: True,
        form=NoteForm,
    ),
    Verb(
        name="link",
        label="Mail the private link again",
        promise="For a requester who lost it. The link goes to the e-mail address of the request, nowhere "
        "else; it is not shown to staff.",
        done="The link of {row} is on its way.",
        act=Request.resend_link,
        may=lambda row: bool(row.email) and not row.quarantined_at,
    ),
    Verb(
        name="release",
        label="Let it in: it is no spam",
        promise="The request joins the open ones. An answer is promised from today on, and the "
        "receipt is mailed.",
        done="{row} is open now.",
        act=Request.release,
        may=lambda row: bool(row.quarantined_at) and not row.is_draft,
    ),
)
