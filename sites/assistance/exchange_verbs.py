"""Buttons of a case by which staff write to the requester, or write down what they said."""

from django import forms
from django.db import transaction

from leadbureau.kit.verb_admin import Verb
from sites.assistance.models import Message, Request, Supplement
from sites.assistance.models.exchange import LONGEST
from sites.assistance.moves import Doer


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea({"rows": 10, "class": "vLargeTextField"}),
    )


class MessageForm(forms.Form):
    words = _words(
        "Message",
        "The requester reads it on the request's own page. Ask nothing here that must be answered: “Ask for "
        "more” hands the turn over and stops our clock.",
    )


class AnswerForm(forms.Form):
    words = _words(
        "What they answered",
        "Kept as an addition with today's date. Leave it empty if they have answered on their page already.",
        required=False,
    )


class AdditionForm(forms.Form):
    words = _words("What they said", "As the requester said it. The requester sees it on the page too.")


def _answered(row: Request, by, words: str) -> None:
    with transaction.atomic():
        if words:
            Supplement.objects.append(row, words=words, by=by)
        row.hand_back(by=by)


def _may(verb: str):
    return lambda row: row.may(verb, Doer.STAFF)


MESSAGE = Verb(
    name="message",
    label="Write to the requester",
    promise="The message stands on the request's own page. An e-mail with a link tells the requester that it is "
    "there; the e-mail does not say what is in it. Whose turn it is stays as it is.",
    done="The message on {row} is written.",
    act=lambda row, by, words: Message.objects.write(row, words, by=by),
    # Without an address nobody would learn of it: telephone, or write by post.
    may=lambda row: bool(row.email) and row.may("message", Doer.STAFF),
    form=MessageForm,
)
ANSWERED = Verb(
    name="hand-back",
    label="Record their answer",
    promise="For a requester who answered by telephone or post. It is the Bureau's turn again: our count of "
    "working days goes on where it stopped, and a letter tells the requester so.",
    done="The answer is recorded; {row} is with the Bureau again.",
    act=_answered,
    may=_may("hand_back"),
    form=AnswerForm,
)
ADDITION = Verb(
    name="supplement",
    label="Add what they said",
    promise="For something that the requester told you by telephone or post. It is kept with today's date beside "
    "the request, and cannot be changed afterwards.",
    done="What was said is added to {row}.",
    act=lambda row, by, words: Supplement.objects.append(row, words=words, by=by),
    may=_may("supplement"),
    form=AdditionForm,
)

VERBS = (MESSAGE, ANSWERED, ADDITION)
