from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit.search_text import SearchTextField
from leadbureau.mail import letters
from leadbureau.mail.models import NotAllowed
from leadbureau.mail.models.received import Received, ReceivedQuerySet
from partners.models.partner import Partner, PartnerKind


class ListingQuerySet(ReceivedQuerySet):
    def waiting(self):
        """Requests that need a decision. The filter for ListingRequest.is_waiting."""
        return self.trusted().filter(state=ListingRequest.State.RECEIVED)


class ListingRequest(Received):
    """An organization asks to be listed as a partner; staff accept or decline."""

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    prefix = "PR"

    organization = models.CharField(max_length=200)
    kind = models.ForeignKey(PartnerKind, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    website = models.URLField(blank=True)
    why = models.TextField("why it is a partner")
    contact_name = models.CharField("who asks", max_length=120)
    role = models.CharField("their role there", max_length=120)
    email = models.EmailField("e-mail")
    # Not under pictures/, which is public: nobody at the Bureau has looked at it yet.
    logo = models.FileField(upload_to="held/logos/", blank=True, max_length=255)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED, editable=False)
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField("reason for declining", blank=True, editable=False)
    partner = models.OneToOneField(
        Partner, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="asked_by"
    )
    note = models.TextField("note for colleagues", blank=True, help_text="Never shown outside.")
    search_text = SearchTextField(sources=("number", "organization", "place", "why", "contact_name", "email"))

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "request to be listed"
        verbose_name_plural = "requests to be listed"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="received", decided_at=None, decided_by=None)
                | (~Q(state="received") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="decided_listings_say_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(reason="") | ~Q(state="declined") & Q(reason=""),
                name="only_declined_listings_have_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.organization}"

    @property
    def is_waiting(self) -> bool:
        """Whether it needs a decision; the predicate for ListingQuerySet.waiting."""
        return not self.quarantined and self.state == self.State.RECEIVED

    def announce(self) -> None:
        # The letter repeats nothing but the name: the address is not proven, and no form of ours shall
        # carry anybody's words to strangers.
        self._write("listing_receipt")
        url = reverse("admin:partners_listingrequest_change", args=[self.pk])
        letters.tell_staff("listing_staff", self._context(), url)

    def accept(self, *, by, now: datetime | None = None) -> Partner:
        """Make the partner, not shown yet, so that staff can finish its words; tell who asked.

        Raises NotAllowed when the request is decided or in quarantine, or the partner stands already.
        """
        with transaction.atomic():
            self._decide(self.State.ACCEPTED, by=by, now=now)
            self.partner = self._make_partner()
            self.save()
            self._write("listing_accepted", by=by)
        return self.partner

    def decline(self, *, by, reason: str, now: datetime | None = None) -> None:
        """Say no, with a reason that the letter gives. Raises NotAllowed as accept does."""
        with transaction.atomic():
            self._decide(self.State.DECLINED, by=by, now=now)
            self.reason = reason
            self.save()
            self._write("listing_declined", by=by)

    def _decide(self, state, *, by, now: datetime | None) -> None:
        row = ListingRequest.objects.select_for_update().get(pk=self.pk)
        if row.quarantined:
            raise NotAllowed("This request is in quarantine. Let it in first, or leave it to be deleted.")
        if row.state != self.State.RECEIVED:
            raise NotAllowed(f"{row.decided_by} has already decided: {row.get_state_display().lower()}.")
        self.state, self.decided_at, self.decided_by = state, now or timezone.now(), by

    def _write(self, name: str, by=None) -> None:
        letters.send(name=name, to=self.email, context=self._context(), about=self.number, by=by)

    def _context(self) -> dict:
        partners_url = f"{settings.SITE_URL}{reverse('partners:index')}"
        return {"listing": self, "bureau": layout().details, "partners_url": partners_url}

    def _make_partner(self) -> Partner:
        if Partner.objects.filter(name=self.organization, kind=self.kind).exists():
            raise NotAllowed(f"{self.organization} is already among the partners under this heading.")
        partner = Partner(
            name=self.organization, kind=self.kind, place=self.place, website=self.website, visible=False
        )
        if self.logo:
            with self.logo.open() as held:
                partner.logo = ContentFile(held.read(), name=Path(str(self.logo.name)).name)
        partner.save()
        return partner
