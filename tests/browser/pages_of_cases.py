"""Every page of casework, in the states that look different."""

from playwright.sync_api import Page

from tests.browser.shown import Shown, press, sign_in

LIST = "/admin/assistance/request/"


def case(name: str, then: str = "change/") -> str:
    return f"{LIST}{{{name}_pk}}/{then}"


def lose_the_race(page: Page) -> None:
    """A caseworker begins the review while this one writes that letter."""
    other = page.context.browser.new_context().new_page()
    other.goto(page.url)
    sign_in(other, "caseworker")
    press("Begin the review")(other)
    other.context.close()
    press("Begin the review")(page)


def enter_again(page: Page) -> None:
    """A request by telephone from a place that has asked, with an address that is none."""
    page.locator("#id_contact_name").fill("Dana Ruiz")
    page.locator("#id_email").fill("dana at example")
    press("Enter the request as received")(page)


def count_the_passage(page: Page) -> None:
    page.get_by_label("The passage to black out").fill("Dana Ruiz")
    page.get_by_label("Why").fill("It names a participant.")
    press("Black out a passage")(page)


CASES = (
    Shown("requests", LIST),
    Shown("requests, filtered", f"{LIST}?stands=all&turn=bureau&help=design"),
    Shown("requests that may be spam", f"{LIST}?stands=quarantine"),
    Shown("a case that is new", case("received")),
    Shown("a case with marked passages", case("marked")),
    Shown("a case that waits for its requester", case("asked")),
    Shown("a case that is active", case("active")),
    Shown("a case that is completed", case("completed")),
    Shown("a case in quarantine", case("held")),
    Shown("a draft, for staff", case("draft")),
    Shown("as the requester sees it", case("active", "as-they-see-it/")),
    Shown("beginning the review, with the letter", case("received", "do/start-review/"), press("Show the letter as it will leave")),
    Shown("accepting, with errors", case("in_review", "do/activate/"), press("Accept, with a plan")),
    Shown("why a request is declined", case("in_review", "do/decline/")),
    Shown("declining", case("in_review", "do/decline/?reason=no_capacity")),
    Shown("completing, with errors", case("active", "do/complete/"), press("Complete, with what was done")),
    Shown("planning the next action", case("active", "do/next-action/")),
    Shown("blacking out, counted", case("earlier", "do/black-out/"), count_the_passage),
    Shown("a step that somebody else took", case("supported", "do/start-review/"), lose_the_race, then=409),
    Shown("a request by telephone", f"{LIST}add/"),
    Shown("a request by telephone, with errors", f"{LIST}add/", enter_again),
    Shown("adding a file, with errors", "/admin/assistance/attachment/for/{active_pk}/", press("Add this file")),
    Shown("deleting what is in a file", "/admin/assistance/attachment/{file_pk}/do/delete-content/"),
    Shown("tombstones", "/admin/assistance/tombstone/"),
    Shown("a report", "/admin/assistance/report/"),
    Shown("a report with errors", "/admin/assistance/report/?since=2026-05-01&until=2026-01-01"),
    Shown("freezing a report", "/admin/assistance/report/freeze/?since=2026-01-01&until=2026-06-30"),
    Shown("frozen reports", "/admin/assistance/frozenreport/"),
    Shown("a frozen report", "/admin/assistance/frozenreport/{report_pk}/change/"),
    Shown("a letter held back", "/admin/mail/letter/{held_letter_pk}/change/"),
    Shown("changing a letter's words", "/admin/mail/letter/{held_letter_pk}/do/rewrite/"),
)  # fmt: skip
