"""The files of a request by its private link: bring one, take one back, download one."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.encrypted import CannotDecrypt
from leadbureau.kit.rate import too_many
from leadbureau.kit.retention import kept
from sites.assistance.files import storage
from sites.assistance.files.download import handed_out
from sites.assistance.files.form import FileForm
from sites.assistance.files.refusal import Refused
from sites.assistance.models import Attachment, Request
from sites.assistance.models.attachment import MOST
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.private import by_private_link

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
# How many files one network may bring within an hour; a whole city hall may share one.
FILES, HOUR = 60, 3600
SAID = ("added", "known", "removed")  # what the page says after a step, by ?said=


@GET_OR_POST
@by_private_link
def files(http, found: Request, token: str):
    """All files, a form to bring one more, and a button to take each back."""
    if http.method != "POST":
        return _page(http, found, FileForm())
    try:
        form = FileForm(http.POST, http.FILES)
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        form = FileForm(
            {}, {}
        )  # cut off on its way: asked for again, not a bare 400 with the link in the log
    if stored_as := form.data.get("remove"):
        return _remove(found, token, stored_as)
    if form.is_valid():
        return _add(http, found, token, form)
    return _page(http, found, form)


def _add(http, found: Request, token: str, form: FileForm) -> HttpResponse:
    if too_many(http, "assistance-files", limit=FILES, seconds=HOUR):
        form.add_error(None, say("forms.too_many"))
        return _page(http, found, form, status=429)
    before = set(found.attachments.values_list("pk", flat=True))
    try:
        row = Attachment.objects.add(found, form.cleaned_data["file"], form.cleaned_data["purpose"])
    except Refused as refused:
        form.add_error("file", refused)
        return _page(http, found, form)
    except NotAllowed:  # closed meanwhile: the page says so
        return redirect("assistance:files", token)
    return _back(token, "known" if row.pk in before else "added")


def _remove(found: Request, token: str, stored_as: str) -> HttpResponse:
    row = found.attachments.filter(stored_as=stored_as).first()
    try:
        if row:
            row.remove()
    except NotAllowed:  # the review has begun meanwhile: the page shows no button any more
        return redirect("assistance:files", token)
    return _back(token, "removed")


def _back(token: str, said: str) -> HttpResponse:
    return redirect(f"{reverse('assistance:files', args=[token])}?said={said}")


def _page(http, found: Request, form: FileForm, status: int = 200) -> HttpResponse:
    if form.errors:
        form.ask_again()
    count = found.attachments.kept().count()
    said = http.GET.get("said", "")
    context = {
        "title": say("assistance.files.title"),
        "found": found,
        "form": form,
        "said": say(f"assistance.files.said.{said}") if said in SAID and not form.is_bound else "",
        "may_add": found.may("add_file", Doer.REQUESTER),
        "may_remove": found.may("remove_file", Doer.REQUESTER),
        "hands_back": found.may("hand_back", Doer.REQUESTER),
        "left": MOST - count,
        "most": MOST,
        "is_full": count >= MOST,
        "days_kept": kept("assistance.files").days,
    }
    return render(http, "assistance/files.html", context, status=status)


@require_safe
@by_private_link
def file(http, found: Request, token: str, stored_as: str):
    """One file as a download; for what is not there, a page that says why and leads back (404)."""
    row = found.attachments.filter(stored_as=stored_as).first()
    try:
        if row:
            return handed_out(row, is_asked_only=http.method == "HEAD")
    except (NotAllowed, storage.Gone, CannotDecrypt):
        pass
    context = {"title": say("assistance.files.missing.title"), "found": found, "row": row}
    return render(http, "assistance/file_missing.html", context, status=404)
