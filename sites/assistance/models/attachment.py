"""A file that a requester brought: encrypted in a folder of its own under a random name."""

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from leadbureau.kit.encrypted import EncryptedTextField

if TYPE_CHECKING:
    from sites.assistance.models.request import Request


def random_name() -> str:
    return secrets.token_hex(20)


class Attachment(models.Model):
    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word document"
        XLSX = "xlsx", "Excel workbook"
        ODT = "odt", "OpenDocument text"
        TXT = "txt", "Text"
        CSV = "csv", "CSV table"
        PNG = "png", "PNG picture"
        JPEG = "jpg", "JPEG picture"

    class Purpose(models.TextChoices):
        DOCUMENT = "document", "A document"
        SUPPORT = "support", "A signed letter of support"

    class Scan(models.TextChoices):
        NOT_ASKED = "not_asked", "No scanner is set up"
        WAITING = "waiting", "Waiting for the virus scanner"
        CLEAN = "clean", "Found clean"
        INFECTED = "infected", "Held back: the scanner found something"

    request: "models.ForeignKey[Request, Request]" = models.ForeignKey(
        "assistance.Request", on_delete=models.CASCADE, related_name="attachments"
    )
    stored_as = models.CharField(max_length=40, unique=True, default=random_name, editable=False)
    name = EncryptedTextField("name of the file", max_length=200)
    kind = models.CharField(max_length=4, choices=Kind)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.DOCUMENT)
    size = models.PositiveIntegerField(help_text="Bytes, before encryption.")
    # Tells equal files apart from others. Keyed, as a plain digest would confirm a guess at what is in it.
    fingerprint = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(default=timezone.now)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NOT_ASKED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=200, blank=True)
    purged_at = models.DateTimeField("content deleted", null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.request.reference}"

    @property
    def may_be_downloaded(self) -> bool:
        """Its content is there, and no scanner has still to look at it or has found something."""
        return self.purged_at is None and self.scan in (self.Scan.NOT_ASKED, self.Scan.CLEAN)
