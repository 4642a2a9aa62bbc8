"""Handing out a file: always as a download that no browser opens in the site's name, and always noted down."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from leadbureau.kit.private_links import HEADERS
from sites.assistance.models import Access, Attachment

_AS_A_DOWNLOAD = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def handed_out(row: Attachment, *, by=None, is_asked_only: bool = False) -> HttpResponse:
    """The file as a response, with its type from our own look into it. `by`: of the staff, else the requester.

    is_asked_only: a HEAD request, which gets no content and so is not noted. Raises NotAllowed for a file that
    is held back or deleted, storage.Gone for one that is missing.
    """
    content = row.content()
    if not is_asked_only:
        Access.objects.create(request_id=row.request_id, what=Access.What.FILE, by=by, detail=row.stored_as)
    disposition = content_disposition_header(True, row.name) or "attachment"
    return HttpResponse(
        content,
        content_type=row.mime,
        headers={**_AS_A_DOWNLOAD, "Content-Disposition": disposition},
    )
