"""Asking to be listed as a partner, and writing to the Bureau; what machines send is kept apart quietly."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.requester import wait_as_a_reader

THANKS = "Thank you: your message has arrived"


def write_message(page: Page, *, name: str, words: str = "Which days suit a call?") -> None:
    page.get_by_label("What is it about?").select_option(label="Press")
    page.get_by_role("textbox", name="Your message").fill(words)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your e-mail").fill("sam@example.org")


def staff_list(browse, model: str, search: str) -> Page:
    return browse.as_staff("caseworker", f"/admin/{model}/?q={search}")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_organization_asks_to_be_listed_and_staff_see_it(browse, javascript):
    name = f"River Health, javascript {javascript}"
    page = browse("/partners/", javascript=javascript)
    page.get_by_role("link", name="Ask to be listed", exact=True).click()
    page.get_by_label("Name of the organization").fill(name)
    page.get_by_label("National and State-based Organizations and Academic Institutions").check()
    page.get_by_label("What has your organization done").fill("We run case management for LEAD.")
    page.get_by_label("Your name").fill("Sam Lee")
    page.get_by_label("Your role in the organization").fill("Director")
    page.get_by_label("Your e-mail").fill("sam@example.org")
    wait_as_a_reader(page)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your request has arrived")
    rows = staff_list(browse, "partners/listingrequest", "River").locator("#result_list tbody tr")
    expect(rows.filter(has_text=name)).to_have_count(1)


def test_a_message_reaches_staff_once_and_its_writer_gets_a_receipt(browse, site):
    page = browse("/contact/")
    write_message(page, name="Double Click")
    wait_as_a_reader(page)
    page.get_by_role("button", name="Send the message").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    number = re.search(r"CM-[0-9A-Z-]+", page.get_by_role("main").inner_text()).group()
    rows = staff_list(browse, "mail/contactmessage", "Double").locator("#result_list tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Needs an answer")
    receipts = [
        one for one in site.deliver_letters() if number in one and one.startswith("To: sam@example.org")
    ]
    assert len(receipts) == 1


def test_a_machine_that_fills_the_hidden_field_gets_the_same_thanks_and_goes_to_quarantine(browse, site):
    page = browse("/contact/")
    write_message(page, name="Machine Made")
    page.get_by_label("Leave this empty").evaluate("field => { field.value = 'http://spam.example' }")
    wait_as_a_reader(page)
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    number = re.search(r"CM-[0-9A-Z-]+", page.get_by_role("main").inner_text()).group()
    rows = staff_list(browse, "mail/contactmessage", "Machine").locator("#result_list tbody tr")
    expect(rows).to_contain_text("In quarantine")
    assert not [letter for letter in site.deliver_letters() if number in letter]


def test_the_field_for_machines_is_no_stop_for_the_keyboard(browse):
    page = browse("/contact/")
    expect(page.get_by_label("Leave this empty")).to_have_attribute("tabindex", "-1")


def test_a_wrong_address_is_told_beside_the_field_and_all_words_stay(browse):
    page = browse("/contact/")
    write_message(page, name="Sam Lee", words="<script>alert(1)</script> \u0153 😕")
    page.get_by_label("Your e-mail").fill("sam at example")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_label("Your e-mail")).to_have_accessible_description(re.compile("no e-mail address"))
    expect(page.get_by_label("Your e-mail")).to_have_value("sam at example")
    expect(page.get_by_role("textbox", name="Your message")).to_have_value(
        "<script>alert(1)</script> \u0153 😕"
    )
    expect(page.get_by_label("What is it about?")).to_have_value("press")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Your e-mail")).to_be_focused()


def test_a_state_with_a_mistake_leads_to_the_form_with_its_address(browse):
    page = browse("/sites/nm/")
    page.get_by_role("link", name="Correct this entry").click()
    expect(page.get_by_label("Which page is it about?")).to_have_value("/sites/nm/")
