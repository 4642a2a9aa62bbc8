"""The buttons of a case: what each says that it will do, and the verb of the model behind it.

Which of them are shown is read from the table of moves, never from here.
"""

from django.utils import timezone

from leadbureau.kit.verb_admin import Verb
from sites.assistance import exchange_verbs
from sites.assistance.case_forms import AssignForm, NextActionForm, NoteForm, PlaceForm
from sites.assistance.letter_forms import (
    ActivateForm,
    AskMoreForm,
    CompleteForm,
    DeclineForm,
    MoveForm,
    ReferForm,
    ReopenForm,
    StartReviewForm,
    WithdrawForm,
)
from sites.assistance.models import Request
from sites.assistance.moves import Doer, Status, Turn
from sites.assistance.redact_verb import REDACT

SEE_PERSONAL = "assistance.see_personal"


def _move(form: type[MoveForm], label: str, promise: str, done: str, *, is_grave: bool = False) -> Verb:
    """A move of the table as a button with its letter."""
    name = form.move

    def act(row: Request, by, **answers) -> None:
        getattr(row, name)(by=by, **answers)

    return Verb(
        name=name.replace("_", "-"),
        label=label,
        promise=promise,
        done=done,
        act=act,
        may=lambda row: row.may(name, Doer.STAFF),
        form=form,
        is_grave=is_grave,
    )


START_REVIEW = _move(
    StartReviewForm,
    "Begin the review",
    "Their page says that a person is reviewing the request, and this letter tells them so. From then on they add "
    "to the request instead of changing it. The promised day stays as it is.",
    "The review of {row} has begun.",
)
ASK_MORE = _move(
    AskMoreForm,
    "Ask for more",
    "It becomes their turn: our count of working days stops, and goes on where it stopped when they answer.",
    "{row}: they are asked for more, and it is their turn.",
)
ACTIVATE = _move(
    ActivateForm,
    "Accept, with a plan",
    "The request becomes active: this is the promised answer. The plan stands in the letter and on their page.",
    "{row} is accepted and active.",
)
DECLINE = _move(
    DeclineForm,
    "Decline, with a reason",
    "The request is closed as declined: this is the promised answer. It can be reopened.",
    "{row} is declined.",
    is_grave=True,
)
REFER = _move(
    ReferForm,
    "Refer to somebody else",
    "The request is closed as referred: the letter says who can help better. It can be reopened.",
    "{row} is referred.",
    is_grave=True,
)
COMPLETE = _move(
    CompleteForm,
    "Complete, with what was done",
    "The help has been given: the request is closed. They are asked what came of it after 30 and 180 days.",
    "{row} is completed.",
)
REOPEN = _move(
    ReopenForm,
    "Reopen the request",
    "The request is in review again and it is our turn. After a decision a new answer is promised from today.",
    "{row} is open again.",
)
WITHDRAW = _move(
    WithdrawForm,
    "Withdraw on their behalf",
    "For a requester who asked you to withdraw it. The request is closed, and this letter confirms it at once.",
    "{row} is withdrawn.",
    is_grave=True,
)
ASSIGN = Verb(
    name="assign",
    label="Choose who answers for it",
    promise="The request stands on that person's list. Nobody outside is told.",
    done="Saved who answers for {row}.",
    act=Request.assign,
    may=lambda row: not row.is_draft,
    form=AssignForm,
)
NEXT_ACTION = Verb(
    name="next-action",
    label="Plan the next action",
    promise="Who answers for the request is reminded by mail on the morning of that day. The requester does not "
    "see it. Save it empty when there is nothing to do.",
    done="Saved the next action for {row}.",
    act=lambda row, by, action, on: row.plan_next(action=action, on=on, by=by),
    may=lambda row: row.is_open,
    form=NextActionForm,
)
NOTE = Verb(
    name="note",
    label="Add a private note",
    promise="Only staff see notes. A note cannot be changed afterwards; add another to correct it.",
    done="The note is kept.",
    act=lambda row, by, text: row.add_note(text, by=by),
    may=lambda row: True,
    form=NoteForm,
)
PLACE = Verb(
    name="place",
    label="Choose the place in the directory",
    promise="Links the request with the place's entry, for staff and for reports. The entry is not changed, and "
    "the requester does not see it.",
    done="Saved the place of {row}.",
    act=lambda row, by, place: row.choose_place(place, by=by),
    may=lambda row: not row.is_draft,
    form=PlaceForm,
)
LINK = Verb(
    name="link",
    label="Mail the private link again",
    promise="For a requester who lost it. The link goes to the e-mail address of the request, nowhere else; it is "
    "not shown to staff. It is the same link as before.",
    done="The link of {row} is on its way.",
    act=Request.resend_link,
    may=lambda row: bool(row.email) and not row.quarantined_at,
)
NEW_LINK = Verb(
    name="new-link",
    label="Replace the private link",
    promise="For a link that got into wrong hands: it opens nothing any more, and a new one goes to the e-mail "
    "address of the request.",
    done="{row} has a new link, and it is on its way.",
    act=lambda row, by: row.replace_link(by=by),
    may=lambda row: bool(row.email) and not row.quarantined_at,
    is_grave=True,
)
NO_LINK = Verb(
    name="no-link",
    label="Take the private link back",
    promise="The link opens nothing any more, and no new one is mailed. You can replace it later.",
    done="The link of {row} opens nothing any more.",
    act=lambda row, by: row.take_back_link(by=by),
    may=lambda row: row.link_opens() and not row.quarantined_at,
    is_grave=True,
)
RELEASE = Verb(
    name="release",
    label="Let it in: it is no spam",
    promise="The request joins the open ones. An answer is promised from today on, and the receipt is mailed.",
    done="{row} is open now.",
    act=Request.release,
    may=lambda row: bool(row.quarantined_at) and not row.is_draft,
)

