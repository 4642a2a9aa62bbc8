"""One request from its first question to the funder's report, by all who take part in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.caseworker import accept, ask_for_more, complete, freeze_report, open_case, take_step
from tests.browser.looks import OVERFLOWING
from tests.browser.mailbox import letter_to, link_in
from tests.browser.requester import (
    ask_for_support,
    begin,
    bring_a_file,
    expect_standing,
    hand_over,
    heading,
    open_section,
    reference_on,
    save,
    say_how_far,
    say_what_is_wanted,
    say_when_and_what_money,
    say_where,
)

TOO_MUCH = "Nine bookings a year. One of them, born 3/4/1985, sleeps in the jail."
MENDED = "Nine bookings a year. One of them sleeps in the jail."


@pytest.mark.parametrize("place", ["Mora County", "Colfax County without JavaScript"])
def test_a_county_is_helped_from_its_first_question_to_the_report(browse, site, place):
    people = People(browse, site, place)
    people.analyst_begins_on_monday_and_hands_the_problem_over()
    people.prosecutor_answers_it()
    page = people.analyst_returns_and_fills_the_rest()
    people.chief_supports_it(page)
    reference = people.analyst_mends_what_points_to_a_person_and_sends(page)
    case = people.caseworker_begins_and_asks_for_more(reference)
    people.analyst_sees_the_clock_stand_and_answers(page)
    people.caseworker_accepts_and_the_analyst_reads_it_on_a_phone(case, page)
    people.caseworker_completes_it(case, page)
    people.manager_freezes_the_report_which_tells_later_what_has_changed(case)


class People:
    def __init__(self, browse, site, place: str):
        self.javascript = "without" not in place
        self.place = place.partition(" without")[0]
        self.browse, self.site = browse, site
        name = self.place.split()[0].lower()
        self.analyst, self.prosecutor, self.chief = (
            f"{who}@{name}.example.gov" for who in ("analyst", "da", "chief")
        )

    def window(self, path: str, **how):
        return self.browse(path, javascript=self.javascript, **how)

    def link_from(self, receiver: str, subject: str) -> str:
        return link_in(letter_to(self.site, receiver, subject))

    def analyst_begins_on_monday_and_hands_the_problem_over(self):
        page = self.window("/")
        begin(page, email=self.analyst)
        hand_over(page, "The problem", to=self.prosecutor)
        expect(page.get_by_role("main")).to_contain_text("With Lee Ortiz")
        page.context.close()

    def prosecutor_answers_it(self):
        page = self.window(self.link_from(self.prosecutor, "asks for your part"))
        expect(heading(page)).to_have_text("The problem")
        page.get_by_label("What problem do you want to solve?").fill(TOO_MUCH)
        save(page, button="Save")
        expect(page.get_by_role("status")).to_contain_text("Saved.")
        save(page, button="Save, I have finished")
        expect(heading(page)).to_have_text("Thank you. You have finished this section")

    def analyst_returns_and_fills_the_rest(self):
        page = self.window(self.link_from(self.analyst, "Your private link"))
        page.get_by_role("link", name="Go on with the request").click()
        expect(page.get_by_role("main")).to_contain_text("Lee Ortiz finished it on")
        open_section(page, "State and kind of place")
        say_where(page, place=self.place)
        say_how_far(page)
        expect(page.get_by_label("What problem do you want to solve?")).to_have_value(TOO_MUCH)
        save(page)
        say_what_is_wanted(page)
        say_when_and_what_money(page)
        bring_a_file(page)
        return page

    def chief_supports_it(self, page):
        ask_for_support(page, of=self.chief)
        chief = self.window(self.link_from(self.chief, "Your support is asked for"))
        expect(chief.get_by_role("main")).to_contain_text("Nine bookings a year")
        chief.get_by_label("Anything to add").fill("The sheriff's office stands behind this.")
        save(chief, button="I support this")
        expect(heading(chief)).to_have_text("You support this request")
        page.reload()
        expect(page.get_by_role("main")).to_contain_text("1 of 1 given")

    def analyst_mends_what_points_to_a_person_and_sends(self, page) -> str:
        open_section(page, "Check and send")
        save(page, button="Send the request")
        expect(page.get_by_role("alert")).to_contain_text("Not sent yet")
        expect(page.locator("mark").first).to_contain_text("3/4/1985")
        page.get_by_role("link", name="Change this answer").click()
        page.get_by_label("What problem do you want to solve?").fill(MENDED)
        save(page, button="Save and return to your answers")
        save(page, button="Send the request")
        reference = reference_on(page)
        page.get_by_role("link", name="See where it stands").click()
        expect_standing(page, "Received", "It is our turn")
        return reference

    def caseworker_begins_and_asks_for_more(self, reference: str):
        case = self.browse.as_staff("caseworker", javascript=self.javascript)
        open_case(case, reference)
        expect(case.locator("#content")).to_contain_text(MENDED)
        expect(case.locator("#content")).to_contain_text("The sheriff's office stands behind this.")
        take_step(case, "Begin the review")
        case_url = case.url
        ask_for_more(case, what="Who would lead the program?")
        case.goto(case_url)
        return case

    def analyst_sees_the_clock_stand_and_answers(self, page):
        expect_standing(page, "We asked you something", "It is your turn")
        expect(page.get_by_role("main")).to_contain_text("Our count stopped at day")
        expect(page.get_by_role("region", name="What we asked you")).to_contain_text(
            "Who would lead the program?"
        )
        letter_to(self.site, self.analyst, "We need something from you")
        page.get_by_label("Your message to the Bureau").fill("The county manager would.")
        save(page, button="Send and hand back")
        expect(page.get_by_role("status")).to_contain_text("it is our turn again")
        expect_standing(page, "Being read", "It is our turn")

    def caseworker_accepts_and_the_analyst_reads_it_on_a_phone(self, case, page):
        case.reload()
        expect(case.locator("#content")).to_contain_text("The county manager would.")
        peer = accept(case, plan="A visit in May.\nThen four calls.")
        phone = self.window(page.url, width=320)
        expect_standing(phone, "We are helping", "It is our turn")
        expect(phone.get_by_role("region", name="What we agreed to do")).to_contain_text("A visit in May.")
        expect(phone.get_by_role("main").get_by_role("link", name=peer).first).to_be_visible()
        assert not self.javascript or phone.evaluate(OVERFLOWING) == []

    def caseworker_completes_it(self, case, page):
        complete(case)
        expect_standing(page, "Completed", "Nobody has to act")
        expect(
            page.get_by_role("region", name="What has happened").get_by_role("listitem").first
        ).to_be_visible()
        assert "completed" in letter_to(self.site, self.analyst, "is completed")

    def manager_freezes_the_report_which_tells_later_what_has_changed(self, case):
        report = self.browse.as_staff("manager", javascript=self.javascript)
        freeze_report(report, title=f"For the funder of {self.place}")
        since = report.get_by_role("region", name="What has changed since", exact=True)
        expect(since).to_contain_text("Nothing:")
        frozen = report.locator(".report__chapter").all_inner_texts()
        take_step(case, "Reopen the request")
        report.reload()
        expect(since.get_by_role("table")).to_be_visible()
        assert frozen == report.locator(".report__chapter").all_inner_texts()
