"""How a form shows its fields: what a screen reader hears, and what stands beside what is wrong."""

import html5lib
import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from leadbureau.content.worded_form import WordedForm
from leadbureau.kit.spam import SpamGuard

pytestmark = pytest.mark.django_db
CHOICES = [("a", "First"), ("b", "Second")]


class EveryKind(WordedForm):
    """A field of every kind that the site uses; with labels of its own, as no wording has them."""

    area = "contact"

    line = forms.CharField(label="Line", help_text="A hint", error_messages={"required": "Write a line"})
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    select = forms.ChoiceField(label="Select", choices=CHOICES)
    radio = forms.ChoiceField(label="Radio", choices=CHOICES, widget=forms.RadioSelect, help_text="Pick one")
    many = forms.MultipleChoiceField(
        label="Many", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    check = forms.BooleanField(label="I agree", required=False)
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    number = forms.IntegerField(label="Number", required=False)
    file = forms.FileField(label="File", required=False)


class Guarded(SpamGuard, WordedForm):
    area = "contact"
    line = forms.CharField(label="Line")


def page(form):
    html = render_crispy_form(form, context={"csrf_token": "token"})
    return html5lib.parse(html, namespaceHTMLElements=False)


def by_id(tree, name):
    return next(element for element in tree.iter() if element.get("id") == name)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def label_of(tree, name) -> str:
    return words(next(label for label in tree.iter("label") if label.get("for") == name))


@pytest.mark.parametrize("name", ["line", "text", "select", "day", "number", "file", "check"])
def test_every_single_control_has_its_label(name):
    assert label_of(page(EveryKind()), f"id_{name}")


@pytest.mark.parametrize(("name", "count"), [("radio", 2), ("many", 2)])
def test_controls_that_belong_together_stand_in_a_fieldset_with_a_legend(name, count):
    fieldset = by_id(page(EveryKind()), f"id_{name}")
    assert fieldset.tag == "fieldset" and words(fieldset.find("legend")).startswith(name.capitalize())
    assert [label_of(fieldset, f"id_{name}_{n}") for n in range(count)] == ["First", "Second"]


def test_what_may_stay_empty_says_so_and_what_may_not_says_nothing():
    tree = page(EveryKind())
    assert label_of(tree, "id_text") == "Text (optional)"
    assert (label_of(tree, "id_line"), label_of(tree, "id_check")) == ("Line", "I agree")


def test_a_hint_and_an_error_are_read_with_their_control():
    control = by_id(page(EveryKind({})), "id_line")
    assert control.get("aria-describedby") == "id_line_helptext id_line_error"
    assert control.get("aria-invalid") == "true"
    tree = page(EveryKind({}))
    assert words(by_id(tree, "id_line_error")) == "Error: Write a line"


def test_a_group_is_described_by_its_hint_and_its_error():
    fieldset = by_id(page(EveryKind({})), "id_radio")
    assert fieldset.get("aria-describedby") == "id_radio_helptext id_radio_error"
    assert words(by_id(fieldset, "id_radio_error")) == "Error: Answer this question"


def test_the_summary_stands_first_takes_the_focus_and_links_to_each_field():
    tree = page(EveryKind({}))
    summary = next(element for element in tree.iter() if element.get("role") == "alert")
    assert (summary.get("tabindex"), summary.get("autofocus")) == ("-1", "")
    links = [(link.get("href"), words(link)) for link in summary.iter("a")]
    assert links == [
        ("#id_line", "Write a line"),
        ("#id_select", "Answer this question"),
        ("#id_radio_0", "Answer this question"),
    ]
    assert all(by_id(tree, address[1:]) is not None for address, _ in links)


def test_a_form_without_errors_has_no_summary():
    assert not [element for element in page(EveryKind()).iter() if element.get("role") == "alert"]


def test_words_that_were_typed_are_shown_again_and_never_run():
    tree = page(EveryKind({"line": '"><script>alert(1)</script>', "text": "</textarea><b>"}))
    assert by_id(tree, "id_line").get("value") == '"><script>alert(1)</script>'
    assert by_id(tree, "id_text").text.strip() == "</textarea><b>"
    assert not list(tree.iter("script"))


def test_a_form_with_a_file_is_sent_as_one():
    assert next(page(EveryKind()).iter("form")).get("enctype") == "multipart/form-data"


def test_the_browser_leaves_the_messages_to_the_page():
    form = next(page(EveryKind()).iter("form"))
    assert form.get("novalidate") == ""
    assert not [control for control in form.iter("input") if control.get("required") is not None]


def test_the_field_that_people_leave_empty_is_out_of_sight_and_out_of_the_tab_order():
    tree = page(Guarded())
    box = next(element for element in tree.iter("div") if element.get("class") == "visually-hidden")
    assert by_id(box, "id_leave_empty").get("tabindex") == "-1"


def test_the_markup_has_no_parse_errors():
    parser = html5lib.HTMLParser()
    html = render_crispy_form(EveryKind({}), context={"csrf_token": "token"})
    parser.parse(f"<!doctype html><html lang=en><head><title>t</title></head><body>{html}</body></html>")
    assert parser.errors == []
