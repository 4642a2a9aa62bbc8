"""A county health director asks for help with LEAD, comes back, sends, and follows the request."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.requester import (
    ask_for_help,
    begin,
    reference_on,
    say_how_far,
    say_what_is_needed,
    say_when_and_what_money,
    say_where,
)

LINK = re.compile(r"http://\S+/assistance/r/[\w-]+/")


def letter_to(site, receiver: str, subject: str) -> str:
    """The one letter that has left to somebody under a subject."""
    found = [
        letter
        for letter in site.deliver_letters()
        if letter.startswith(f"To: {receiver}\nSubject: ") and subject in letter.split("\n")[1]
    ]
    assert len(found) == 1, f"{len(found)} letters about {subject!r}"
    return found[0]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_request_is_asked_page_by_page_and_sent(browse, javascript):
    page = browse("/", javascript=javascript)
    page.get_by_role("banner").get_by_role("link", name="Ask for help").first.click()
    expect(page.get_by_role("main")).to_contain_text("About 15 minutes")
    begin(page, email="first@example.gov")
    expect(page.get_by_text("Page 2 of 5")).to_be_visible()
    say_where(page)
    say_how_far(page)
    say_what_is_needed(page)
    say_when_and_what_money(page)
    expect(page.get_by_role("region", name="The problem and the help")).to_contain_text("every week. 😕")
    page.get_by_role("button", name="Send the request").click()
    assert reference_on(page)
    expect(page.get_by_role("main")).to_contain_text("first@example.gov")
    expect(page.get_by_role("main")).to_contain_text("answers by")


def test_who_leaves_in_the_middle_returns_by_the_private_link_to_what_was_saved(browse, site):
    page = browse("/")
    begin(page, email="leaves@example.gov")
    say_where(page, place="Mora County")
    page.context.close()
    letter = letter_to(site, "leaves@example.gov", "Your private link")
    later = browse(LINK.search(letter).group())
    later.get_by_role("link", name="Go on with the request").click()
    expect(later.get_by_role("heading", level=1)).to_have_text("Where you stand")
    later.get_by_role("link", name="Back", exact=True).click()
    expect(later.get_by_label("Name of the place")).to_have_value("Mora County")
    expect(later.get_by_label("County or parish")).to_be_checked()


def test_what_is_missing_is_told_at_the_end_and_mended_where_it_was_left_out(browse):
    page = browse("/")
    begin(page, email="mends@example.gov")
    page.get_by_role("link", name="Go to your answers").click()
    page.get_by_role("button", name="Send the request").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Enter the name of the place")
    summary.get_by_role("link", name="Tell us what problem you want to solve").click()
    expect(page.get_by_label("What problem do you want to solve?")).to_be_in_viewport()
    page.get_by_label("What problem do you want to solve?").fill("Jail is where people end.")
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Save and return to your answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.get_by_role("main")).to_contain_text("Jail is where people end.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert")).not_to_contain_text("Tell us what problem")


def test_a_wrong_answer_is_told_beside_its_field_and_kept(browse):
    page = browse("/assistance/ask/")
    page.get_by_label("Your name").fill("Dana Ruiz")
    page.get_by_label("E-mail address").fill("dana at example")
    page.get_by_role("button", name="Save and continue").click()
    field = page.get_by_label("E-mail address")
    expect(field).to_have_value("dana at example")
    expect(field).to_have_accessible_description(re.compile("name@example.gov"))
    expect(page.get_by_label("Your name")).to_have_value("Dana Ruiz")
    assert page.title().startswith("Error:")


def test_a_double_click_sends_one_request_with_one_receipt(browse, site):
    page = browse("/")
    begin(page, email="twice@example.gov")
    say_where(page, place="Colfax County")
    say_how_far(page)
    say_what_is_needed(page)
    say_when_and_what_money(page)
    page.get_by_role("button", name="Send the request").dblclick()
    reference = reference_on(page)
    page.go_back()
    page.reload()
    assert reference_on(page) == reference
    assert reference in letter_to(site, "twice@example.gov", "We have your request")
    queue = browse.as_staff("manager", "/admin/assistance/request/?stands=all&q=Colfax")
    expect(queue.locator("#result_list tbody tr")).to_have_count(1)


def test_the_receipt_has_the_reference_the_answers_and_the_link_to_the_status(browse, site):
    reference = ask_for_help(browse("/"), email="receipt@example.gov")
    receipt = letter_to(site, "receipt@example.gov", "We have your request")
    for words in (
        reference,
        "Jail is where people end — every week. 😕",
        "Rio Arriba County",
        "Our own budget",
    ):
        assert words in receipt
    later = browse(LINK.search(receipt).group())
    expect(later.get_by_role("heading", level=1)).to_have_text("Your request")
    standing = later.get_by_role("region", name="Received")
    expect(standing).to_contain_text("The Bureau's")
    expect(standing).to_contain_text("It was received today.")
    later.get_by_text(f"We have your request {reference}").click()
    expect(later.get_by_text("Thank you. Your request has arrived")).to_be_visible()


def test_withdrawing_asks_back_first_and_is_confirmed_by_a_letter(browse, site):
    page = browse("/")
    ask_for_help(page, email="withdraws@example.gov")
    page.get_by_role("link", name="See where it stands").click()
    page.get_by_role("link", name="Withdraw the request").click()
    page.get_by_role("link", name="No, keep it").click()
    expect(page.get_by_role("region", name="Received")).to_be_visible()
    page.get_by_role("link", name="Withdraw the request").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_role("region", name="Withdrawn")).to_be_visible()
    expect(page.get_by_role("link", name="Withdraw the request")).to_have_count(0)
    letter_to(site, "withdraws@example.gov", "is withdrawn")
