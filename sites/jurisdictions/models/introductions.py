"""Somebody asks the Bureau to be introduced to the people of a place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.mail import letters
from leadbureau.mail.models.received import Answered, Received, ReceivedQuerySet
from sites.jurisdictions.models.changes import Stage

# The stages at which there are people with something to tell and somebody to tell it. A place that only
# explores has not asked to be asked; one that has paused or ended may have nobody left who could answer.
INTRODUCED = (Stage.DEVELOPING, Stage.LAUNCHED, Stage.OPERATING)


class IntroductionQuerySet(ReceivedQuerySet):
    def waiting(self):
        """Those that need an answer. The filter for Introduction.is_waiting."""
        return self.trusted().filter(answered_at=None)


class Introduction(Answered, Received):
    """A short request; the Bureau makes the introduction, so that no address is given away."""

    prefix = "TK"  # for "talk": I, O and U are in no number
    noun = "request"

    place = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="introductions"
    )
    name = models.CharField(max_length=120)
    organization = models.CharField(max_length=200)
    where = models.CharField("city, county or nation", max_length=200)
    email = models.EmailField("e-mail")
    words = models.TextField("what they would like to talk about")
    answered_at = models.DateTimeField("answered", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField("note for colleagues", blank=True, help_text="Never shown outside.")

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "request for an introduction"
        verbose_name_plural = "requests for an introduction"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_introductions_say_by_whom_and_when",
            ),
        ]

    def announce(self) -> None:
        # The letter repeats nothing but the name: the address is not proven, and no form of ours shall
        # carry anybody's words to strangers.
        context = {"introduction": self, "place": self.place, "bureau": layout().details}
        letters.send(name="introduction_receipt", to=self.email, context=context, about=self.number)
        url = reverse("admin:jurisdictions_introduction_change", args=[self.pk])
        letters.tell_staff("introduction_staff", context, url)
