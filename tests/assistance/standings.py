"""Every way in which a request can stand, and every verb of the table as a call, for tests that walk them all."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sites.assistance.models import Attachment, Endorsement, Message, Request, Share, Supplement
from sites.assistance.moves import RESUMED_WITHIN, Doer, Status
from sites.assistance.questions import PAGES
from tests.assistance.factories import WORDS, a_request, staff_member


def too_late_to_resume() -> Request:
    request = a_request(status=Status.WITHDRAWN)
    Request.objects.filter(pk=request.pk).update(
        closed_at=timezone.now() - RESUMED_WITHIN - timedelta(days=1)
    )
    request.refresh_from_db()
    return request


# Where it stands: how a request gets there.
STANDINGS = {
    **{status.value: lambda status=status: a_request(status=status) for status in Status},
    "asked": lambda: a_request(status=Status.IN_REVIEW, then=["ask_more"]),
    "asked_while_active": lambda: a_request(status=Status.ACTIVE, then=["ask_more"]),
    "held": lambda: a_request(status=Status.RECEIVED, suspicion="It has 9 links."),
    "withdrawn_long_ago": too_late_to_resume,
}


def with_a_file(request: Request) -> Request:
    Attachment.objects.create(
        request=request, name="Budget.pdf", kind="pdf", size=9, fingerprint="a", stored_as="a"
    )
    return request


def _move(verb: str):
    """A verb that staff do with a letter of theirs; who asks comes with neither."""
    return lambda request, doer: getattr(request, verb)(
        by=_by(doer), **({"words": WORDS} if doer == Doer.STAFF else {})
    )


def _add_file(request: Request, doer: Doer) -> None:
    file = SimpleUploadedFile("notes.txt", b"What we know so far.\n")
    Attachment.objects.add(request, file, Attachment.Purpose.DOCUMENT, by=_by(doer))


def _ask_for_support(request: Request, doer: Doer) -> None:
    office = Endorsement.Office.CHIEF
    Endorsement.ask(request, office=office, name="Lee Ortiz", title="Chief", email="chief@example.gov")


def _by(doer: Doer):
    return staff_member() if doer == Doer.STAFF else None


# The verbs that are not plain moves; and those that only one doer can even try.
_OTHERS = {
    "send": lambda request, doer: request.send(by=_by(doer)),
    "resume": lambda request, doer: request.resume(),
    "edit": lambda request, doer: request.edit_page(PAGES[0], {"role": "Chief"}, doer=doer),
    "supplement": lambda request, doer: Supplement.objects.append(request, words="New.", by=_by(doer)),
    "message": lambda request, doer: Message.objects.write(request, "Hello.", by=_by(doer)),
    "add_file": _add_file,
    "remove_file": lambda request, doer: request.attachments.get(name__isnull=False).remove(by=_by(doer)),
    "share": lambda request, doer: Share.hand_over(
        request, PAGES[1], name="Sam Vigil", email="sam@example.gov"
    ),
    "ask_endorsement": _ask_for_support,
}
ONLY_TRIED_BY = {"resume": Doer.REQUESTER, "share": Doer.REQUESTER, "ask_endorsement": Doer.REQUESTER}


def do(verb: str, request: Request, doer: Doer) -> None:
    """Try a verb as somebody. Raises NotAllowed as the verb does."""
    _OTHERS.get(verb, _move(verb))(request, doer)
