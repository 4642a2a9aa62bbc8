"""What came of the help: asked by letter some time after a request was completed, answered by its private link.

A stage that differs from the directory's goes into the queue of corrections; staff decide it there.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leadbureau.content.wording import say
from leadbureau.mail import letters
from sites.assistance.forms import LINK_MARK
from sites.assistance.models import Event, Outcome, Request
from sites.assistance.moves import Status
from sites.jurisdictions.correctable import current
from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.models import Correction, Stage
from sites.jurisdictions.stage_claims import Claim

LETTER = "assistance/outcome_ask"
# Never two letters close together, even when the first was late.
APART = timedelta(days=30)
CORRECTED_WITHIN = timedelta(days=30)  # after the first answer it may be changed for so long, by whole days
# "Launched" is what a source says of a start; a place that tells where it stands today is operating.
STAGES = (Stage.EXPLORING, Stage.DEVELOPING, Stage.OPERATING, Stage.PAUSED, Stage.ENDED)
SAME = "same"  # no change, or not sure: stored as an empty stage
NONCES = UUID("6b0f4a0e-3b5c-4f0e-9a4e-5d1c8f2a7e31")  # of proposals: one for each outcome and stage


class TooLate(Exception):
    """The answer was given too long ago to be changed."""


def ask_outcomes(now: datetime | None = None) -> int:
    """Writes the letters that are due; tells how many. Safe beside other workers, and any number of times.

    Only what is completed and has an address is asked, once for each time after it; when both are due,
    as after a long pause, the later one only.
    """
    now = now or timezone.now()
    return sum(_ask(pk, now) for pk in _due(now).values_list("pk", flat=True))


def _due(now: datetime):
    """Completed requests whose newest due question has not been asked."""
    month, half_year = (now - timedelta(days=after) for after in Outcome.After.values)
    asked = Outcome.objects.filter(request=OuterRef("pk"))
    last = ~Exists(asked.filter(after=Outcome.After.HALF_YEAR))
    return Request.objects.filter(
        Q(closed_at__lte=half_year) | Q(closed_at__lte=month) & ~Exists(asked),
        last,
        ~Exists(asked.filter(asked_at__gt=now - APART)),
        status=Status.COMPLETED,
        quarantined_at=None,
        link_revoked_at=None,  # staff stopped it: nothing opens the request until they make a new one
    ).exclude(email="")


def _ask(pk: int, now: datetime) -> bool:
    """The row is locked and looked at again: it may have been opened, or asked by another worker."""
    with transaction.atomic():
        request = Request.objects.select_for_update().filter(pk=pk, status=Status.COMPLETED).first()
        if request is None or request.closed_at is None or not _due(now).filter(pk=pk).exists():
            return False
        passed = (now - request.closed_at).days
        after = max(days for days in Outcome.After.values if days <= passed)
        Outcome.objects.create(request=request, after=after, asked_at=now)
        if not request.link_opens(now):
            request.renew_link(now)
        # The page of the two questions lies under the request's own, whose address the mark stands for.
        context = {**request._letter_context(), "after": after, "link": f"{LINK_MARK}outcome/{after}/"}
        request._post(LETTER, words=letters.write(LETTER, context))
        return True


def last_day(outcome: Outcome) -> date | None:
    """The last day on which the answer may be changed; None before there is one."""
    return timezone.localdate(outcome.answered_at) + CORRECTED_WITHIN if outcome.answered_at else None


def may_answer(outcome: Outcome, now: datetime | None = None) -> bool:
    """Whether an answer can be given, or changed."""
    last = last_day(outcome)
    return last is None or timezone.localdate(now) <= last


def answer(
    outcome: Outcome, *, helped: str, stage: str, words: str = "", now: datetime | None = None
) -> None:
    """The place tells what came of the help, or changes what it told. The same again changes nothing.

    stage: one of STAGES, or "" for no change. Raises TooLate.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = Outcome.objects.select_for_update().select_related("request__jurisdiction").get(pk=outcome.pk)
        if not may_answer(row, now):
            raise TooLate
        if row.answered_at and (row.helped, row.stage, row.words) == (helped, stage, words):
            return
        row.helped, row.stage, row.words = helped, stage, words
        row.answered_at = row.answered_at or now
        row.save(update_fields=["helped", "stage", "words", "answered_at"])
        row.request.record(Event.Action.OUTCOME, now=now)
        row.request.tell_staff("staff_outcome")
        _propose(row, timezone.localdate(now))


def _propose(outcome: Outcome, today: date) -> None:
    """The stage as a correction of the directory's entry, if there is one that says something else.

    What was proposed by the same answer before it was changed, and nobody has decided, is changed with it.
    """
    place = outcome.request.jurisdiction
    earlier = Correction.objects.filter(nonce__in=[_nonce(outcome, one) for one in STAGES], decided_at=None)
    if place is None or not outcome.stage or _is_known(outcome, place, earlier):
        earlier.delete()
        return
    month = PartialDate(today.year, today.month).in_words()
    claim = Claim(
        outcome.stage,
        PartialDate(today.year, today.month, today.day),
        say("sites.confirm.source", month=month),
    )
    once = _nonce(outcome, outcome.stage)
    if waiting := earlier.first():
        Correction.objects.filter(pk=waiting.pk).update(nonce=once, proposed=claim.text)
        return
    Correction.keep(
        once=once,
        place=place,
        field="stage",
        was=current(place, "stage"),
        proposed=claim.text,
        origin=Correction.Origin.JURISDICTION,
        reason=say("assistance.outcome.told", days=outcome.after, reference=outcome.request.reference),
    )


def _is_known(outcome: Outcome, place, earlier) -> bool:
    """Whether the directory says so, or somebody else's word that it does waits to be decided."""
    change = place.change_on()
    if change and change.stage == outcome.stage:
        return True
    others = (
        Correction.objects.waiting().filter(place=place, field="stage").exclude(pk__in=earlier.values("pk"))
    )
    return any(one.proposed.partition("\n")[0] == outcome.stage for one in others)


def _nonce(outcome: Outcome, stage: str) -> UUID:
    return uuid5(NONCES, f"{outcome.request_id}:{outcome.after}:{stage}")
