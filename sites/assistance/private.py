"""The doors to a request: its private link, a colleague's link to one section, an endorser's link."""

from functools import wraps

from django.shortcuts import render

from leadbureau.content.wording import say
from leadbureau.kit.private_links import private_page
from leadbureau.kit.retention import kept
from sites.assistance.models import Endorsement, Request, Share


def _door(model, related: tuple[str, ...], is_open):
    """A decorator that opens the row of the token in the address for a view, or shows a clear page (404)."""

    def decorator(view):
        @private_page
        @wraps(view)
        def opened(http, token: str, *args, **kwargs):
            found = model.objects.with_token(token).select_related(*related).first()
            if found is None or not found.link_opens() or not is_open(found):
                return _closed(http)
            found.note_use()
            return view(http, found.opened_with(token), token, *args, **kwargs)

        return opened

    return decorator


def _closed(http):
    context = {"title": say("assistance.no_request.title"), "days_kept": kept("assistance.links").days}
    return render(http, "assistance/no_request.html", context, status=404)


by_private_link = _door(Request, ("state",), lambda request: not request.is_expired())
by_colleagues_link = _door(Share, ("request__state",), lambda share: share.ended_at is None)
by_endorsers_link = _door(Endorsement, ("request__state",), lambda asked: asked.ended_at is None)
