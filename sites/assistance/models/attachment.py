"""A file that a requester brought: encrypted in a folder of its own under a random name."""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.wording import say
from leadbureau.kit.encrypted import EncryptedTextField, fingerprint
from leadbureau.mail.models import Letter
from sites.assistance.files import storage, types
from sites.assistance.files.refusal import Refused
from sites.assistance.models.event import Event
from sites.assistance.moves import Doer, NotAllowed

if TYPE_CHECKING:
    from sites.assistance.models.request import Request

MOST = 5  # files a request
LONGEST_NAME = 120  # characters of a file's name, its ending apart
TOLD_EVERY = timedelta(hours=1)
SCANNED_WITHIN = timedelta(hours=1)  # a file that waits longer is shown to staff


def random_name() -> str:
    return secrets.token_hex(20)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def kept(self):
        """Those whose content is there."""
        return self.filter(purged_at=None)

    def unscanned(self):
        return self.kept().filter(scan=Attachment.Scan.WAITING)

    def stuck(self, now: datetime | None = None):
        """Waiting for the virus scanner longer than it ever takes: is it running?"""
        return self.unscanned().filter(added_at__lte=(now or timezone.now()) - SCANNED_WITHIN)

    def held_back(self):
        """Those in which the scanner found something. The filter for Attachment.is_held_back."""
        return self.filter(scan=Attachment.Scan.INFECTED)

    def add(self, request: "Request", file: File, purpose: str, *, by=None) -> "Attachment":
        """Keep an uploaded file with a request; the same content twice is one file.

        Raises Refused with a sentence for whoever brings it, NotAllowed where the request takes no files.
        """
        taken = types.checked(file)
        mark = fingerprint(hashlib.sha256(taken.data).hexdigest())
        stored_as = random_name()
        storage.write(stored_as, taken.data)  # first, so that no row is ever without its file
        try:
            row = self._add_row(
                request,
                by,
                stored_as=stored_as,
                name=safe_name(file.name or "", taken.kind),
                kind=taken.kind,
                purpose=purpose,
                size=len(taken.data),
                fingerprint=mark,
                scan=Attachment.Scan.WAITING if settings.CLAMAV_URL else Attachment.Scan.NOT_ASKED,
            )
        except BaseException:
            storage.delete(stored_as)
            raise
        if row.stored_as != stored_as:
            storage.delete(stored_as)
        return row

    def _add_row(self, request: "Request", by, **fields) -> "Attachment":
        """The row, under the lock of its request: of two files that come at the same time one is the sixth."""
        with transaction.atomic():
            locked = type(request).objects.select_for_update().get(pk=request.pk)
            if not locked.may("add_file", Doer.STAFF if by else Doer.REQUESTER):
                raise NotAllowed("This request takes no files where it stands.")
            same = self.filter(request=locked, fingerprint=fields["fingerprint"])
            if same.held_back().exists():
                raise Refused("held_back")
            if known := same.kept().first():
                return known
            if self.filter(request=locked).kept().count() >= MOST:
                raise Refused("too_many", most=MOST)
            row = self.create(request=locked, **fields)
            locked.record(Event.Action.ADD_FILE, by=by, words=row.name)
            if not by and not locked.may("remove_file", Doer.REQUESTER):  # the review has begun
                _tell_staff(locked)
            return row

    def forget(self) -> None:
        """Delete what is in the files when this transaction is committed, whatever becomes of their rows."""
        names = list(self.values_list("stored_as", flat=True))
        transaction.on_commit(lambda: storage.delete(*names), robust=True)


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
    scanned_at = models.DateTimeField("scanner last asked", null=True, blank=True)
    finding = models.CharField(max_length=200, blank=True)
    purged_at = models.DateTimeField("content deleted", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.request.reference}"

    # What is said of it ------------------------------------------------------------------------------

    @property
    def may_be_downloaded(self) -> bool:
        """Its content is there, and no scanner has still to look at it or has found something."""
        return self.purged_at is None and self.scan in (self.Scan.NOT_ASKED, self.Scan.CLEAN)

    @property
    def is_held_back(self) -> bool:
        return self.scan == self.Scan.INFECTED

    @property
    def mime(self) -> str:
        return types.MIME[self.kind]

    @property
    def kind_in_words(self) -> str:
        return say(f"assistance.files.kind.{self.kind}")

    @property
    def purpose_in_words(self) -> str:
        return say(f"assistance.files.purpose.{self.purpose}")

    @property
    def standing(self) -> str:
        """For the requester: why it cannot be downloaded; empty when it can."""
        if self.is_held_back:
            return say("assistance.files.held_back")
        if self.purged_at:
            return say("assistance.files.gone", date=_day(self.purged_at))
        return say("assistance.files.waiting") if self.scan == self.Scan.WAITING else ""

    @property
    def standing_for_staff(self) -> str:
        """What the scanner said and what became of it, in a sentence or two."""
        said = "Not scanned for viruses" if self.scan == self.Scan.NOT_ASKED else self.get_scan_display()
        if self.finding:
            said += f" ({self.finding})"
        if self.purged_at:
            said += (
                f". Its content was deleted on {date_format(timezone.localtime(self.purged_at), 'M j, Y')}"
            )
        return f"{said}."

    # The verbs ---------------------------------------------------------------------------------------

    def content(self) -> bytes:
        """What was brought. Raises storage.Gone when the file is missing, NotAllowed when it is held back."""
        if not self.may_be_downloaded:
            raise NotAllowed("This file cannot be downloaded.")
        return storage.read(self.stored_as)

    def remove(self, *, by=None) -> None:
        """Whoever brought it takes it back: row and content go. Raises NotAllowed once the review has begun."""
        with transaction.atomic():
            request = type(self.request).objects.select_for_update().get(pk=self.request_id)
            if not request.may("remove_file", Doer.STAFF if by else Doer.REQUESTER):
                raise NotAllowed("Files of this request stay where it stands.")
            rows = Attachment.objects.filter(pk=self.pk)
            rows.forget()
            if rows.delete()[0]:  # of two clicks one finds it
                request.record(Event.Action.REMOVE_FILE, by=by, words=self.name)

    def purge(self, now: datetime | None = None) -> bool:
        """Delete what is in it; the row stays. Tells whether there was something to delete."""
        now = now or timezone.now()
        with transaction.atomic():
            rows = Attachment.objects.kept().filter(pk=self.pk)
            rows.forget()
            changed = rows.update(purged_at=now)
        self.purged_at = self.purged_at or now
        return bool(changed)

    def empty(self, *, by, reason: str, now: datetime | None = None) -> None:
        """Staff delete what is in it, for a reason that the requester reads too. Raises NotAllowed the second time."""
        with transaction.atomic():
            if not self.purge(now):
                raise NotAllowed("The content of this file is deleted already.")
            self.request.record(Event.Action.REMOVE_FILE, by=by, words=reason, now=now)

    def note_asked(self, now: datetime | None = None) -> None:
        """The scanner was asked and gave no answer: others come first the next time."""
        Attachment.objects.unscanned().filter(pk=self.pk).update(scanned_at=now or timezone.now())

    def mark_clean(self, now: datetime | None = None) -> bool:
        """The scanner found nothing. Tells whether it waited for that."""
        waiting = Attachment.objects.unscanned().filter(pk=self.pk)
        return bool(waiting.update(scan=self.Scan.CLEAN, scanned_at=now or timezone.now()))

    def hold_back(self, finding: str, now: datetime | None = None) -> bool:
        """The scanner found something: the content goes, the finding stays, and the requester is written to."""
        now = now or timezone.now()
        with transaction.atomic():
            rows = Attachment.objects.unscanned().filter(pk=self.pk)
            rows.forget()
            found = {"scan": self.Scan.INFECTED, "finding": finding[:200]}
            if not rows.update(**found, scanned_at=now, purged_at=now):
                return False
            self.request.record(Event.Action.FILE_HELD_BACK, doer=Doer.SITE, words=finding[:200], now=now)
            if not self.request.suspicion:
                self.request._post("assistance/file_refused")
        return True


def _tell_staff(request: "Request") -> None:
    """A notice that there is a file to read; one for several that come within the hour."""
    told = Letter.objects.about(request.reference).filter(name="assistance/staff_file")
    if not told.filter(created_at__gt=timezone.now() - TOLD_EVERY).exists():
        request.tell_staff("staff_file")


def safe_name(name: str, kind: str) -> str:
    """What a file is called when it is handed out: no path, nothing invisible, and the ending of its kind.

    An ending that is right already stays (.jpeg); a wrong one goes, so that a picture named budget.exe is
    handed out as budget.png.
    """
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(one if unicodedata.category(one)[0] not in "CZ" else " " for one in last)
    plain = " ".join(re.sub(r'[<>:"|?*/%;]', " ", shown).split())
    stem, _, ending = plain.rpartition(".")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{1,4}", ending):  # as in "v1.2 budget"
        stem, ending = plain, ""
    right = ending.lower() == kind or (kind, ending.lower()) == ("jpg", "jpeg")
    stem = stem.strip(". ")[:LONGEST_NAME].rstrip(". ") or say("assistance.files.unnamed")
    return f"{stem}.{ending if right else kind}"


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else ""
