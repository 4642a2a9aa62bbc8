"""The wrong door first: who comes is led to what helps them before a form for governments asks anything."""

from django import forms
from django.urls import reverse

from leadbureau.content.worded_form import WordedForm
from leadbureau.content.wording import say
from leadbureau.mail.models import ContactMessage

IN_NEED = ("person", "family")
PRESS = ("press",)
ASKERS = ("government", "provider", "community")
DOORS = (*IN_NEED, *PRESS, *ASKERS)


class WhoForm(WordedForm):
    """One question by GET; nothing is stored, and the answer goes nowhere but into the address."""

    area = "assistance"

    who = forms.ChoiceField(
        choices=lambda: [(who, say(f"assistance.who.{who}")) for who in DOORS], widget=forms.RadioSelect
    )

    def leads_to(self) -> str:
        """The address behind the door; asked after is_valid()."""
        who = self.cleaned_data["who"]
        if who in IN_NEED:
            return reverse("assistance:help_now")
        if who in PRESS:
            return f"{reverse('mail:contact')}?about={ContactMessage.Topic.PRESS}"
        return reverse("assistance:ask")

    def doors(self) -> list[tuple]:
        """Each radio with the words under it."""
        return [
            (radio, say(f"assistance.who.{radio.data['value']}.hint")) for radio in self["who"].subwidgets
        ]
