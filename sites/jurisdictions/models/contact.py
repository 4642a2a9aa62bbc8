"""Whom the Bureau writes to about a place. Nothing of this leaves the admin."""

from django.db import models


class PrivateContact(models.Model):
    """The person who answers for a place's entry. A table of its own, so that no public query can reach it."""

    place = models.OneToOneField(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="private_contact"
    )
    name = models.CharField(max_length=160)
    role = models.CharField("office or role", max_length=160, blank=True)
    email = models.EmailField("e-mail", help_text="The yearly letter about the entry goes here.")
    phone = models.CharField("telephone", max_length=60, blank=True)
    updated_at = models.DateTimeField("last changed", auto_now=True)

    class Meta:
        verbose_name = "private contact"

    def __str__(self):
        return self.name
