"""A place is asked by letter, changes its entry through the link, staff decide, and the public page shows it."""

import re

from playwright.sync_api import Page, expect

LINK = re.compile(r"http://\S+/sites/confirm/[\w-]+/")
ADDRESS = "entry@example.gov"
ENTRY = "/sites/nm/santa-fe/"


def send_letter(staff: Page, site) -> str:
    """Staff enter who answers for the entry and send the letter; gives the link that it brings."""
    staff.get_by_role("button", name="Add another Private contact").click()
    staff.locator("#id_private_contact-0-name").fill("Dana Ruiz")
    staff.locator("#id_private_contact-0-email").fill(ADDRESS)
    staff.get_by_role("button", name="Save and continue editing").click()
    staff.get_by_role("link", name="Send the yearly letter now").click()
    staff.get_by_role("button", name="Send the yearly letter now").click()
    expect(staff.locator(".messagelist .success")).to_be_visible()
    [letter] = [one for one in site.deliver_letters() if one.startswith(f"To: {ADDRESS}\n")]
    return LINK.search(letter).group()


def speak(page: Page, button: str) -> None:
    page.get_by_label(re.compile("^I speak for")).check()
    page.get_by_label("Your name").fill("Dana Ruiz")
    page.get_by_role("button", name=button).click()


def decide(staff: Page, fact: str, decision: str) -> None:
    staff.get_by_role("group", name=fact, exact=True).get_by_label(decision, exact=True).check()


def confirm(page: Page, browse) -> None:
    """Opening the link says nothing, nor does the button alone; with a name it confirms."""
    page.get_by_role("button", name="Everything is still correct").click()
    expect(page.get_by_text("Tick this box").first).to_be_visible()
    expect(browse(ENTRY).get_by_text("Not yet confirmed by the jurisdiction")).to_be_visible()
    speak(page, "Everything is still correct")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: the entry is confirmed")
    expect(browse(ENTRY).get_by_text("Confirmed by the jurisdiction, ")).to_be_visible()


def change(page: Page) -> None:
    page.get_by_role("link", name="Change something").click()
    page.get_by_label("Agency in charge").fill("The Life Link")
    page.get_by_label("Where", exact=True).fill("Santa Fe and Agua Fria")
    speak(page, "Send the changes")
    expect(page.get_by_role("heading", level=1)).to_contain_text("your changes have arrived")


def test_a_place_confirms_and_changes_its_entry_by_its_letter_and_staff_decide_each_field(browse, site):
    entry = "/admin/jurisdictions/jurisdiction/{place_pk}/change/".format(**site.facts)
    staff = browse.as_staff("manager", entry)
    link = send_letter(staff, site)
    confirm(browse(link, javascript=False, width=320), browse)
    change(browse(link, javascript=False))
    receipt = next(one for one in site.deliver_letters() if "We have your changes" in one)
    assert "now: The Life Link" in receipt
    staff.goto("/admin/jurisdictions/correction/?stands=waiting")
    row = staff.get_by_role("row").filter(has_text="Dana Ruiz").filter(has_text="Agua Fria")
    row.get_by_role("link", name="All sent together").click()
    decide(staff, "Agency in charge", "Accept")
    decide(staff, "Where", "Decline")
    staff.get_by_role("button", name="Do what is chosen").click()
    expect(staff.locator(".messagelist .success")).to_have_count(2)
    facts = browse(ENTRY).get_by_role("region", name="Facts")
    expect(facts).to_contain_text("The Life Link")
    expect(facts).not_to_contain_text("Agua Fria")
    assert any("Agency in charge: changed" in one for one in site.deliver_letters())
