"""What a request writes and to whom: the private link, the receipt, the letters that go with its moves."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from leadbureau.kit import working_days
from leadbureau.mail import letters
from leadbureau.mail.letters import Words
from leadbureau.mail.models import Letter
from sites.assistance import links
from sites.assistance.forms import LINK_MARK, gap_in
from sites.assistance.models.event import Event
from sites.assistance.moves import MOVES, STAFF_ONLY, Doer, NotAllowed

# An unsent draft is kept, and its link is good, for so long after it was last saved.
DRAFT_KEPT = timedelta(days=90)
# Written by staff for the one case; the others quote the requester, who may use square brackets.
LETTERS_WITH_GAPS = tuple(move.letter for move in MOVES.values() if move.doers == STAFF_ONLY)


def promise(now: datetime | None = None) -> date:
    """The day by which the Bureau promises an answer to what comes in now."""
    return working_days.add(timezone.localdate(now), layout().details.reply_days)


def in_words(day: date | None) -> str:
    return date_format(day, "l, j F Y") if day else ""


class Unfinished(ValueError):
    """A letter has a passage in square brackets that somebody must write first."""


class HasLetters(models.Model):
    """The half of a request that leaves by mail, and what its letters need to say."""

    reference = models.CharField(max_length=20, unique=True, editable=False)
    email = models.EmailField("e-mail", blank=True)
    answer_by = models.DateField("answer promised by", null=True, blank=True)
    link_seed = models.CharField(max_length=64, default=links.new_seed, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    link_mailed_to = models.EmailField(blank=True, editable=False)
    suspicion = models.CharField(max_length=200, blank=True)  # why it may be spam; then nothing is mailed

    _opened_with = ""  # the token that this object was opened with, if by its private link

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.token_digest:
            self.token_digest = links.digest(links.token_for(self.link_seed))
        super().save(*args, **kwargs)

    def opened_with(self, token: str):
        """The same request, which now knows its token."""
        self._opened_with = token
        return self

    def correspondence(self):
        """The letters to the requester, who sees them here from the moment they are written."""
        return Letter.objects.about(self.reference).exclude(state=Letter.State.VOIDED)

    def letters_for_staff(self):
        """All letters about it, voided ones included."""
        return Letter.objects.about(self.reference)

    # The private link --------------------------------------------------------------------------------

    def token(self) -> str:
        """The token of the private link. When the site's key was changed without a fallback, a new one.

        What is opened by its link keeps that link, whatever became of the key: looking changes nothing.
        """
        if self._opened_with:
            return self._opened_with
        token = links.token_with_digest(self.link_seed, self.token_digest)
        if token is None:
            token = links.token_for(self.link_seed)
            self.token_digest = links.digest(token)
            self.save(update_fields=["token_digest"])
        return token

    def private_link(self) -> str:
        """The whole address of the request's own page."""
        return settings.SITE_URL + reverse("assistance:status", args=[self.token()])

    def mail_link(self) -> None:
        """Send the private link to the address on file, once an address, and not on behalf of a machine."""
        if not self.email or self.suspicion:
            return
        with transaction.atomic():
            row = type(self)._default_manager.filter(pk=self.pk).exclude(link_mailed_to=self.email)
            if row.update(link_mailed_to=self.email):
                self.link_mailed_to = self.email
                self._post("assistance/link")

    def resend_link(self, *, by) -> None:
        """Staff mail the link again, to somebody who lost it."""
        if not self.email:
            raise NotAllowed("There is no e-mail address to send the link to.")
        with transaction.atomic():
            self._record(Event.Action.LINK, by=by)
            self._post("assistance/link", by=by)

    def words_for(self, verb: str) -> Words:
        """The letter of a move as its template has it, to be changed before it is written."""
        context = self._letter_context()
        if verb == "reopen":
            context["promised"] = in_words(promise())
        return letters.write(MOVES[verb].letter, context)

    def _undecided_letters(self):
        """Letters of earlier moves that have not left: they would contradict the new one."""
        names = [move.letter for move in MOVES.values() if move.verb != "send"]
        return Letter.objects.about(self.reference).filter(name__in=names)

    def _post(self, name: str, *, by=None, words: Words | None = None) -> None:
        """Queue a letter to the requester; a request taken by telephone may have no address."""
        if self.email:
            words = words or letters.write(name, self._letter_context())
            if name in LETTERS_WITH_GAPS and gap_in(words.body):
                raise Unfinished(f"The letter still says {gap_in(words.body)}.")
            letters.post(words, name=name, to=self.email, about=self.reference, by=by)

    def _letter_context(self) -> dict:
        bureau = layout().details
        name, url = bureau.federal_name, bureau.federal_url
        federal = say("assistance.letter.federal", name=name, url=url) + "\n\n" if name and url else ""
        return {
            "request": self,
            "bureau": bureau,
            "link": LINK_MARK,
            "promised": in_words(self.answer_by),
            "days_kept": DRAFT_KEPT.days,
            "federal": federal,
        }

    def _tell_staff(self) -> None:
        url = reverse("admin:assistance_request_change", args=[self.pk])
        letters.tell_staff("assistance/staff_new", self._letter_context(), url)

    def _record(self, action: str, *, by, words: str = "") -> None:
        doer = Doer.STAFF if by else Doer.REQUESTER
        Event.objects.create(request_id=self.pk, action=action, by=by, doer=doer, words=words)
