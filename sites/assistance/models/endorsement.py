"""Support by name: somebody in office reads the request by a link of their own and presses "I support this"."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from leadbureau.kit.encrypted import EncryptedTextField, fingerprint, fingerprints
from leadbureau.kit.retention import kept
from leadbureau.kit.spam import LINK
from leadbureau.mail import letters
from leadbureau.mail.models import Letter
from sites.assistance import links
from sites.assistance.forms import LINK_MARK
from sites.assistance.models.event import Event
from sites.assistance.models.link import HasLink, LinkQuerySet
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.questions import QUESTION_OF, Kind

if TYPE_CHECKING:
    from sites.assistance.models.request import Request

MOST = 10  # people who are asked for one request at a time
MOST_EVER = 20  # with those whom it no longer asks
MOST_A_DAY = 10  # letters to endorsers of one request within a day: somebody else typed their addresses
ASKING_LETTERS = ("assistance/endorse_ask", "assistance/endorse_remind")
# How to reach whoever asks is theirs to tell; the letter's answer address is the Bureau's.
NOT_SHOWN = tuple(one.name for one in QUESTION_OF.values() if one.kind in (Kind.EMAIL, Kind.PHONE))


class CannotAsk(NotAllowed):
    """Why nobody is asked: `reason` is the end of a wording, assistance.support.cannot.<reason>."""

    def __init__(self, reason: str):
        super().__init__(f"Support cannot be asked for: {reason}.")
        self.reason = reason


class EndorsementQuerySet(LinkQuerySet):
    def given(self):
        """The filter for Endorsement.is_given."""
        return self.filter(supported_at__isnull=False, ended_at=None)

    def awaited(self):
        """Asked for, and neither given nor ended."""
        return self.filter(supported_at=None, ended_at=None)

    def shown(self):
        """All but those whom the requester no longer asks. The filter for Endorsement.is_over."""
        return self.filter(Q(ended_at=None) | Q(link_revoked_at=None))


class Endorsement(HasLink):
    tokens = links.ENDORSERS

    class Office(models.TextChoices):
        CHIEF = "chief", "Police chief or sheriff"
        PROSECUTOR = "prosecutor", "Prosecutor"
        MAYOR = "mayor", "Mayor or county executive"
        TRIBAL = "tribal", "Tribal leader"
        OTHER = "other", "Somebody else"

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="endorsements"
    )
    office = models.CharField(max_length=12, choices=Office)
    name = EncryptedTextField("their name", max_length=200)
    title = EncryptedTextField("their title", max_length=200)
    email = EncryptedTextField("their e-mail", max_length=254)
    asked_at = models.DateTimeField(default=timezone.now)
    supported_at = models.DateTimeField(null=True, blank=True)
    sentence = EncryptedTextField("what they say", max_length=1000, blank=True)
    # What the answers were when it was given, as a keyed digest: so that a change is seen, and nothing copied.
    answers_seen = models.CharField(max_length=64, blank=True, editable=False)
    ended_at = models.DateTimeField("no longer asked, or taken back", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.get_office_display()} for {self.request.reference}"

    # Where it stands ---------------------------------------------------------------------------------

    @property
    def is_given(self) -> bool:
        return self.supported_at is not None and self.ended_at is None

    @property
    def is_over(self) -> bool:
        """The requester no longer asks: the link opens nothing."""
        return self.ended_at is not None and self.link_revoked_at is not None

    @property
    def is_taken_back(self) -> bool:
        """The endorser took it back, and may give it again."""
        return self.ended_at is not None and self.link_revoked_at is None

    @property
    def is_open(self) -> bool:
        """Whether it can still be given or taken back: until the request is closed."""
        return self.request.may("ask_endorsement", Doer.REQUESTER)

    @property
    def is_outdated(self) -> bool:
        """Whether the answers that the endorser read have changed since."""
        if not self.is_given or not self.answers_seen:
            return False
        return self.answers_seen not in fingerprints(as_read(self.request))

    @property
    def office_words(self) -> str:
        return say(f"assistance.support.office.{self.office}")

    @property
    def asker(self) -> str:
        """Who asks, as the endorser reads it."""
        agency = self.request.agency
        return f"{self.request.contact_name} ({agency})" if agency else self.request.contact_name

    def private_link(self) -> str:
        """The whole address of the page that this person gets."""
        return settings.SITE_URL + reverse("assistance:endorse", args=[self.token()])

    # What the requester does ---------------------------------------------------------------------------

    @classmethod
    def ask(
        cls,
        request: "Request",
        *,
        office: str,
        name: str,
        title: str,
        email: str,
        now: datetime | None = None,
    ) -> "Endorsement":
        """Somebody in office is asked for support, by letter. The same address twice is once.

        Raises CannotAsk. For a request that may be spam nothing is mailed before it was released.
        """
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(request)
            known = [one for one in row.endorsements.all() if not one.is_over]
            if same := next((one for one in known if one.email.lower() == email.lower()), None):
                return same
            _check(row, len(known), now)
            asked = cls.objects.create(
                request=row,
                office=office,
                name=name,
                title=title,
                email=email,
                asked_at=now,
                link_used_at=now,
            )
            row.record(Event.Action.ASK_ENDORSEMENT, words=name, now=now)
            asked.write("endorse_ask", now)
            return asked

    def mail_again(self, now: datetime | None = None) -> None:
        """The letter with the link once more. Raises CannotAsk, or NotAllowed when it is given or over."""
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(self.request)
            self.refresh_from_db()
            if self.is_given or self.is_over:
                raise NotAllowed("This person has answered, or is no longer asked.")
            _check(row, 0, now)
            if not self.link_opens(now):
                self.renew_link(now)
            row.record(Event.Action.REMIND, words=self.name, now=now)
            self.write("endorse_ask", now)

    def end(self, now: datetime | None = None) -> None:
        """The requester no longer asks: the link opens nothing, and what was given no longer counts. Twice is once."""
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(self.request)
            self.refresh_from_db()
            if self.is_over:
                return
            if not row.may("ask_endorsement", Doer.REQUESTER, now):
                raise NotAllowed("The request is closed.")
            self.ended_at = self.link_revoked_at = now
            self.save(update_fields=["ended_at", "link_revoked_at"])
            self.letters_to_them().void()
            row.record(Event.Action.ENDORSEMENT_ENDED, words=self.name, now=now)

    # What the endorser does ----------------------------------------------------------------------------

    def support(self, sentence: str = "", *, now: datetime | None = None) -> None:
        """They support the request as it reads now. Twice is once; the requester is written to the first time."""
        now = now or timezone.now()
        with transaction.atomic():
            row = self._opened(now)
            if self.is_given:
                return
            first = self.supported_at is None
            self.supported_at, self.ended_at, self.sentence = now, None, sentence
            self.answers_seen = fingerprint(as_read(row))
            self.save(update_fields=["supported_at", "ended_at", "sentence", "answers_seen"])
            self.letters_to_them().void()
            row.record(Event.Action.ENDORSED, doer=Doer.ENDORSER, words=self.name, now=now)
            if first and not row.is_suspect:
                context = {**row._letter_context(), "endorsement": self}
                row._post("assistance/endorsed", words=letters.write("assistance/endorsed", context))

    def take_back(self, now: datetime | None = None) -> None:
        """They take it back; the link stays, and they may give it again. Twice is once."""
        now = now or timezone.now()
        with transaction.atomic():
            row = self._opened(now)
            if not self.is_given:
                return
            self.ended_at = now
            self.save(update_fields=["ended_at"])
            row.record(Event.Action.ENDORSEMENT_ENDED, doer=Doer.ENDORSER, words=self.name, now=now)

    def _opened(self, now: datetime) -> "Request":
        """The locked request; raises NotAllowed when it is closed or this person no longer asked."""
        row = _locked(self.request)
        token = self._opened_with
        self.refresh_from_db()
        self._opened_with = token
        self.request = row
        if self.is_over or not row.may("ask_endorsement", Doer.REQUESTER, now):
            raise NotAllowed("The request is closed, or your support is no longer asked for.")
        return row

    # Letters -------------------------------------------------------------------------------------------

    def remind(self, now: datetime | None = None) -> bool:
        """The site's one reminder; tells whether it was written, as two workers may come at once."""
        now = now or timezone.now()
        with transaction.atomic():
            row = _locked(self.request)
            awaited = Endorsement.objects.awaited().filter(pk=self.pk, reminded_at=None)
            if not awaited.update(reminded_at=now):
                return False
            row.record(Event.Action.REMIND, doer=Doer.SITE, words=self.name, now=now)
            self.write("endorse_remind", now)
            return True

    def write(self, name: str, now: datetime) -> None:
        """A letter to the endorser. It counts as a use of the link in it."""
        if self.request.is_suspect:
            return
        self.note_use(now)
        context = {
            "endorsement": self,
            "request": self.request,
            "bureau": layout().details,
            "link": LINK_MARK,
            "days": kept("assistance.links").days,
        }
        name = f"assistance/{name}"
        letters.send(name=name, to=self.email, context=context, about=self.request.reference, opens=self)

    def letters_to_them(self):
        return Letter.objects.filter(opens=f"{self._meta.label_lower}:{self.pk}")


def why_not(request: "Request", now: datetime | None = None) -> str:
    """Why nobody can be asked now, as CannotAsk names it; "" when nothing hinders."""
    now = now or timezone.now()
    if not request.may("ask_endorsement", Doer.REQUESTER, now):
        return "over"
    if not request.contact_name:
        return "nobody"
    if LINK.search(f"{request.contact_name} {request.agency} {request.place}"):
        return "suspect"
    written = Letter.objects.about(request.reference).filter(
        name__in=ASKING_LETTERS, created_at__gt=now - timedelta(days=1)
    )
    return "too_often" if written.count() >= MOST_A_DAY else ""


def _check(request: "Request", others: int, now: datetime) -> None:
    reason = why_not(request, now)
    if not reason and (others >= MOST or request.endorsements.count() >= MOST_EVER):
        reason = "too_many"
    if reason:
        raise CannotAsk(reason)


def _locked(request: "Request") -> "Request":
    return type(request).objects.select_for_update().get(pk=request.pk)


def as_read(request: "Request") -> str:
    """The answers that an endorser reads, as one text; no answer is like an empty one."""
    told = {name: value for name, value in request.answers().items() if value and name not in NOT_SHOWN}
    return json.dumps(told, sort_keys=True, ensure_ascii=False)
