"""Places of one county find each other: somebody asks to join a request that was sent earlier."""

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit.encrypted import EncryptedTextField
from leadbureau.kit.spam import is_only_haste
from leadbureau.mail import letters
from sites.assistance.models.event import Event
from sites.assistance.moves import Doer

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


class JoinRequest(models.Model):
    """Somebody of the same county wants to join a request that was sent earlier; they are not told whose it is."""

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="join_requests"
    )
    asked_from: "models.ForeignKey[Request | None, Request | None]" = models.ForeignKey(
        "assistance.Request", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    name = EncryptedTextField(max_length=200)
    email = EncryptedTextField(max_length=254)
    agency = EncryptedTextField(max_length=200, blank=True)
    words = EncryptedTextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "asked_from"], name="asked_to_join_once"),
        ]

    def __str__(self):
        return f"Wants to join {self.request.reference}"

    @classmethod
    def ask(
        cls, earlier: "Request", own: "Request", *, name: str, email: str, agency: str = "", words: str = ""
    ) -> "JoinRequest":
        """Whoever wrote `own` wants to join `earlier`: its owner, the asker and staff are written to. Twice is once.

        The owner gets the asker's name, address and words, to answer by mail or not; the asker gets nothing of
        the owner's. What seems to come from a machine is kept for staff, and nobody else is written to.
        """
        with transaction.atomic():
            type(earlier).objects.select_for_update().get(pk=earlier.pk)
            values = {"name": name, "email": email, "agency": agency, "words": words}
            row, is_new = cls.objects.get_or_create(request=earlier, asked_from=own, defaults=values)
            if is_new:
                who = ", ".join(part for part in (name, agency) if part)
                earlier.record(Event.Action.JOIN_ASKED, doer=Doer.SITE, words=who)
                earlier.tell_staff("staff_join")
                if is_only_haste(own.suspicion) or not own.suspicion:
                    row._write_to_both(own)
        return row

    def _write_to_both(self, own: "Request") -> None:
        context = {**self.request._letter_context(), "join": self, "own": own, "bureau": layout().details}
        self.request._post("assistance/join_owner", words=letters.write("assistance/join_owner", context))
        letters.send(
            name="assistance/join_receipt", to=own.email or self.email, context=context, about=own.reference
        )
