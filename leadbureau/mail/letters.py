"""Writing letters, and the worker's half: delivering those that are due.

A letter is a row first, written in the transaction of the change that it reports; so nothing is lost when
the mail server is down, and nothing is said that did not happen.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from leadbureau.content.layout import layout
from leadbureau.kit.encrypted import fingerprint
from leadbureau.mail import refusals
from leadbureau.mail.models.letter import Letter
from leadbureau.mail.reading import as_html, as_text
from leadbureau.mail.words import Words, gap_in, tidy

__all__ = ["Words", "deliver_due", "fills", "gap_left_in", "post", "send", "tell_staff", "write"]

log = logging.getLogger(__name__)

# What is put in place of a mark like [private link] on the way out only, so that no list of letters and no
# member of staff holds it. Apps add theirs with `fills`.
_fillings: dict[str, Callable[[Letter], str]] = {}


def write(name: str, context: dict) -> Words:
    """The words of templates/mail/<name>.subject.txt and .txt, filled with a context."""
    return Words(_rendered(f"mail/{name}.subject.txt", context), _rendered(f"mail/{name}.txt", context))


def post(
    words: Words, *, name: str, to: str, about: str = "", by=None, held: bool = False, opens=None
) -> Letter:
    """Queue a letter in the current transaction; with `held` it waits until staff release it.

    opens: the row whose private link stands for the mark in the text; without it the mark stays a mark.
    Raises ValidationError when `to` is no e-mail address.
    """
    validate_email(to)
    when = {"state": Letter.State.DRAFTED, "next_try_at": None} if held else {}
    subject, body = tidy(words)
    return Letter.objects.create(
        **when,
        opens=f"{opens._meta.label_lower}:{opens.pk}" if opens else "",
        name=name,
        to=to,
        to_fingerprint=fingerprint(to),
        subject=subject,
        body=body,
        about=about,
        created_by=by,
    )


def send(*, name: str, to: str, context: dict, about: str = "", by=None, opens=None) -> Letter:
    """Write a letter from its templates and queue it, in the current transaction."""
    return post(write(name, context), name=name, to=to, about=about, by=by, opens=opens)


def tell_staff(name: str, context: dict, url: str, also: Iterable[str] = (), about: str = "") -> list[Letter]:
    """A notice to each address in STAFF_EMAILS and in `also`, once each, with the whole address of a page of
    the admin as `url`."""
    context = {**context, "url": f"{settings.SITE_URL}{url}"}
    addresses = dict.fromkeys([*settings.STAFF_EMAILS, *also])
    return [send(name=name, to=address, context=context, about=about) for address in addresses]


def fills(mark: str):
    """Decorator: the function gives what stands in place of `mark` when a letter leaves."""

    def register(function: Callable[[Letter], str]):
        _fillings[mark] = function
        return function

    return register


def gap_left_in(body: str) -> str | None:
    """A passage in square brackets that somebody still has to write, or None; marks like the link are none."""
    return gap_in(body, marks=_fillings)


def deliver_due(now: datetime | None = None, limit: int = 50) -> int:
    """Try each letter that is due once; tells how many were sent. Safe beside other workers.

    Killed between the mail server's acceptance and our commit, a letter is sent a second time when its
    lease ends: with the same Message-ID, so that a mail program can fold the two into one. When the server
    itself cannot be reached, the round ends: the other letters lose no try over it.
    """
    Letter.objects.bury(now)
    sent = 0
    letters = list(Letter.objects.due(now)[:limit])
    connection = get_connection() if letters else None
    for letter in letters:
        if not letter.claim(now):
            continue
        error = _deliver(letter, connection, now)
        sent += error is None
        if error and refusals.is_about_the_server(error):
            break
    if connection:
        _close(connection)
    return sent


def _deliver(letter: Letter, connection, now: datetime | None) -> Exception | None:
    """One try. Whatever a mail server, a resolver or a filling may raise, the letter waits on, and the error
    is given back. The log gets no words of it: they may name people."""
    try:
        _message(letter, connection).send()
    except Exception as error:
        log.warning("Letter %s was not sent: %s", letter.key, type(error).__name__)
        _close(connection)
        letter.mark_missed(refusals.reason(error), now, final=refusals.is_final(error))
        return error
    letter.mark_sent(now)
    return None


def _message(letter: Letter, connection) -> EmailMultiAlternatives:
    body = letter.body
    for mark, filling in _fillings.items():
        if mark in body:
            body = body.replace(mark, filling(letter))
    reply_to = layout().details.email
    message = EmailMultiAlternatives(
        letter.subject,
        as_text(body),
        to=[letter.to],
        reply_to=[reply_to] if reply_to else None,
        connection=connection,
        headers={
            "Message-ID": f"<{letter.key}@{urlsplit(settings.SITE_URL).hostname}>",
            "Date": format_datetime(timezone.localtime(letter.handled_at or letter.created_at)),
            "Auto-Submitted": "auto-generated",
        },
    )
    page = as_html(letter.subject, body, by_staff=letter.created_by_id is not None)
    message.attach_alternative(page, "text/html")
    return message


def _close(connection) -> None:
    """A broken connection is opened anew for the next letter; that closing it fails as well is no news."""
    try:
        connection.close()
    except Exception:
        log.debug("The mail connection was already closed.")


def _rendered(template: str, context: dict) -> str:
    """Plain text: nothing is escaped, for nobody reads it as HTML."""
    return get_template(template).template.render(Context(context, autoescape=False)).strip()  # type: ignore[attr-defined]
