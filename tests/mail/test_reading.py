"""A letter as plain text and as a page."""

import re

import pytest
from django.core import mail

from leadbureau.content.models import BureauDetails
from leadbureau.mail import letters
from leadbureau.mail.models import Letter
from leadbureau.mail.reading import Block, as_html, as_text, blocks
from tests.mail.factories import a_letter

pytestmark = pytest.mark.django_db
OWN = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _own_host(settings):
    settings.SITE_URL = OWN


def kinds(body: str) -> list[str]:
    return [block.kind for block in blocks(body)]


def test_every_letter_goes_as_text_and_as_a_page():
    a_letter(body="Good day.")
    letters.deliver_due()
    message = mail.outbox[0].message()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


def test_lines_of_the_text_are_folded_and_addresses_stay_whole():
    address = f"{OWN}/assistance/r/{'x' * 80}/"
    folded = as_text(f"{'word ' * 40}\n\nOpen your request: {address}\n")
    assert all(len(line) <= 76 for line in folded.splitlines() if line != address)
    assert f"Open your request:\n{address}\n" in folded


def test_a_long_item_goes_on_under_its_first_word_and_a_quotation_keeps_its_indent():
    folded = as_text(f"- {'word ' * 20}\n\n  {'said ' * 20}\n")
    assert [re.match(" *", line)[0] for line in folded.splitlines()] == ["", "  ", "", "  ", "  "]


def test_the_habits_of_plain_text_become_the_pieces_of_a_page():
    body = (
        "YOUR PLACE\n\nHello,\nall.\n\nReference: TA-234-567-8\nWhose turn it is: ours\n\nName\n  Dana\n\nBring:\n"
        f"- ink\n- paper\n  of any kind\n\nOpen it: {OWN}/a/\n"
    )
    assert kinds(body) == ["heading", "text", "facts", "quote", "text", "items", "button"]


def test_a_line_to_press_becomes_a_button_with_its_address_beneath():
    assert list(blocks(f"Open it: {OWN}/a/\n")) == [Block("button", label="Open it", address=f"{OWN}/a/")]
    page = as_html("Subject", f"Open it: {OWN}/a/\n")
    assert page.count(f'href="{OWN}/a/"') == 2


def test_an_address_alone_gets_words_and_a_second_one_is_no_button():
    first, second = blocks(f"    {OWN}/a/\n\nOr here: {OWN}/b/\n")
    assert (first.kind, first.label) == ("button", "Open the page")
    assert second.kind == "text" and f'href="{OWN}/b/"' in second.lines[0]


def test_an_item_with_an_address_at_its_end_stays_an_item():
    assert kinds(f"- Santa Fe, New Mexico: {OWN}/sites/nm/santa-fe/\n") == ["items"]


def test_no_button_leads_to_another_host():
    (block,) = blocks("Turn to them: https://example.org/help\n")
    assert block.kind == "text" and 'href="https://example.org/help"' in block.lines[0]


@pytest.mark.parametrize("quoted", ["  See https://evil.example/x", "> See https://evil.example/x"])
def test_what_somebody_else_wrote_leads_nowhere(quoted):
    assert "href" not in as_html("Subject", f"Dana writes:\n\n{quoted}\n").split("</h1>")[1]


def test_a_name_that_somebody_typed_leads_nowhere_in_what_the_site_writes_by_itself():
    a_letter(body="Hello https://evil.example/x,\n\nThank you.")
    letters.deliver_due()
    assert "href" not in mail.outbox[0].alternatives[0].content


def test_nothing_that_is_written_becomes_markup():
    page = as_html("<b>Subject</b>", "<script>x</script>\n\n- <i>\n\n  <u>\n\nA & B: <p>\nC: <q>\n")
    assert not re.search(r"<(b|script|i|u|q)>", page)
    assert "&lt;script&gt;" in page


def test_the_end_of_a_sentence_is_no_part_of_an_address():
    (block,) = blocks(f"(See {OWN}/a/.)\n")
    assert f'href="{OWN}/a/"' in block.lines[0] and block.lines[0].endswith(".)")


def test_a_heading_right_above_another_one_stands_over_all_that_follow():
    page = as_html("Subject", "YOUR ANSWERS\n\nABOUT YOU\n\nName\n  Dana\n\nYOUR PLACE\n\nKind\n  County\n")
    assert re.findall(r"<(h\d)[^>]*>([^<]+)<", page) == [
        ("h1", "Subject"),
        ("h2", "Your answers"),
        ("h3", "About you"),
        ("h3", "Your place"),
    ]


def test_the_page_fetches_nothing_and_says_its_language_and_title():
    page = as_html("We have your request", "Good day.\n")
    assert not re.search(r"<(img|link|script|style|iframe)|url\(|src=", page)
    assert '<html lang="en">' in page and "<title>We have your request</title>" in page
    assert '<meta name="color-scheme" content="light dark">' in page


def test_the_bureau_signs_once():
    BureauDetails.objects.create(pk=1, name="LEAD Bureau", email="help@example.org", phone="206-555-0100")
    page = as_html("Subject", "Good day.\n\nLEAD Bureau\nhelp@example.org\n206-555-0100\n")
    assert page.count("206-555-0100") == 1 and 'href="mailto:help@example.org"' in page


def test_replies_reach_the_bureau_and_machines_are_told_not_to_answer():
    BureauDetails.objects.create(pk=1, email="help@example.org")
    a_letter()
    letters.deliver_due()
    message = mail.outbox[0]
    assert message.reply_to == ["help@example.org"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["Message-ID"] == f"<{Letter.objects.get().key}@127.0.0.1>"
