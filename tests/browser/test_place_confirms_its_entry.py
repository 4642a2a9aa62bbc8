"""A place gets the yearly letter, confirms its entry, then changes it; staff decide; readers see it."""

import re

import pytest
from playwright.sync_api import Page, expect

ENTRY = "/sites/nm/rio-arriba-county/"


def fill_contact(page: Page, email: str) -> None:
    contact = page.get_by_role("region", name=re.compile("private contact", re.IGNORECASE))
    fields = contact if contact.count() else page.locator("#private_contact-group")
    fields.get_by_label("Name").first.fill("Dana Ruiz")
    fields.get_by_label("E-mail").first.fill(email)
    page.get_by_role("button", name="Save and continue editing").click()


def send_letter(browse, place: str, email: str) -> None:
    """Staff enter whom to write to, and send the letter that else leaves by itself."""
    page = browse.as_staff("manager", f"/admin/jurisdictions/jurisdiction/?q={place}")
    page.locator("#result_list").get_by_role("link", name=re.compile(place)).first.click()
    fill_contact(page, email)
    page.get_by_role("link", name="Send the yearly letter now").click()
    page.get_by_role("button", name="Send the yearly letter now").click()
    expect(page.get_by_text("is on its way")).to_be_visible()


def link_in(letters: list[str], email: str) -> str:
    """The path of the private link in the last letter to an address."""
    last = [letter for letter in letters if letter.startswith(f"To: {email}")][-1]
    return re.search(r"/sites/confirm/[\w-]{43}/", last).group()


def sign(page: Page, name: str = "Dana Ruiz") -> None:
    page.get_by_label(re.compile("^I speak for")).check()
    page.get_by_label("Your name").fill(name)


@pytest.fixture(scope="module")
def link(_windows, site) -> str:
    send_letter(_windows, "Rio Arriba", "dana@example.gov")
    return link_in(site.deliver_letters(), "dana@example.gov")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_link_leads_to_one_press_and_readers_see_the_confirmation(browse, link, javascript):
    page = browse(link, javascript=javascript, width=320)
    page.get_by_role("button", name="Everything is still correct").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick this box")
    sign(page)
    page.get_by_role("button", name="Everything is still correct").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: the entry is confirmed")
    page.get_by_role("link", name="See the public page").click()
    expect(page.get_by_role("main")).to_contain_text("Confirmed by the jurisdiction")


def test_the_whole_way_is_walked_by_keyboard(browse, link):
    page = browse(link)
    page.get_by_label(re.compile("^I speak for")).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Dana Ruiz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: the entry is confirmed")


def test_a_slip_keeps_all_that_was_typed_and_leads_to_its_field(browse, link):
    page = browse(link)
    page.get_by_role("link", name="Change something").click()
    page.get_by_label("Local partners").fill("Rio Arriba Sheriff's Office")
    page.get_by_label("Website").fill("nowhere at all")
    sign(page)
    page.get_by_role("button", name="Send the changes").click()
    page.get_by_role("alert").get_by_role("link", name=re.compile("not the address of a page")).click()
    expect(page.get_by_label("Website")).to_be_focused()
    expect(page.get_by_label("Website")).to_have_value("nowhere at all")
    expect(page.get_by_label("Local partners")).to_have_value("Rio Arriba Sheriff's Office")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_changes_are_decided_field_by_field_and_readers_see_what_was_accepted(browse, site, link, javascript):
    agency, partner = f"Health Department {javascript}", f"Sheriff {javascript}"
    page = browse(link, javascript=javascript)
    page.get_by_role("link", name="Change something").click()
    page.get_by_label("Agency in charge").fill(agency)
    page.get_by_label("Local partners").fill(partner)
    sign(page)
    page.get_by_role("button", name="Send the changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your changes have arrived")
    number = re.search(r"CR-[0-9A-Z-]+", page.get_by_role("main").inner_text()).group()

    receipts = [one for one in site.deliver_letters() if number in one and agency in one]
    assert [one.split("\n")[0] for one in receipts] == ["To: dana@example.gov"]

    staff = browse.as_staff("caseworker", f"/admin/jurisdictions/correction/?q={number}")
    staff.get_by_role("link", name="All sent together").first.click()
    rows = staff.locator(".sheet-row")
    rows.filter(has_text=agency).get_by_label("Accept").check()
    rows.filter(has_text=partner).get_by_label("Decline").check()
    staff.get_by_role("button", name="Do what is chosen").click()
    expect(rows.filter(has_text=agency)).to_contain_text("Accepted by caseworker")

    reader = browse(ENTRY)
    expect(reader.get_by_role("main")).to_contain_text(agency)
    expect(reader.get_by_role("main")).not_to_contain_text(partner)
    expect(reader.get_by_role("main")).to_contain_text("The jurisdiction said so.")
    [answer] = [one for one in site.deliver_letters() if "What came of your changes" in one and number in one]
    assert "Agency in charge: changed." in answer and "Local partners: left as it was." in answer


def test_a_revoked_link_says_how_to_get_another(browse, site):
    send_letter(browse, "LEAD Santa Fe", "sam@example.gov")
    link = link_in(site.deliver_letters(), "sam@example.gov")
    staff = browse.as_staff("caseworker", "/admin/jurisdictions/confirmationlink/?q=sam@example.gov")
    staff.locator("#result_list tbody").get_by_role("link").first.click()
    staff.get_by_role("link", name="Revoke the link").click()
    staff.get_by_role("button", name="Revoke the link").click()
    expect(staff.get_by_text("is revoked.")).to_be_visible()
    page = browse(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This private link does not work")
    expect(page.get_by_role("link", name="Ask for a new link")).to_have_attribute("href", "/contact/")
