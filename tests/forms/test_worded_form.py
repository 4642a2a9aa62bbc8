"""Words of forms come from the wordings, so that staff can change them."""

import pytest
from django import forms

from leadbureau.content.models import Wording
from leadbureau.content.worded_form import WordedForm

pytestmark = pytest.mark.django_db


class Asking(WordedForm):
    area = "assistance"
    email = forms.EmailField(max_length=20)
    sector = forms.ChoiceField(choices=[("a", "A")])


def test_labels_hints_and_complaints_come_from_the_wordings():
    form = Asking({"email": "nobody", "sector": "z"})
    assert form["email"].label == "E-mail address"
    assert form["email"].help_text == "We send your private link and our answers here"
    assert form.errors == {
        "email": ["Enter an e-mail address like name@example.gov"],
        "sector": ["Choose one of the answers shown"],
    }


def test_what_has_no_words_of_its_own_has_those_of_all_forms():
    form = Asking({"email": "a-long-address-indeed@example.org", "sector": "a"})
    assert form.errors == {"email": ["Shorten this to 20 characters or fewer"]}


def test_staff_change_a_label_and_a_complaint():
    Wording.objects.create(key="assistance.email.label", text="Where do we write to?")
    Wording.objects.create(key="assistance.email.required", text="100% of our answers go by e-mail")
    form = Asking({"sector": "a"})
    assert form["email"].label == "Where do we write to?"
    assert form.errors == {"email": ["100% of our answers go by e-mail"]}


def test_a_lone_percent_sign_in_the_words_of_staff_breaks_nothing():
    Wording.objects.create(key="assistance.email.invalid", text="Half of 100% is wrong: %s %(x)d")
    assert Asking({"email": "no", "sector": "a"}).errors == {"email": ["Half of 100% is wrong: %s %(x)d"]}


def test_words_that_a_form_gives_itself_stand():
    class Own(WordedForm):
        area = "assistance"
        email = forms.EmailField(label="Mine", error_messages={"required": "Mine too"})

    form = Own({})
    assert (form["email"].label, form.errors) == ("Mine", {"email": ["Mine too"]})
