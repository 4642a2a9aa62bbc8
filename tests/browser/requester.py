"""What an analyst of a county does to ask for help, as steps that journeys put together."""

import re

from playwright.sync_api import Page, expect

NEXT = "Save and continue"
LIST = "Your request for help"


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def save(page: Page, *, button: str = NEXT) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def wait_as_a_reader(page: Page) -> None:
    """Nobody fills a form in less than three seconds; who does is taken for a machine."""
    page.wait_for_timeout(3_100)


def go_to_the_form(page: Page) -> None:
    """From the page that explains it, through the door for governments."""
    page.goto("/assistance/")
    page.get_by_role("link", name="Start a request").click()
    page.get_by_role("radio", name="Government").check()
    page.get_by_role("button", name="Continue").click()
    expect(heading(page)).to_have_text("You and your agency")


def say_who(page: Page, *, email: str, name: str = "Dana Ruiz") -> None:
    page.get_by_role("textbox", name="Your name", exact=True).fill(name)
    page.get_by_label("Your role or title").fill("Justice analyst")
    page.get_by_label("Your agency or organization").fill("County Health Department")
    page.get_by_label("Health, behavioral health or human services").check()
    page.get_by_role("textbox", name="E-mail address", exact=True).fill(email)


def begin(page: Page, *, email: str = "dana@example.gov", name: str = "Dana Ruiz") -> None:
    """The first page, filled and saved; afterwards one stands before the list of sections."""
    go_to_the_form(page)
    say_who(page, email=email, name=name)
    wait_as_a_reader(page)
    save(page)
    expect(heading(page)).to_have_text(LIST)


def open_section(page: Page, title: str) -> None:
    """From the list of sections."""
    page.get_by_role("main").get_by_role("link", name=title, exact=True).click()


def say_where(page: Page, *, place: str = "Mora County") -> None:
    """Two pages; the second is asked by what the first says."""
    expect(heading(page)).to_have_text("State and kind of place")
    page.get_by_label("County or parish").check()
    page.get_by_role("combobox", name="State or territory").select_option(label="New Mexico")
    save(page)
    expect(heading(page)).to_have_text("Your place")
    page.get_by_role("combobox", name="Name of the place").fill(place)
    save(page)


def say_how_far(page: Page) -> None:
    expect(heading(page)).to_have_text("Where you stand")
    page.get_by_label("Exploring: we want to know whether LEAD fits").check()
    save(page)


def say_the_problem(page: Page, words: str = "Jail is where people end — every week. 😕") -> None:
    expect(heading(page)).to_have_text("The problem")
    page.get_by_label("What problem do you want to solve?").fill(words)
    save(page)


def say_what_is_wanted(page: Page) -> None:
    expect(heading(page)).to_have_text("The help you want")
    page.get_by_label("Advice on design, governance and getting started").check()
    save(page)


def say_when_and_what_money(page: Page) -> None:
    expect(heading(page)).to_have_text("Timing and money")
    page.get_by_label("Within six months").check()
    page.get_by_label("Our own budget").check()
    page.get_by_role("group", name="federal").get_by_label("No", exact=True).check()
    save(page)
    expect(heading(page)).to_have_text(LIST)


def send(page: Page) -> str:
    """From the list of sections to the page of thanks; gives the reference."""
    open_section(page, "Check and send")
    save(page, button="Send the request")
    return reference_on(page)


def ask_for_help(page: Page, *, place: str = "Mora County", **first) -> str:
    """From the start page to the page of thanks; gives the reference."""
    begin(page, **first)
    open_section(page, "State and kind of place")
    say_where(page, place=place)
    say_how_far(page)
    say_the_problem(page)
    say_what_is_wanted(page)
    say_when_and_what_money(page)
    return send(page)


def reference_on(page: Page) -> str:
    expect(heading(page)).to_have_text("Your request has been sent")
    return re.search(r"TA-[0-9A-Z-]+", page.get_by_role("main").inner_text()).group()


def hand_over(page: Page, section: str, *, to: str, name: str = "Lee Ortiz") -> None:
    """From the list of sections, and back to it."""
    page.get_by_role("link", name=f"Hand over “{section}”").click()
    page.get_by_label("Your colleague’s name").fill(name)
    page.get_by_label("Their e-mail address").fill(to)
    save(page, button="Mail them the link")
    expect(page.get_by_role("status")).to_contain_text(to)
    page.get_by_role("link", name="All sections").click()


def ask_for_support(page: Page, *, of: str) -> None:
    """From the list of sections, and back to it."""
    open_section(page, "Support from leaders")
    page.get_by_label("Police chief or sheriff").check()
    page.get_by_label("Their name").fill("Chris Vigil")
    page.get_by_label("Their title").fill("Sheriff")
    page.get_by_label("Their e-mail address").fill(of)
    save(page, button="Ask for their support")
    expect(page.get_by_role("status")).to_contain_text("We have written to them")
    page.get_by_role("link", name="Back to the list of sections").click()


def bring_a_file(page: Page) -> None:
    """From the list of sections, and back to it."""
    open_section(page, "Files")
    page.get_by_label("Choose a file").set_input_files(
        {"name": "Jail stays.csv", "mimeType": "text/csv", "buffer": b"year,stays\n2025,412\n"}
    )
    save(page, button="Add this file")
    expect(page.get_by_role("link", name="Jail stays.csv")).to_be_visible()
    page.get_by_role("link", name="Go on with your request").click()


def expect_standing(page: Page, title: str, turn: str) -> None:
    """The banner of the request's own page, read anew."""
    page.reload()
    banner = page.get_by_role("region", name=turn)
    expect(banner).to_contain_text(title)
