"""The private link itself: lost, in the wrong hands, or damaged on its way."""

import re

from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.wording import say
from leadbureau.kit.private_links import digest, private_page
from leadbureau.kit.rate import too_many
from sites.assistance import links
from sites.assistance.link_form import LostLinkForm
from sites.assistance.lost_link import mail_lost_links
from sites.assistance.models import Request
from sites.assistance.private import by_private_link, closed

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
ASKED, RENEWED, HOUR = 10, 10, 3600  # by one network within an hour
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
# The page that each kind of private address opens with.
FIRST_PAGES = {"r": "status", "ask": "tasks", "c": "colleague", "e": "endorse"}


# Exempt from the CSRF check: the form also stands on private pages, whose referrer policy makes browsers send
# "Origin: null", and a letter to the address on file is all that a forged POST could bring about.
@csrf_exempt
@GET_OR_POST
def lost_link(http):
    """An e-mail address, and the answer that never tells whether it is known."""
    form = LostLinkForm(http.POST or None)
    status = 200
    if http.method == "POST" and form.is_valid():
        if not too_many(http, "assistance-lost-link", limit=ASKED, seconds=HOUR):
            mail_lost_links(form.cleaned_data["email"], form.cleaned_data["reference"])
            return redirect("assistance:lost_link_asked")
        form.add_error(None, say("forms.too_many"))
        status = 429
    context = {"title": say("assistance.lost_link.title"), "form": form}
    return render(http, "assistance/lost_link.html", context, status=status)


@require_safe
def lost_link_asked(http):
    return render(http, "assistance/lost_link_asked.html", {"title": say("assistance.lost_link.asked.title")})


@GET_OR_POST
@private_page
def replace_link(http, token: str):
    """A new link in place of one that the wrong person has. The second of two clicks finds the first one's link."""
    nonce = http.POST.get("nonce", "")
    if http.method == "POST" and nonce:
        seed = _seed(token, nonce)
        made = links.REQUESTERS.of(seed)
        if Request.objects.filter(token_digest=digest(made)).exists():
            return redirect("assistance:link_replaced", made)
    return _replace(http, token)


@by_private_link
def _replace(http, found: Request, token: str):
    nonce = http.POST.get("nonce", "")
    context = {"title": say("assistance.replace.title"), "found": found, "nonce": get_random_string(22)}
    if http.method != "POST" or not nonce:
        return render(http, "assistance/replace_link.html", context)
    if too_many(http, "assistance-replace-link", limit=RENEWED, seconds=HOUR):
        return render(http, "assistance/replace_link.html", {**context, "too_many": True}, status=429)
    return redirect("assistance:link_replaced", found.replace_link(seed=_seed(token, nonce)))


def _seed(token: str, nonce: str) -> str:
    """The seed of the link that follows a link, for one opened form: 64 hexadecimal digits."""
    return salted_hmac("sites.assistance.replace_link", f"{token}:{nonce}", algorithm="sha256").hexdigest()


@require_safe
@by_private_link
def link_replaced(http, found: Request, token: str):
    context = {"title": say("assistance.replace.done.title"), "found": found}
    return render(http, "assistance/link_replaced.html", context)


@private_page
def mistyped(http, kind: str, rest: str):
    """Any other address under a private one: cut short, or with the full stop of the sentence it stood in."""
    token = TOKEN.match(rest)
    if token and http.method in ("GET", "HEAD"):
        return redirect(f"assistance:{FIRST_PAGES[kind]}", token[0])
    return closed(http)
