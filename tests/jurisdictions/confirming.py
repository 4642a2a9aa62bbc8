"""Places that can be asked whether their entry is right, and what they answer."""

import re
from datetime import UTC, datetime, timedelta

from django.urls import reverse

from leadbureau.mail.letters import deliver_due
from sites.jurisdictions.models import ConfirmationLink, PrivateContact
from tests.jurisdictions.corrections import an_entry

NOON = datetime(2026, 5, 6, 19, tzinfo=UTC)  # noon in Seattle
DAY = timedelta(days=1)


def a_contact(*, place=None, email="dana@example.gov", entered=NOON - 30 * DAY, **fields) -> PrivateContact:
    defaults = {"name": "Dana Ruiz", "role": "Program manager", "phone": "505-555-0177"}
    contact = PrivateContact.objects.create(place=place or an_entry(), email=email, **{**defaults, **fields})
    PrivateContact.objects.filter(pk=contact.pk).update(updated_at=entered)
    return contact


def a_link(*, place=None, now=None, **contact) -> ConfirmationLink:
    """A good link of a place, with its letter."""
    found = a_contact(place=place, **contact).place
    return ConfirmationLink.invite(place=found, now=now)


def address(link: ConfirmationLink, name: str = "confirm") -> str:
    token = link.address().rstrip("/").rpartition("/")[2]
    return reverse(f"jurisdictions:{name}", args=[token])


def yes(**changes) -> dict:
    return {"speaks": "on", "said_by": "Dana Ruiz", **changes}


def sheet(client, link: ConfirmationLink, **changes) -> dict:
    """The form of changes as a browser sends it: what stands there, with some of it changed."""
    form = client.get(address(link, "confirm_change")).context["form"]
    filled = {name: form[name].value() for name in form.fields}
    as_sent = {name: "" if value is None else value for name, value in filled.items() if value is not False}
    return {**as_sent, **yes(), **changes}


def mailed_link(mailbox) -> str:
    """The address in the letter that has left last."""
    deliver_due()
    return re.search(r"https?://\S+/sites/confirm/\S+/", mailbox[-1].body).group()
