"""The page before a move: the letter that goes with it, what staff write into it, and when it leaves.

A letter comes from its template with marks such as [plan]. Each mark has a field; what is written there takes
the place of the mark when the form is sent, and is kept with the request where it is needed again.
"""

import re
from typing import Any

from django import forms

from leadbureau.mail.letters import Words
from sites.assistance import decisions
from sites.assistance.forms import LetterForm, gap_in
from sites.assistance.models import Request
from sites.assistance.peer_field import PeersField, peers_in_words

PLAN = 4000  # characters


def written(label: str, help_text: str = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=PLAN,
        widget=forms.Textarea({"rows": rows, "class": "vLargeTextField"}),
    )


class MoveForm(LetterForm):
    """The letter of a move. Cleaned to what the verb of the model takes: `words`, `held`, and what more it asks.

    Without an e-mail address there is no letter, and only the rest is asked.
    """

    move = ""
    marks: dict[str, str] = {}  # field: its mark in the letter
    can_wait = True
    asks_first = ""  # the field whose choice decides what the letter says; asked on a page of its own

    when = forms.ChoiceField(
        label="When the letter leaves",
        choices=(
            ("now", "At once"),
            ("later", "After a second look: it waits under “Letters” until somebody releases it"),
        ),
        initial="now",
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *, row: Request, chosen: str = ""):
        super().__init__(data, label_suffix="")
        self.row, self.chosen = row, chosen
        self.has_letter = bool(row.email)
        if not self.has_letter:
            for name in ("subject", "body", "when"):
                del self.fields[name]
            return
        if not self.can_wait:
            del self.fields["when"]
        words = row.words_for(self.move)
        self.initial.update({"subject": words.subject, "body": words.body})
        last = [name for name in ("subject", "body", "when") if name in self.fields]
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean_body(self) -> str:
        """The marks may still stand; `clean` fills them and then looks for gaps."""
        return self.cleaned_data["body"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        answers = {name: value for name, value in given.items() if name not in ("subject", "body", "when")}
        if self.has_letter and "body" in given:
            body = self._filled(given["body"], answers)
            if gap := gap_in(body):
                self.add_error("body", f"Put your own words in place of {gap}, then press the button again.")
            answers["words"] = Words(given.get("subject", ""), body)
            if self.can_wait:
                answers["held"] = given.get("when") == "later"
        return answers

    def _filled(self, body: str, answers: dict) -> str:
        for name, mark in self.marks.items():
            text = self.in_letter(name, answers.get(name))
            if text and mark not in body and text not in body:
                self.add_error(
                    "body", f"Write {mark} where “{self.fields[name].label}” belongs, or it is not said."
                )
            body = fill(body, mark, text) if name not in self.errors else body.replace(mark, "")
        return body

    def in_letter(self, name: str, value) -> str:
        """What a field puts into the letter."""
        return (value or "").strip()


class StartReviewForm(MoveForm):
    move = "start_review"


class AskMoreForm(MoveForm):
    move = "ask_more"
    marks = {"needed": "[what we need]"}
    can_wait = False  # our clock stops, so they must know why at once

    needed = written("What you need from them", "One thing a line, so that nothing is overlooked.", rows=5)

    def clean(self):
        answers = super().clean()
        answers.pop("needed", None)
        return answers


class ActivateForm(MoveForm):
    move = "activate"
    marks = {"plan": "[plan]", "peers": "[peers]"}

    plan = written(
        "The plan",
        "What you do for them, what they do, and what comes first and when. It stands in the letter and on "
        "their page.",
        rows=6,
    )
    peers = PeersField(
        label="Places that help as peers",
        help_text="The letter names them with the addresses of their pages. Ask them before you promise them.",
    )

    def __init__(self, data=None, *, row: Request, chosen: str = ""):
        super().__init__(data, row=row, chosen=chosen)
        self.fields["peers"].near(row.state_id, without=row.jurisdiction_id)  # type: ignore[attr-defined]

    def in_letter(self, name, value):
        return peers_in_words(value or ()) if name == "peers" else super().in_letter(name, value)


class DeclineForm(MoveForm):
    move = "decline"
    marks = {"why": "[reason]", "door": "[better door]"}
    asks_first = "reason"

    reason = forms.ChoiceField(choices=decisions.DeclineReason.choices, widget=forms.HiddenInput)
    why = written("Why, and what would have to change", "The letter says it as you write it.", rows=5)
    door = written("A better door", "Who or what may serve them better.", rows=3)

    def __init__(self, data=None, *, row: Request, chosen: str = ""):
        super().__init__(data, row=row, chosen=chosen)
        if chosen:
            why, door = decisions.reason_in_words(chosen), decisions.better_door(chosen)
            self.initial.update({"reason": chosen, "why": why, "door": door})

    def clean(self):
        answers = super().clean()
        return {name: value for name, value in answers.items() if name not in ("why", "door")}


class ReferForm(MoveForm):
    move = "refer"
    marks = {"who": "[who it is]", "how": "[how you reach them, and what we have told them about you]"}
    asks_first = "to"

    to = forms.ChoiceField(choices=decisions.ReferredTo.choices, widget=forms.HiddenInput)
    peers = PeersField(label="The place", help_text="The letter names it with the address of its page.")
    who = written("Who it is", "The letter says it as you write it.", rows=3)
    how = written("How they reach them, and what you have told about them", rows=3)

    def __init__(self, data=None, *, row: Request, chosen: str = ""):
        super().__init__(data, row=row, chosen=chosen)
        if chosen == decisions.ReferredTo.PEER:
            del self.fields["who"]
            self.marks = {"peers": self.marks["who"], "how": self.marks["how"]}
            self.fields["peers"].near(row.state_id, without=row.jurisdiction_id)  # type: ignore[attr-defined]
            self.fields["peers"].required = True
        else:
            del self.fields["peers"]
        if chosen:
            who, how = decisions.helper_in_words(chosen), decisions.how_to_reach(chosen)
            self.initial.update({"to": chosen, "who": who, "how": how})

    def in_letter(self, name, value):
        return peers_in_words(value or ()) if name == "peers" else super().in_letter(name, value)

    def clean(self):
        answers = super().clean()
        return {name: value for name, value in answers.items() if name not in ("who", "how")}


class CompleteForm(MoveForm):
    move = "complete"

    results = forms.MultipleChoiceField(
        label="What was done",
        choices=decisions.Result.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that fit. Reports count by it; the letter does not list it.",
    )


class ReopenForm(MoveForm):
    move = "reopen"


class WithdrawForm(MoveForm):
    move = "withdraw"
    can_wait = False  # it confirms what they asked for, so it goes at once


def fill(body: str, mark: str, text: str) -> str:
    """The letter with a text in place of a mark. Without a text the mark's paragraph goes, and with it the
    line before that led up to it with a colon."""
    if text:
        return body.replace(mark, text)
    kept: list[str] = []
    for paragraph in re.split(r"\n\s*\n", body):
        if paragraph.strip() != mark:
            kept.append(paragraph.replace(mark, "").strip("\n"))
        elif kept and kept[-1].rstrip().endswith(":"):
            kept.pop()
    return "\n\n".join(kept)
