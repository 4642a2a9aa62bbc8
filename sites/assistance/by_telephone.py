"""A request that staff write down: how it came, and whether the same people have asked already."""

from django import forms
from django.db import models, transaction
from django.db.models import Q

from leadbureau.kit.encrypted import fingerprints
from sites.assistance.forms import PhoneForm
from sites.assistance.models import Request
from sites.assistance.places import recognized
from sites.assistance.questions import PAGES


class Way(models.TextChoices):
    TELEPHONE = "telephone", "By telephone"
    LETTER = "letter", "By letter, fax or e-mail"
    IN_PERSON = "in_person", "In person"


class TakenForm(PhoneForm):
    """All questions on one page, with how the request came. Asks back when it may be there already."""

    came = forms.ChoiceField(
        label="How it came", choices=Way.choices, initial=Way.TELEPHONE, widget=forms.RadioSelect
    )
    is_another = forms.BooleanField(label="It is another request: enter it", required=False)

    def enter(self, *, by) -> Request:
        """Store and send it, with a note of how it came. The same form twice is one request."""
        with transaction.atomic():
            nonce = self.cleaned_data["nonce"]
            is_new = not Request.objects.filter(nonce=nonce).exists()
            row = Request.objects.take_by_phone(self.good_answers(), by=by, nonce=nonce)
            if is_new:
                row.add_note(f"It came {Way(self.cleaned_data['came']).label.lower()}.", by=by)
            return row


def likely_same(form: TakenForm) -> list[Request]:
    """Requests that may be the one that is being entered: from the same address, place or county."""
    if Request.objects.filter(nonce=form.cleaned_data["nonce"]).exists():
        return []  # the same form again: it is entered already
    answers = form.good_answers()
    found = recognized(answers)
    same = Q(email_fingerprint__in=fingerprints(answers.get("email") or ""))
    if found.place and answers.get("state"):
        same |= Q(state=answers["state"], place__iexact=found.place)
    if found.county_fips:
        same |= Q(county_fips=found.county_fips)
    return list(Request.objects.filter(same).order_by("-saved_at")[:10])


def fields_by_page(form: TakenForm) -> list[tuple]:
    """The form's fields under the pages of the request; a question that is not asked has none."""
    return [
        (page, [form[question.name] for question in page.questions if question.name in form.fields])
        for page in PAGES
    ]
