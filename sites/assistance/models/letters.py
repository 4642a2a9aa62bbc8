"""What a request writes and to whom: the private link, the receipt, the letters that go with its moves."""

from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from leadbureau.kit import working_days
from leadbureau.kit.encrypted import EncryptedTextField
from leadbureau.kit.retention import kept
from leadbureau.kit.spam import is_only_haste
from leadbureau.mail import letters
from leadbureau.mail.letters import Words
from leadbureau.mail.models import Letter
from sites.assistance import links
from sites.assistance.forms import LINK_MARK, gap_in
from sites.assistance.models.event import Event
from sites.assistance.models.link import HasLink
from sites.assistance.moves import MOVES, RESUMED_WITHIN, STAFF_ONLY, Doer, NotAllowed

# Written by staff for the one case; the others quote the requester, who may use square brackets.
LETTERS_WITH_GAPS = tuple(move.letter for move in MOVES.values() if move.doers == STAFF_ONLY)


def promise(now: datetime | None = None) -> date:
    """The day by which the Bureau promises an answer to what comes in now."""
    return working_days.add(timezone.localdate(now), layout().details.reply_days)


def promised_in_words(day: date | None) -> str:
    """The day of a promised answer; where that has passed already, the next working day: we are late, they are next."""
    today = timezone.localdate()
    return in_words(working_days.add(today, 1) if day and day < today else day)


def in_words(day: date | None) -> str:
    return date_format(day, "l, j F Y") if day else ""


class Unfinished(ValueError):
    """A letter has a passage in square brackets that somebody must write first."""


