"""The doors to a request: its private link, a colleague's link to one section, an endorser's link."""

from functools import wraps

from django.shortcuts import render

from leadbureau.content.wording import say
from leadbureau.kit.private_links import private_page
from leadbureau.kit.retention import kept
from sites.assistance.link_form import LostLinkForm
from sites.assistance.models import Endorsement, Request, Share
from sites.assistance.typed import typed_in_words


def _door(model, related: tuple[str, ...], is_open):
    """A decorator that opens the row of the token in the address for a view, or shows a clear page (404)."""

    def decorator(view):
        @private_page
        @wraps(view)
        def opened(http, token: str, *args, **kwargs):
            found = model.objects.with_token(token).select_related(*related).first()
            if found is None or not found.link_opens() or not is_open(found):
                return closed(http, found)
            found.note_use()
            return view(http, found.opened_with(token), token, *args, **kwargs)

        return opened

    return decorator


def closed(http, found=None):
    """The page for an address that opens nothing. It tells why only to whoever was asked for something before.

    What was typed into it while it still opened is shown, to be copied.
    """
    typed = typed_in_words(http.POST)
    if isinstance(found, Share) and found.ended_at and not found.link_revoked_at:
        kind = "sent" if found.ended_by_sending else "taken_back"
        context = {
            "title": say(f"assistance.colleague.{kind}.title"),
            "kind": kind,
            "share": found,
            "typed": typed,
        }
        context["text"] = say(f"assistance.colleague.{kind}.text", name=found.request.contact_name)
        return render(http, "assistance/colleague_over.html", context, status=404)
    if isinstance(found, Endorsement) and found.is_over:
        context = {
            "title": say("assistance.endorse.ended.title"),
            "text": say("assistance.endorse.ended.text"),
        }
        return render(http, "assistance/endorse_over.html", context, status=404)
    context = {
        "title": say("assistance.no_request.title"),
        "days_kept": kept("assistance.links").days,
        "form": LostLinkForm(),
        "typed": typed,
    }
    return render(http, "assistance/no_request.html", context, status=404)


def _is_kept(row) -> bool:
    """Neither taken back, nor of a draft that is over."""
    return row.ended_at is None and not row.request.is_expired()


by_private_link = _door(Request, ("state",), lambda request: not request.is_expired())
by_colleagues_link = _door(Share, ("request__state",), _is_kept)
# Support that its giver took back may be given again; whom the requester no longer asks has a link taken back.
by_endorsers_link = _door(Endorsement, ("request__state",), lambda asked: not asked.request.is_expired())
