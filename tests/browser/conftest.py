"""Chromium for journeys. A missing browser fails the run: a journey that is skipped proves nothing."""

import os
import shutil
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.conftest import load_first_content

# Playwright's own loop runs in the thread of the test; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "Chromium is not on the PATH; `make browser` installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live_site(transactional_db, live_server):
    """The running site with its first content; gives its address."""
    load_first_content()
    return live_server.url


@pytest.fixture
def browse(chromium, live_site):
    """Opens a fresh visitor's window: browse("/sites/", width=320, dark=True, javascript=False)."""
    contexts = []

    def open_window(path: str = "/", *, width: int = 1440, dark: bool = False, javascript: bool = True, **more) -> Page:
        context = chromium.new_context(
            base_url=live_site,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()


def axe_findings(page: Page) -> list[str]:
    """What axe-core says against the page as it stands: one line a finding, with the first places."""
    # Through the inspector, because the site's own policy rightly refuses foreign scripts.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("tags => axe.run(document, {runOnly: tags})", AXE_TAGS)
    return [
        f"{row['id']}: {row['help']} at " + ", ".join(str(node["target"]) for node in row["nodes"][:3])
        for row in result["violations"]
    ]
