"""A caseworker takes a request through its stages; whoever asked reads each step on the private page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.requester import ask_for_help


def take_step(page: Page, step: str, *, letter: str = "") -> None:
    """Opens a move of the case, changes its letter when wanted, and does it."""
    page.get_by_role("link", name=step).click()
    if letter:
        page.get_by_label("Letter").fill(letter)
    page.get_by_role("button", name=step).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def expect_status(page: Page, name: str, turn: str) -> None:
    page.reload()
    standing = page.get_by_role("region", name=name)
    expect(standing).to_contain_text(turn)


def test_a_request_is_reviewed_taken_up_and_completed_and_its_page_tells_each_step(browse, site):
    requester = browse("/")
    reference = ask_for_help(requester, email="follows@example.gov")
    requester.get_by_role("link", name="See where it stands").click()
    case = browse.as_staff("caseworker")
    case.get_by_role("link", name=re.compile("new requests? for help")).click()
    case.get_by_role("link", name=reference).click()
    expect(case.locator("#content")).to_contain_text("Jail is where people end")
    take_step(case, "Begin the review")
    expect_status(requester, "Being reviewed", "The Bureau's")
    take_step(case, "Take the request up")
    expect_status(requester, "We are working on it with you", "yours")
    take_step(case, "Complete the request", letter="All sessions are held. Thank you. 🌱\n\n[private link]")
    expect_status(requester, "Completed", "Nobody's")
    requester.get_by_text(f"Your request {reference} is completed").click()
    expect(requester.get_by_text("All sessions are held. Thank you. 🌱")).to_be_visible()
    letters = [one for one in site.deliver_letters() if one.startswith("To: follows@example.gov\n")]
    assert "All sessions are held. Thank you. 🌱" in letters[-1]
    assert "/assistance/r/" in letters[-1]


def test_a_request_waits_on_the_first_page_until_its_review_begins(browse, site):
    page = browse.as_staff("caseworker")
    line = page.get_by_role("listitem").filter(has_text=re.compile("new requests? for help"))
    expect(line).to_contain_text("1")
    page.goto("/admin/assistance/request/{request_pk}/change/".format(**site.facts))
    take_step(page, "Begin the review")
    page.goto("/admin/")
    expect(page.get_by_text(re.compile("new requests? for help"))).to_have_count(0)


def test_declining_needs_a_reason_in_words_of_ones_own(browse, site):
    page = browse.as_staff(
        "caseworker", "/admin/assistance/request/{request_pk}/change/".format(**site.facts)
    )
    page.get_by_role("link", name="Decline, with a reason").click()
    page.get_by_role("button", name="Decline, with a reason").click()
    expect(page.get_by_text(re.compile("Put your own words in place of"))).to_be_visible()
    expect(page.get_by_label("Letter")).to_have_value(re.compile("Write the reason here"))


def test_a_note_stays_among_staff(browse, site):
    page = browse.as_staff(
        "caseworker", "/admin/assistance/request/{request_pk}/change/".format(**site.facts)
    )
    page.get_by_role("link", name="Add a private note").click()
    page.get_by_label("Note").fill("Called back; ask for the sheriff.")
    page.get_by_role("button", name="Add a private note").click()
    expect(page.get_by_text("Called back; ask for the sheriff.")).to_be_visible()
    outside = browse("/assistance/r/{received}/".format(**site.facts))
    expect(outside.get_by_role("heading", level=1)).to_have_text("Your request")
    expect(outside.get_by_text("Called back")).to_have_count(0)


def test_an_editor_cannot_open_requests(browse, site):
    page = browse.as_staff("editor")
    expect(page.get_by_text(re.compile("requests? for help"))).to_have_count(0)
    for address in ("/admin/assistance/request/", "/admin/assistance/request/{request_pk}/change/"):
        answer = page.goto(address.format(**site.facts))
        assert answer.status == 403
        expect(page.get_by_text("Taos")).to_have_count(0)
