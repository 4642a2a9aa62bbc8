"""What a list of pages says of each."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.furnish import PASSWORD


@dataclass(frozen=True)
class Shown:
    name: str
    path: str
    act: Callable[[Page], object] | None = None
    status: int = 200
    then: int = 0  # the status of what `act` leads to, where it is neither 200 nor `status`
    has_form: bool = False  # a form that is posted carries a cookie against forgery; a reader gets none


def press(name: str) -> Callable[[Page], None]:
    """Sends a form, and waits for the page that answers."""

    def send(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()

    return send


def sign_in(page: Page, name: str) -> None:
    """On the page that asks who one is."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press("Log in")(page)
