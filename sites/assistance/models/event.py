from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadbureau.content.wording import say
from sites.assistance.moves import Doer


class Event(models.Model):
    """One thing that happened to a request. Rows are added, never changed."""

    class Action(models.TextChoices):
        STARTED = "started", "Started"
        SEND = "send", "Sent"
        START_REVIEW = "start_review", "Review started"
        ACTIVATE = "activate", "Taken up"
        DECLINE = "decline", "Declined"
        COMPLETE = "complete", "Completed"
        WITHDRAW = "withdraw", "Withdrawn"
        REOPEN = "reopen", "Reopened"
        RELEASE = "release", "Released from quarantine"
        ASSIGN = "assign", "Given to somebody"
        NOTE = "note", "Private note"
        LINK = "link", "Private link mailed again"

    # What the requester's page tells; the rest is for staff.
    PUBLIC = (
        "started",
        "send",
        "start_review",
        "activate",
        "decline",
        "complete",
        "withdraw",
        "reopen",
        "link",
    )

    request = models.ForeignKey("assistance.Request", on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20, choices=Action)
    at = models.DateTimeField(default=timezone.now)
    doer = models.CharField(max_length=10, choices=Doer)
    # PROTECT: a history whose people vanish is none. Staff who leave are made inactive.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(blank=True, help_text="A note's text, or the name of the new owner.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(doer="staff", by__isnull=False) | Q(doer="requester", by__isnull=True),
                name="events_name_their_doer",
            ),
        ]

    def __str__(self):
        return self.sentence()

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("History is only added to.")
        super().save(*args, **kwargs)

    @property
    def is_public(self) -> bool:
        return self.action in self.PUBLIC

    def sentence(self) -> str:
        """For staff: who did what, in one sentence."""
        who = (
            self.by.get_full_name() or self.by.get_username() if self.by else say("assistance.doer.requester")
        )
        unassigned = self.action == self.Action.ASSIGN and not self.words
        key = "unassign" if unassigned else self.action
        return say(f"assistance.event.{key}.staff", who=who, words=self.words)

    def public_sentence(self) -> str:
        """For the requester: what happened; staff are "the Bureau"."""
        if self.action == self.Action.WITHDRAW and self.doer == Doer.STAFF:
            return say("assistance.event.withdraw.public_by_staff")
        if self.action == self.Action.SEND and self.doer == Doer.STAFF:
            return say("assistance.event.send.public_by_staff")
        return say(f"assistance.event.{self.action}.public")
