"""What caseworkers do beside the straight way: early letters, notes, the telephone, black bars, wrong presses."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.caseworker import do_step, open_step, take_step
from tests.browser.mailbox import letter_to, letters_to, link_in
from tests.browser.requester import expect_standing, heading, save

CASE = "/admin/assistance/request/{%s_pk}/change/"
OWN = "/assistance/r/{%s}/"


@pytest.fixture
def case(browse, site):
    """Opens the case of a furnished request."""
    return lambda name, **how: browse.as_staff("caseworker", (CASE % name).format(**site.facts), **how)


@pytest.fixture
def own_page(browse, site):
    """Opens the page that the requester of it sees."""
    return lambda name, **how: browse((OWN % name).format(**site.facts), **how)


def test_a_request_waits_on_the_first_page_until_its_review_begins(case, browse):
    def waiting() -> int:
        line = browse.as_staff("caseworker").get_by_role("link", name=re.compile("new requests? for help"))
        return int(re.search(r"\d+", line.inner_text()).group())

    before = waiting()
    take_step(case("received"), "Begin the review")
    assert waiting() == before - 1


def test_a_letter_that_is_kept_for_a_second_look_reaches_nobody_before_it_is_released(case, own_page, site):
    page = case("supported")
    case_url = page.url
    open_step(page, "Accept, with a plan")
    page.get_by_label("The plan").fill("A visit in June.")
    page.get_by_role("radio", name="After a second look").check()
    do_step(page, "Accept, with a plan")
    expect(page.locator("#content")).to_contain_text("waits for a second look and has not left")
    requester = own_page("supported")
    expect_standing(requester, "We are helping", "It is our turn")
    expect(requester.get_by_role("main")).not_to_contain_text("A visit in June.")
    page.goto(case_url)
    page.get_by_role("link", name="We can help").first.click()
    take_step(page, "Release: it leaves now")
    requester.reload()
    expect(requester.get_by_role("main")).to_contain_text("A visit in June.")


def test_declining_begins_with_the_reason_and_names_a_better_door(case, own_page):
    page = case("in_review")
    open_step(page, "Decline, with a reason")
    page.get_by_role("button", name="Go on to the letter").click()
    expect(page.get_by_text("Please choose one.")).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Go on to the letter").click()
    page.get_by_label("A better door").fill("The state's agency for justice.")
    page.get_by_role("button", name="Show the letter as it will leave").click()
    expect(page.get_by_role("region", name="The letter as it will leave")).to_contain_text(
        "agency for justice"
    )
    do_step(page, "Decline, with a reason")
    requester = own_page("in_review")
    expect_standing(requester, "Not taken up", "Nobody has to act")
    expect(requester.get_by_role("main")).to_contain_text("The state's agency for justice.")


def test_a_plan_that_is_missing_is_asked_for_and_the_letter_keeps_its_words(case):
    page = case("marked")
    open_step(page, "Accept, with a plan")
    letter = page.get_by_label("Letter", exact=True)
    words = letter.input_value().replace("We can help", "We gladly help")
    letter.fill(words)
    page.get_by_role("button", name="Accept, with a plan").click()
    expect(page.get_by_text("Please mend what is marked below.")).to_be_visible()
    expect(letter).to_have_value(words)


def test_of_two_caseworkers_the_second_is_told_and_loses_no_word(browse, site):
    address = CASE % "earlier"
    first, second = (
        browse.as_staff(name, address.format(**site.facts)) for name in ("caseworker", "manager")
    )
    open_step(second, "Begin the review")
    second.get_by_label("Letter", exact=True).fill("Dear Dana, we read it today.\n\n[private link]")
    take_step(first, "Begin the review")
    second.get_by_role("button", name="Begin the review").click()
    expect(second.get_by_role("alert")).to_contain_text("caseworker has changed the request meanwhile")
    expect(second.locator("#content")).to_contain_text("Dear Dana, we read it today.")


def test_a_passage_that_is_blacked_out_is_gone_from_both_pages(case, own_page):
    page = case("marked")
    open_step(page, "Black out a passage")
    page.get_by_label("The passage to black out").fill("born 3/4/1985")
    page.get_by_label("Why").fill("It names a participant.")
    page.get_by_role("button", name="Black out a passage").click()
    page.get_by_role("checkbox").check()
    do_step(page, "Black out a passage")
    expect(page.locator("#content")).not_to_contain_text("3/4/1985")
    expect(page.locator("#content")).to_contain_text("█████")
    requester = own_page("marked")
    expect(requester.get_by_role("main")).not_to_contain_text("3/4/1985")
    expect(requester.get_by_role("main")).to_contain_text("The Bureau blacked out a passage")


def test_a_request_by_telephone_gets_its_reference_and_its_link_like_any_other(browse, site):
    page = browse.as_staff("caseworker", "/admin/assistance/request/add/")
    page.get_by_label("Your name").fill("Ana Torres")
    page.get_by_role("button", name="Enter the request as received").click()
    expect(page.get_by_text("Please mend what is marked below.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Ana Torres")
    page.locator("#id_email").fill("telephone@example.gov")
    page.get_by_label("City or town").check()
    page.locator("#id_state").select_option(label="New Mexico")
    page.locator("#id_place").fill("Clovis")
    page.get_by_role("button", name="Enter the request as received").click()
    expect(page.locator(".messagelist")).to_contain_text("Its reference to read out: TA-")
    page = browse(link_in(letter_to(site, "telephone@example.gov", "We have your request")))
    expect_standing(page, "Received", "It is our turn")


def test_the_requester_is_answered_on_the_request_and_the_mail_holds_no_word_of_it(case, own_page, site):
    take_step(case("active"), "Write to the requester", Message="We would come in May.")
    assert "in May" not in letters_to(site, "dana@example.gov", "A message for you")[-1]
    page = own_page("active")
    expect(page.get_by_role("region", name="Messages")).to_contain_text("We would come in May.")
    page.get_by_label("Your message to the Bureau").fill("May is good. His SSN is 123-45-6789.")
    save(page, button="Send")
    expect(page.locator("mark")).to_have_text(re.compile("123-45-6789"))
    page.get_by_label("Your message to the Bureau").fill("May is good.")
    save(page, button="Send")
    expect(page.get_by_role("status")).to_contain_text("Your message is with the Bureau")
    expect(case("active").locator("#content")).to_contain_text("May is good.")


def test_a_note_stays_among_staff(case, own_page):
    page = case("completed")
    take_step(page, "Add a private note", Note="Called back; ask for the sheriff.")
    expect(page.get_by_role("region", name="Private notes")).to_contain_text("Called back")
    outside = own_page("completed")
    expect(heading(outside)).to_be_visible()
    expect(outside.get_by_text("Called back")).to_have_count(0)


def test_what_seems_spam_waits_apart_and_is_let_in_when_a_person_wrote_it(case, browse, site):
    queue = browse.as_staff("caseworker", "/admin/assistance/request/?stands=quarantine")
    expect(queue.locator("#result_list tbody tr")).to_have_count(1)
    page = case("held")
    take_step(page, "Let it in: it is no spam")
    expect(page.locator("#content")).to_contain_text("It is new. Read it")


def test_an_editor_cannot_open_requests(browse, site):
    page = browse.as_staff("editor")
    expect(page.get_by_text(re.compile("requests? for help"))).to_have_count(0)
    for address in ("/admin/assistance/request/", CASE % "received"):
        answer = page.goto(address.format(**site.facts))
        assert answer.status == 403
        expect(page.get_by_text("Red River")).to_have_count(0)
