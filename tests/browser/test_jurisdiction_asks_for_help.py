"""An analyst asks for help with LEAD, makes mistakes, comes back, sends once, and changes their mind."""

import re

from playwright.sync_api import expect

from tests.browser.mailbox import letter_to, letters_to, link_in
from tests.browser.requester import (
    ask_for_help,
    begin,
    expect_standing,
    go_to_the_form,
    heading,
    open_section,
    reference_on,
    save,
    say_how_far,
    say_the_problem,
    say_what_is_wanted,
    say_when_and_what_money,
    say_where,
)


def test_a_person_in_need_is_led_to_help_and_not_into_the_form(browse):
    page = browse("/assistance/", javascript=False)
    page.get_by_role("link", name="Start a request").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("radio", name="A person who needs help").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    expect(page.get_by_role("main")).to_contain_text("Nothing is stored on this page.")
    assert page.context.cookies() == []


def test_what_is_missing_is_told_at_the_end_and_mended_where_it_was_left_out(browse):
    page = browse("/")
    begin(page, email="mends@example.gov")
    open_section(page, "Check and send")
    save(page, button="Send the request")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Tell us what problem you want to solve").click()
    expect(page.get_by_label("What problem do you want to solve?")).to_be_in_viewport()
    page.get_by_label("What problem do you want to solve?").fill("Jail is where people end.")
    save(page, button="Save and return to your answers")
    expect(heading(page)).to_have_text("Check your answers")
    expect(page.get_by_role("main")).to_contain_text("Jail is where people end.")
    save(page, button="Send the request")
    expect(page.get_by_role("alert")).not_to_contain_text("Tell us what problem")


def test_a_wrong_answer_is_told_beside_its_field_and_kept(browse):
    page = browse("/assistance/ask/", javascript=False)
    page.get_by_role("textbox", name="Your name", exact=True).fill("Dana Ruiz")
    page.get_by_role("textbox", name="E-mail address", exact=True).fill("dana at example")
    save(page)
    field = page.get_by_role("textbox", name="E-mail address", exact=True)
    expect(field).to_have_value("dana at example")
    expect(field).to_have_accessible_description(re.compile("name@example.gov"))
    expect(page.get_by_role("textbox", name="Your name", exact=True)).to_have_value("Dana Ruiz")
    assert page.title().startswith("Error:")


def test_a_section_is_filled_and_left_by_the_keyboard_alone(browse):
    page = browse("/")
    go_to_the_form(page)
    page.get_by_role("textbox", name="Your name", exact=True).focus()
    page.keyboard.type("Dana Ruiz")
    page.keyboard.press("Tab")
    page.keyboard.type("Analyst")
    page.keyboard.press("Tab")
    page.keyboard.type("County")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("keys@example.gov")
    page.wait_for_timeout(2_500)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Your request for help")
    link = page.get_by_role("main").get_by_role("link", name="State and kind of place", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("State and kind of place")


def test_a_double_click_two_tabs_and_the_back_button_send_one_request_with_one_receipt(browse, site):
    page = browse("/")
    begin(page, email="twice@example.gov")
    open_section(page, "State and kind of place")
    say_where(page, place="Harding County")
    say_how_far(page)
    say_the_problem(page)
    say_what_is_wanted(page)
    say_when_and_what_money(page)
    open_section(page, "Check and send")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_role("button", name="Send the request").dblclick()
    reference = reference_on(page)
    page.go_back()
    page.reload()
    assert reference_on(page) == reference
    save(other, button="Send the request")
    assert reference_on(other) == reference
    assert reference in letter_to(site, "twice@example.gov", "We have your request")
    queue = browse.as_staff("manager", "/admin/assistance/request/?stands=all&q=Harding County")
    expect(queue.get_by_role("link", name=reference)).to_have_count(1)


def test_the_receipt_has_the_answers_and_its_link_leads_to_a_withdrawal_that_can_be_taken_back(browse, site):
    reference = ask_for_help(browse("/"), email="receipt@example.gov", place="Union County")
    receipt = letter_to(site, "receipt@example.gov", "We have your request")
    for words in (reference, "Jail is where people end — every week. 😕", "Union County", "Our own budget"):
        assert words in receipt
    page = browse(link_in(receipt), javascript=False)
    expect_standing(page, "Received", "It is our turn")
    page.get_by_role("link", name="Withdraw the request").click()
    save(page, button="Yes, withdraw it")
    expect_standing(page, "Withdrawn", "Nobody has to act")
    letter_to(site, "receipt@example.gov", "is withdrawn")
    page.get_by_role("main").get_by_role("link", name=re.compile("up again")).click()
    page.get_by_role("main").get_by_role("button").first.click()
    expect_standing(page, "Received", "It is our turn")


def test_a_lost_link_is_mailed_again_and_one_in_the_wrong_hands_is_replaced(browse, site):
    page = browse("/")
    begin(page, email="lost@example.gov")
    first = link_in(letter_to(site, "lost@example.gov", "Your private link"))
    page.goto("/assistance/")
    page.get_by_role("link", name="I have lost my link").click()
    page.get_by_label("E-mail address").fill("lost@example.gov")
    page.get_by_role("main").get_by_role("button").click()
    assert [link_in(one) for one in letters_to(site, "lost@example.gov", "Your private link")][-1] == first
    page.goto(first)
    page.get_by_role("link", name="Go on with the request").click()
    page.get_by_role("link", name=re.compile("The wrong person has it")).click()
    page.get_by_role("main").get_by_role("button").click()
    assert page.goto(first).status == 404
    newest = link_in(letters_to(site, "lost@example.gov", "Your private link")[-1])
    assert newest != first and page.goto(newest).status == 200