class HasLetters(HasLink):
    """The half of a request that leaves by mail, and what its letters need to say."""

    tokens = links.REQUESTERS

    reference = models.CharField(max_length=20, unique=True, editable=False)
    email = EncryptedTextField("e-mail", max_length=254, blank=True)
    # Finds an address that is typed whole, without its being stored readably.
    email_fingerprint = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    link_mailed_to = EncryptedTextField(blank=True, editable=False)
    suspicion = models.CharField(max_length=200, blank=True)  # why it may be spam; then nothing is mailed

    class Meta:
        abstract = True

    def correspondence(self):
        """The letters to the requester, who sees them here from the moment they are written or released."""
        mine = Letter.objects.about(self.reference).filter(opens=f"{self._meta.label_lower}:{self.pk}")
        return mine.exclude(state__in=[Letter.State.VOIDED, Letter.State.DRAFTED])

    @property
    def has_held_letter(self) -> bool:
        """Whether the letter of its last move is written, and waits for somebody to release it."""
        return bool(self.email) and self._undecided_letters().held().exists()

    @property
    def lacks_its_letter(self) -> bool:
        """Whether the letter of its last move was stopped, and nobody has written a message since."""
        if not self.email:
            return False
        last = self._undecided_letters().first()
        if last is None or last.state != Letter.State.VOIDED:
            return False
        return not self.messages.filter(by__isnull=False, at__gt=last.created_at).exists()  # type: ignore[attr-defined]

    def letters_for_staff(self):
        """All letters about it, voided ones included."""
        return Letter.objects.about(self.reference)

    # The private link --------------------------------------------------------------------------------

    def private_link(self) -> str:
        """The whole address of the request's own page."""
        return settings.SITE_URL + reverse("assistance:status", args=[self.token()])

    @property
    def is_suspect(self) -> bool:
        """Whether nothing may be mailed for it. Who was only quick on the first page, and went on, is a person."""
        quick = is_only_haste(self.suspicion) and self.pages.count() > 1  # type: ignore[attr-defined]
        return bool(self.suspicion) and not quick

    def mail_link(self) -> None:
        """Send the private link to the address on file, once an address, and not on behalf of a machine.

        The address that a sent request had before is told too: nobody takes a request over unseen.
        """
        if not self.email or self.is_suspect:
            return
        with transaction.atomic():
            row = type(self)._default_manager.select_for_update().get(pk=self.pk)
            before = row.link_mailed_to
            if before != self.email:
                type(self)._default_manager.filter(pk=self.pk).update(link_mailed_to=self.email)
                self.link_mailed_to = self.email
                self._post("assistance/link")
                if before and not self.is_draft:  # type: ignore[attr-defined]
                    name, context = "assistance/changed_address", self._letter_context()
                    letters.send(name=name, to=before, context=context, about=self.reference)

    def resend_link(self, *, by=None) -> None:
        """The link is mailed again to the address on file: by staff, or asked for by somebody who lost it.

        A link that no longer opens is replaced. Raises NotAllowed without an address, and where it may be spam:
        nothing is mailed then, unless staff want it for a draft.
        """
        if not self.email:
            raise NotAllowed("There is no e-mail address to send the link to.")
        if self.quarantined_at or (by is None and self.is_suspect):  # type: ignore[attr-defined]
            raise NotAllowed("This request is held back, so nothing is mailed.")
        with transaction.atomic():
            if not self.link_opens():
                self.renew_link()
            self.record(Event.Action.LINK, by=by)
            self._post("assistance/link", by=by)

    def replace_link(self, *, by=None, seed: str | None = None) -> str:
        """A new link for one that came into the wrong hands: the old one stops at once, the new one is mailed.

        seed: of the new link, when the caller must find it again. Gives the new token.
        """
        with transaction.atomic():
            token = self.renew_link(seed=seed)
            self.record(Event.Action.LINK_RENEWED, by=by)
            if self.email and not self.is_suspect:
                self._post("assistance/link", by=by)
            return token

    def take_back_link(self, *, by) -> None:
        """Staff stop the link; nothing opens the request from outside until somebody of them makes a new one."""
        if self.link_revoked_at:
            raise NotAllowed("The private link has been taken back already.")
        with transaction.atomic():
            self.revoke_link()
            self.record(Event.Action.LINK_REVOKED, by=by)

    def words_for(self, verb: str) -> Words:
        """The letter of a move as its template has it, to be changed before it is written."""
        context = self._letter_context()
        if verb in ("reopen", "resume", "hand_back"):
            context["promised"] = promised_in_words(self.promised_after(verb))  # type: ignore[attr-defined]
        return letters.write(MOVES[verb].letter, context)

    def _undecided_letters(self):
        """Letters of earlier moves that have not left: they would contradict the new one."""
        names = [move.letter for move in MOVES.values() if move.has_letter and move.verb != "send"]
        return Letter.objects.about(self.reference).filter(name__in=names)

    def _post(self, name: str, *, by=None, words: Words | None = None, held: bool = False) -> None:
        """Queue a letter to the requester; a request taken by telephone may have no address.

        A letter to somebody counts as a use of the link in it, or the link might not open when it arrives.
        """
        if self.email:
            words = words or letters.write(name, self._letter_context())
            if name in LETTERS_WITH_GAPS and gap_in(words.body):
                raise Unfinished(f"The letter still says {gap_in(words.body)}.")
            self.note_use()
            letters.post(words, name=name, to=self.email, about=self.reference, by=by, held=held, opens=self)

    def _letter_context(self) -> dict:
        bureau = layout().details
        name, url = bureau.federal_name, bureau.federal_url
        federal = say("assistance.letter.federal", name=name, url=url) + "\n\n" if name and url else ""
        return {
            "request": self,
            "bureau": bureau,
            "link": LINK_MARK,
            "promised": promised_in_words(self.answer_by),  # type: ignore[attr-defined]
            "days_kept": kept("assistance.drafts").days,
            "link_days": kept("assistance.links").days,
            "days_to_resume": RESUMED_WITHIN.days,
            "federal": federal,
        }

    def tell_staff(self, name: str) -> None:
        """A notice to the Bureau's own addresses and to whoever answers for the case; it holds no content.

        name: of templates/mail/assistance/<name>.txt, which gets `request` and `url`.
        """
        url = reverse("admin:assistance_request_change", args=[self.pk])
        owner = self.owner  # type: ignore[attr-defined]
        also = [owner.email] if owner and owner.email and owner.is_active else []
        letters.tell_staff(f"assistance/{name}", self._letter_context(), url, also=also, about=self.reference)

    def record(self, action: str, *, by=None, doer: Doer | None = None, words: str = "", now=None) -> Event:
        """An event with its doer: `by` of the staff, else `doer`, else the requester."""
        return Event.objects.create(
            request_id=self.pk,
            action=action,
            by=by,
            doer=Doer.STAFF if by else doer or Doer.REQUESTER,
            turn=self.turn,  # type: ignore[attr-defined]
            words=words,
            at=now or timezone.now(),
        )
