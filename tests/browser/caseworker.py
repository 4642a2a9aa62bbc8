"""What a caseworker does with a request, as steps that journeys put together."""

import re

from playwright.sync_api import Page, expect


def open_case(page: Page, reference: str) -> None:
    """From the first page of staff, through the queue."""
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("new requests? for help")).click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", name="Next step")).to_be_visible()


def open_step(page: Page, step: str) -> None:
    """Opens the page of a button of the case."""
    page.locator("#content").get_by_role("link", name=step, exact=True).first.click()


def do_step(page: Page, step: str) -> None:
    """Presses the button of such a page, which leads back to the case."""
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def take_step(page: Page, step: str, **answers: str) -> None:
    """A step with the answers to its questions, by their labels with _ for a space."""
    open_step(page, step)
    for label, words in answers.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
    do_step(page, step)


def ask_for_more(page: Page, *, what: str) -> None:
    """Its letter leaves at once: our clock stops, so they must know why."""
    open_step(page, "Ask for more")
    page.get_by_label("What you need from them").fill(what)
    expect(page.get_by_role("radio", name="After a second look")).to_have_count(0)
    do_step(page, "Ask for more")


def accept(page: Page, *, plan: str) -> str:
    """With a plan and the first place that helps as a peer; gives the peer's name."""
    open_step(page, "Accept, with a plan")
    page.get_by_label("The plan").fill(plan)
    peer = page.get_by_role("group", name="Places that help as peers").get_by_role("checkbox").first
    peer.check()
    name = peer.locator("xpath=ancestor::label[1]").inner_text().strip().rpartition(",")[0]
    do_step(page, "Accept, with a plan")
    return name


def complete(page: Page) -> None:
    open_step(page, "Complete, with what was done")
    page.get_by_role("group", name="What was done").get_by_role("checkbox").first.check()
    do_step(page, "Complete, with what was done")


def freeze_report(page: Page, *, title: str) -> None:
    """The report of this quarter."""
    page.goto("/admin/assistance/report/")
    page.get_by_role("link", name="Freeze this report…").click()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Freeze this report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