ANSWERS = "Answer"
# Under which heading a button stands on the case; the answers stand at the top, beside the next step.
GROUPS: dict[str, tuple[Verb, ...]] = {
    ANSWERS: (RELEASE, START_REVIEW, ACTIVATE, ASK_MORE, DECLINE, REFER, COMPLETE, REOPEN),
    "Write and note": (*exchange_verbs.VERBS, NOTE),
    "Organize": (ASSIGN, NEXT_ACTION, PLACE),
    "Link, corrections, end": (LINK, NEW_LINK, NO_LINK, REDACT, WITHDRAW),
}
VERBS = tuple(verb for verbs in GROUPS.values() for verb in verbs)
# Their pages show nothing that a requester wrote. All others are for those who may read it.
SHOW_NOTHING_PERSONAL = (ASSIGN, PLACE)


def next_step(row: Request) -> tuple[Verb | None, str]:
    """The sensible move for a request that stands so, and in a sentence why; no move when it waits for others."""
    if row.is_draft:
        return None, "It has not been sent. Nothing is to be done."
    if row.quarantined_at:
        return RELEASE, (
            f"It is held back: {row.suspicion} Read it. If a person wrote it, let it in; if not, leave it: it is "
            "deleted when its time in quarantine is over."
        )
    if row.letters_for_staff().held().exists():
        return None, (
            "Its letter waits for a second look and has not left. Read it under “Letters” on this page, then release it."
        )
    if row.lacks_its_letter:
        return None, (
            "The letter of its last step was stopped, so they have not been told. Write to the requester, or reopen it."
        )
    if not row.is_open:
        return None, "It is closed. Nothing is to be done."
    if row.turn == Turn.REQUESTER:
        return None, (
            "It is their turn, and our clock stands still. When they answer, it comes back to us by itself; an "
            "answer by telephone or post is recorded by you."
        )
    return _our_move(row)


def _our_move(row: Request) -> tuple[Verb, str]:
    if row.status == Status.RECEIVED:
        return START_REVIEW, "It is new. Read it, then begin the review; or answer it at once."
    if row.status == Status.IN_REVIEW:
        return ACTIVATE, "Decide: accept it with a plan, ask for more, decline it, or refer it."
    if row.next_action_on is None:
        return NEXT_ACTION, "It is active, and nothing is planned. Plan what comes next and when."
    if row.next_action_on <= timezone.localdate():
        return (
            NEXT_ACTION,
            "The day of the next action has come. Do it, then plan what follows, or complete it.",
        )
    return COMPLETE, "It is active, and the next action is planned. When all is done, complete it."
