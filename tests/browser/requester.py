"""What a county health director does to ask for help, as steps that journeys put together."""

import re

from playwright.sync_api import Page, expect

NEXT = "Save and continue"


def wait_as_a_reader(page: Page) -> None:
    """Nobody fills a form in less than three seconds; who does is taken for a machine."""
    page.wait_for_timeout(3_100)


def begin(page: Page, *, email: str = "dana@example.gov", name: str = "Dana Ruiz") -> None:
    """The first page, filled and saved."""
    page.goto("/assistance/")
    page.get_by_role("link", name="Start a request").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your role or title").fill("Health director")
    page.get_by_label("Your agency or organization").fill("Rio Arriba County Health")
    page.get_by_label("Health, behavioral health or human services").check()
    page.get_by_label("E-mail address").fill(email)
    wait_as_a_reader(page)
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your place")


def say_where(page: Page, *, place: str = "Rio Arriba County") -> None:
    page.get_by_label("County or parish").check()
    page.get_by_role("combobox", name="State or territory").select_option(label="New Mexico")
    page.get_by_label("Name of the place").fill(place)
    page.get_by_role("button", name=NEXT).click()


def say_how_far(page: Page) -> None:
    page.get_by_label("Exploring: we want to know whether LEAD fits").check()
    page.get_by_role("button", name=NEXT).click()


def say_what_is_needed(page: Page) -> None:
    page.get_by_label("What problem do you want to solve?").fill("Jail is where people end — every week. 😕")
    page.get_by_label("Advice on design, governance and getting started").check()
    page.get_by_role("button", name=NEXT).click()


def say_when_and_what_money(page: Page) -> None:
    page.get_by_label("Within six months").check()
    page.get_by_label("Our own budget").check()
    page.get_by_role("group", name="federal").get_by_label("No", exact=True).check()
    page.get_by_role("button", name=NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def ask_for_help(page: Page, **first) -> str:
    """From the start page to the page of thanks; gives the reference."""
    begin(page, **first)
    say_where(page)
    say_how_far(page)
    say_what_is_needed(page)
    say_when_and_what_money(page)
    page.get_by_role("button", name="Send the request").click()
    return reference_on(page)


def reference_on(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text("Your request has been sent")
    return re.search(r"TA-[0-9A-Z-]+", page.get_by_role("main").inner_text()).group()
