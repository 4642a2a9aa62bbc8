from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.kit.search_text import SearchTextField
from leadbureau.mail import letters
from leadbureau.mail.models.received import Answered, Received, ReceivedQuerySet


class ContactQuerySet(ReceivedQuerySet):
    def waiting(self):
        """Messages that need an answer. The filter for ContactMessage.is_waiting."""
        return self.trusted().filter(answered_at=None)


class ContactMessage(Answered, Received):
    """A message from the contact page, and who answered it when."""

    class Topic(models.TextChoices):
        ASSISTANCE = "assistance", "A question about technical assistance"
        CERTIFICATION = "certification", "Assessment and certification"
        PARTNER = "partner", "Partners of the Bureau"
        CORRECTION = "correction", "Something on this site is wrong"
        PRESS = "press", "Press"
        ACCESSIBILITY = "accessibility", "Something is hard to use"
        PRIVACY = "privacy", "My own data"
        OTHER = "other", "Something else"

    prefix = "CM"
    noun = "message"

    topic = models.CharField(max_length=20, choices=Topic)
    page = models.CharField("about the page", max_length=300, blank=True)
    name = models.CharField(max_length=120)
    organization = models.CharField("organization or place", max_length=200, blank=True)
    email = models.EmailField("e-mail")
    words = models.TextField("message")
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
    search_text = SearchTextField(sources=("number", "name", "organization", "email", "words"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "message"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_messages_say_by_whom_and_when",
            ),
        ]

    def announce(self) -> None:
        # The letter repeats nothing but the name: the address is not proven, and no form of ours shall
        # carry anybody's words to strangers.
        context = {"message": self, "bureau": layout().details}
        letters.send(name="contact_receipt", to=self.email, context=context, about=self.number)
        url = reverse("admin:mail_contactmessage_change", args=[self.pk])
        letters.tell_staff("contact_staff", context, url)
