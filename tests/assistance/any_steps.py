"""Whatever people, staff and the site by itself can do to a request, each as a step that a number varies."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leadbureau.mail.models import Letter
from leadbureau.mail.models.letter import NotAllowed as LetterNotAllowed
from sites.assistance.endorse_reminders import remind_endorsers
from sites.assistance.files.refusal import Refused
from sites.assistance.models import Attachment, Endorsement, Message, Request, Share, Supplement
from sites.assistance.models.answers import ChangedMeanwhile, NotComplete
from sites.assistance.models.exchange import NothingToAdd
from sites.assistance.models.guarded import HasPassages
from sites.assistance.models.sharing import remind_colleagues
from sites.assistance.moves import MOVES, Doer, NotAllowed
from sites.assistance.outcomes import ask_outcomes
from sites.assistance.participant_data import passages
from sites.assistance.questions import PAGE_OF, PAGES
from sites.assistance.redaction import black_out
from sites.assistance.reminders import remind_requesters
from tests.assistance.factories import WORDS, staff_member

# A step takes the request, a number that varies it, and who of the staff does it (None: whoever asks).
Step = Callable[[Request, int, object], object]
REFUSALS = (
    *(NotAllowed, NotComplete, HasPassages, ChangedMeanwhile, NothingToAdd, Refused, LetterNotAllowed),
)
ABOUT, PROBLEM = PAGE_OF["about-you"], PAGE_OF["the-problem"]
# What is typed: plain, corrected, emptied, with a case number of a participant, with another address.
TYPED = (
    (PROBLEM, {"problem": "Jail is where people end."}),
    (PROBLEM, {"problem": "Nobody is housed."}),
    (PROBLEM, {"problem": "", "served": "Whoever is jailed."}),
    (PROBLEM, {"problem": "Look at case 23-CR-01234."}),
    (ABOUT, {"email": "dana.ruiz@example.gov"}),
    (ABOUT, {"role": "Sheriff", "email": "dana@example.gov"}),
)
BLACKED = ("housed", "people")  # words of what is typed
PLAIN_MOVES = [verb for verb, move in MOVES.items() if move.has_letter and verb not in ("resume", "send")]
THERE_IS_NONE = "There is none."
MAY_BE_HELD = ("start_review", "activate", "decline", "refer", "complete", "reopen")


def _move(verb: str) -> Step:
    def do(row, number, by):
        words = {"words": WORDS} if by else {}
        held = {"held": True} if by and verb in MAY_BE_HELD and number % 2 else {}
        getattr(row, verb)(by=by, **words, **held)

    return do


def _edit(row, number, by):
    page, values = TYPED[number % len(TYPED)]
    row.edit_page(page, values, doer=Doer.COLLEAGUE if number % 4 == 0 else Doer.REQUESTER)


def _supplement(row, number, by):
    page, values = TYPED[number % len(TYPED)]
    words = {"words": f"Since yesterday: {number}."} if number % 3 else {}
    Supplement.objects.append(row, page=page, values=values, by=by, **words)


def _add_file(row, number, by):
    file = SimpleUploadedFile("notes.txt", f"What we know, {number % 7}.\n".encode())
    Attachment.objects.add(row, file, Attachment.Purpose.DOCUMENT, by=by)


def _ask_endorsement(row, number, by):
    who = {"name": "Lee Ortiz", "title": "Chief", "email": f"chief{number % 3}@example.gov"}
    Endorsement.ask(row, office=Endorsement.Office.CHIEF, **who)


def _share(row, number, by):
    Share.hand_over(row, PAGES[number % len(PAGES)], name="Sam Vigil", email="sam@example.gov")


def _redact(row, number, by):
    black_out(row, BLACKED[number % 2], why="Names somebody", by=staff_member())


def _one_of(rows: str, act: Callable) -> Step:
    """A step with one of the rows that belong to the request; refused, when there is none."""

    def do(row, number, by):
        found = list(getattr(row, rows).all())
        if not found:
            raise NotAllowed(THERE_IS_NONE)
        act(found[number % len(found)])

    return do


def _confirm(row, number, by):
    """Whoever asks looks at what may be about a participant, and says that it is not."""
    row.confirm_passages([one.key for one in passages(row)])


def _worker(row, number, by):
    """What is due leaves by mail; with an odd number it cannot."""
    failed = {"state": Letter.State.FAILED, "last_error": "No such mailbox."}
    gone = failed if number % 2 else {"state": Letter.State.SENT, "sent_at": timezone.now()}
    Letter.objects.waiting().update(**gone, next_try_at=None)


def _release_letter(row, number, by):
    for letter in Letter.objects.held():
        letter.release(by=staff_member())


def _chores(row, number, by):
    for chore in (remind_requesters, remind_colleagues, remind_endorsers, ask_outcomes):
        chore(timezone.now())


MOVE_STEPS: dict[str, Step] = {
    **{verb: _move(verb) for verb in PLAIN_MOVES},
    "send": lambda row, number, by: row.send(by=by),
    "resume": lambda row, number, by: row.resume(),
}
# Steps of the table that leave the request where it stands.
OTHER_STEPS: dict[str, Step] = {
    "edit": _edit,
    "supplement": _supplement,
    "message": lambda row, number, by: Message.objects.write(row, f"Hello, {number}.", by=by),
    "add_file": _add_file,
    "remove_file": _one_of("attachments", lambda file: file.remove()),
    "share": _share,
    "ask_endorsement": _ask_endorsement,
}
# Steps that the table does not name: with a row that must be there, and such as can always be tried.
WITH_A_SHARE: dict[str, Step] = {
    "finish": _one_of("shares", lambda share: share.finish()),
    "unshare": _one_of("shares", lambda share: share.take_back()),
}
WITH_AN_ENDORSEMENT: dict[str, Step] = {
    "support": _one_of("endorsements", lambda asked: asked.support("Yes.")),
    "unsupport": _one_of("endorsements", lambda asked: asked.take_back()),
    "unask": _one_of("endorsements", lambda asked: asked.end()),
}
AT_ANY_TIME: dict[str, Step] = {
    "confirm": _confirm,
    "redact": _redact,
    "note": lambda row, number, by: row.add_note("A note.", by=staff_member()),
    "assign": lambda row, number, by: row.assign(to=staff_member(), by=staff_member()),
    "release": lambda row, number, by: row.release(by=staff_member()),
    "link": lambda row, number, by: row.resend_link(by=by),
    "new_link": lambda row, number, by: row.replace_link(by=by),
    "worker": _worker,
    "release_letter": _release_letter,
    "chores": _chores,
}
STEPS = {**MOVE_STEPS, **OTHER_STEPS, **WITH_A_SHARE, **WITH_AN_ENDORSEMENT, **AT_ANY_TIME}
ONLY_ASKER = ("edit", "share", "ask_endorsement", "remove_file", "resume")


def possible(row: Request, by) -> list[str]:
    """What can be done now, often what leads on: moves, but for a withdrawal, which ends the most."""
    found = [name for name in {**MOVE_STEPS, **OTHER_STEPS} if is_in_the_table(name, row, by)]
    moves = [name for name in found if name in MOVE_STEPS and name != "withdraw"]
    shares = [*WITH_A_SHARE] * 2 if row.shares.current().exists() else []
    endorsements = [*WITH_AN_ENDORSEMENT] * 2 if row.endorsements.exists() else []
    return [*found * 2, *moves * 3, *shares, *endorsements, *AT_ANY_TIME]


def is_in_the_table(name: str, row: Request, by) -> bool:
    """Whether the table lets this step be taken by this doer now."""
    return row.may(name, Doer.STAFF if by else Doer.REQUESTER)


def take(name: str, row: Request, number: int, by) -> Exception | None:
    """Takes a step; gives the refusal, if there was one."""
    try:
        STEPS[name](row, number, by)
    except REFUSALS as refusal:
        return refusal
    return None


def is_refused_by_the_table(refusal: Exception | None) -> bool:
    """Not for another reason, such as answers that are missing."""
    return type(refusal) is NotAllowed and str(refusal) != THERE_IS_NONE
