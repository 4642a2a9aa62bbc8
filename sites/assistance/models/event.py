from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadbureau.content.wording import defaults, say
from leadbureau.kit.encrypted import EncryptedTextField
from sites.assistance.moves import Doer, Turn


class Event(models.Model):
    """One thing that happened to a request. Rows are added, never changed; only a blacking out touches words."""

    class Action(models.TextChoices):
        STARTED = "started", "Started"
        SEND = "send", "Sent"
        START_REVIEW = "start_review", "Review started"
        ASK_MORE = "ask_more", "Asked for more"
        HAND_BACK = "hand_back", "Answered by the requester"
        ACTIVATE = "activate", "Taken up"
        DECLINE = "decline", "Declined"
        REFER = "refer", "Referred"
        COMPLETE = "complete", "Completed"
        WITHDRAW = "withdraw", "Withdrawn"
        RESUME = "resume", "Taken up again by the requester"
        REOPEN = "reopen", "Reopened"
        EDIT = "edit", "Answers changed"
        SUPPLEMENT = "supplement", "Added or corrected"
        MESSAGE = "message", "Message"
        ADD_FILE = "add_file", "File added"
        REMOVE_FILE = "remove_file", "File removed"
        FILE_HELD_BACK = "file_held_back", "File held back by the virus scanner"
        SHARE = "share", "Section handed to a colleague"
        SHARE_DONE = "share_done", "Section handed back by a colleague"
        SHARE_ENDED = "share_ended", "Section taken back from a colleague"
        ASK_ENDORSEMENT = "ask_endorsement", "Support asked for"
        ENDORSED = "endorsed", "Supported"
        ENDORSEMENT_ENDED = "endorsement_ended", "Support no longer asked for, or taken back"
        JOIN_ASKED = "join_asked", "Somebody asked to join"
        OUTCOME = "outcome", "Told what came of it"
        RELEASE = "release", "Released from quarantine"
        ASSIGN = "assign", "Given to somebody"
        NEXT_ACTION = "next_action", "Next action"
        NOTE = "note", "Private note"
        PLACE = "place", "Place in the directory chosen"
        REDACT = "redact", "Passage blacked out"
        LINK = "link", "Private link mailed again"
        LINK_RENEWED = "link_renewed", "Private link replaced"
        LINK_REVOKED = "link_revoked", "Private link taken back"
        REMIND = "remind", "Reminder mailed"

    # What the requester's page does not tell.
    FOR_STAFF = ("release", "assign", "next_action", "note", "place")

    request = models.ForeignKey("assistance.Request", on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20, choices=Action)
    at = models.DateTimeField(default=timezone.now)
    doer = models.CharField(max_length=10, choices=Doer)
    # PROTECT: a history whose people vanish is none. Staff who leave are made inactive.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    turn = models.CharField("whose turn it was then", max_length=10, choices=Turn, blank=True)
    words = EncryptedTextField(blank=True, help_text="A note's text, a name, a reason: see the sentence.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(doer="staff", by__isnull=False) | (~Q(doer="staff") & Q(by__isnull=True)),
                name="events_name_their_doer",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()}, {self.at:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("History is only added to.")
        super().save(*args, **kwargs)

    @property
    def is_public(self) -> bool:
        """Whether the requester's page tells it."""
        return self.action not in self.FOR_STAFF

    def sentence(self) -> str:
        """For staff: who did what, in one sentence."""
        who = (
            self.by.get_full_name() or self.by.get_username()
            if self.by
            else say(f"assistance.doer.{self.doer}")
        )
        unassigned = self.action == self.Action.ASSIGN and not self.words
        return self._said(f"assistance.event.{'unassign' if unassigned else self.action}.staff", who=who)

    def public_sentence(self) -> str:
        """For the requester: what happened; staff are "the Bureau"."""
        return self._said(f"assistance.event.{self.action}.public")

    def _said(self, key: str, **values) -> str:
        """The wording that says most of: who did it (_by_<doer>), and with which words (_told)."""
        told = "_told" if self.words else ""
        keys = [f"{key}_by_{self.doer}{told}", f"{key}_by_{self.doer}", f"{key}{told}", key]
        known = defaults()
        return say(next((one for one in keys if one in known), key), words=self.words, **values)
