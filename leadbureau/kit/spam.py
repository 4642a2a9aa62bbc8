"""Keeps machines out of forms without a puzzle for people.

Nothing here refuses a message: what looks like spam is stored in quarantine, where staff can see it, and the
sender reads the same thank-you page. The only error is an opening time that is too old or was tampered
with; the form then comes back with all its words and a fresh time.
"""

import re
from typing import Any
from uuid import UUID, uuid4, uuid5

from crispy_forms.layout import Div
from django import forms
from django.core import signing
from django.utils import timezone

SALT = "leadbureau.kit.spam"
FASTEST = 3  # seconds; nobody reads and fills a form of ours in less
HASTE = "Sent {} seconds after the form was opened."
LONGEST_OPEN = 24 * 60 * 60  # seconds
LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)
GUARD_FIELDS = ("leave_empty", "opened", "nonce")


def opening_time(seconds_ago: int = 0) -> str:
    """The present moment (or one before), signed, for a hidden field."""
    return signing.dumps(int(timezone.now().timestamp()) - seconds_ago, salt=SALT, compress=False)


class SpamGuard(forms.Form):
    """Mix into a form: `class ContactForm(SpamGuard, forms.Form)`, and put `guard()` into its crispy layout.

    After is_valid(): `form.suspicion` is "" or a sentence for staff; `form.once` is the UUID to store in a
    unique column: the same words sent twice from one opened form have the same, other words another.
    """

    most_links = 3
    suspicion = ""

    # Not called "website" or "phone": a browser that fills forms by itself would be taken for a machine.
    leave_empty = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    leave_empty.expected = True  # type: ignore[attr-defined]  # no "(optional)" beside it for a screen reader
    opened = forms.CharField(required=False, widget=forms.HiddenInput, initial=opening_time)
    nonce = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: str(uuid4()))

    # Forms replace these words by those that staff can edit.
    opened_too_long = (
        "The form was open for more than a day. Your words are still here: please send it again."
    )

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        # People cannot mend what they cannot see, so these fields show no errors of their own.
        unreadable = [name for name in GUARD_FIELDS if self.errors.pop(name, None)]
        if unreadable:
            cleaned["leave_empty"] = cleaned.get("leave_empty", "") or "unreadable"
        seconds_open = self._seconds_open()
        nonce = _uuid(cleaned.get("nonce", ""))
        if seconds_open is None or seconds_open > LONGEST_OPEN or nonce is None:
            self._start_anew()
            self.add_error(None, forms.ValidationError(self.opened_too_long, code="opened_too_long"))
            return cleaned
        cleaned["nonce"] = nonce
        self.suspicion = self._suspicion(seconds_open)
        return cleaned

    @property
    def once(self) -> UUID:
        """The same for the same words from the same opened form, so that a second click stores nothing new.

        It is made of the words too: whoever goes back in the browser and writes something else under the
        same nonce has written a second message, and that one must not be lost.
        """
        words = [(name, str(self.cleaned_data.get(name, ""))) for name in sorted(self.fields)]
        return uuid5(
            self.cleaned_data["nonce"], repr([pair for pair in words if pair[0] not in GUARD_FIELDS])
        )

    def _seconds_open(self) -> int | None:
        try:
            opened = signing.loads(self.cleaned_data.get("opened", ""), salt=SALT)
        except signing.BadSignature:
            return None
        return int(timezone.now().timestamp()) - opened

    def _start_anew(self):
        """A fresh time and nonce in the form that goes back; who sends it at once was not too fast."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("opened")] = opening_time(seconds_ago=FASTEST)
        data[self.add_prefix("nonce")] = str(uuid4())
        self.data = data

    def _suspicion(self, seconds_open: int) -> str:
        if self.cleaned_data.get("leave_empty"):
            return "The field that people do not see was filled in."
        if seconds_open < FASTEST:
            return HASTE.format(seconds_open)
        links = sum(
            len(LINK.findall(value)) for value in self.cleaned_data.values() if isinstance(value, str)
        )
        if links > self.most_links:
            return f"It has {links} links."
        return ""


def is_only_haste(suspicion: str) -> bool:
    """Whether a reason says no more than that a form came back soon: what follows it may prove a person."""
    start, _, end = HASTE.partition("{}")
    return suspicion.startswith(start) and suspicion.endswith(end)


def guard() -> Div:
    """The guard's fields for a crispy layout; the one that people leave empty is out of their sight."""
    return Div("opened", "nonce", Div("leave_empty", css_class="visually-hidden"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except (ValueError, TypeError):
        return None
