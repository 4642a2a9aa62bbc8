"""Chromium for journeys. A missing browser fails the run: a journey that is skipped proves nothing.

The site runs beside the tests as in production (see server.py), so a test sees only what a visitor, a
member of staff or a mailbox sees. Each module has a database of its own, whose rows its tests share.
"""

import os
import shutil

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.server import Site, furnished
from tests.browser.shown import sign_in

# Playwright's loop stays in the thread of the tests; those that come after it may use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 15_000  # milliseconds


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


@pytest.fixture(scope="session")
def furnished_site(tmp_path_factory):
    """The folder of the filled database, one for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return furnished(shared / "furnished")


@pytest.fixture(scope="module")
def site(furnished_site, tmp_path_factory):
    """The running site; it must not have logged an error when its module is done."""
    running = Site(furnished_site, tmp_path_factory.mktemp("site") / "data")
    yield running
    errors = running.stop()
    assert not errors, errors


class Windows:
    """Opens windows of visitors and of staff."""

    def __init__(self, chromium: Browser, site: Site):
        self.chromium, self.site = chromium, site
        self._contexts: list[BrowserContext] = []
        self._signed_in: dict[str, dict] = {}

    def __call__(self, path: str = "/", *, width: int = 1440, javascript: bool = True, **more) -> Page:
        """A fresh visitor's window: browse("/sites/", width=320, javascript=False)."""
        context = self.chromium.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            reduced_motion="reduce",  # colours must not be on their way when they are measured
            **more,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def as_staff(self, name: str, path: str = "/admin/", **more) -> Page:
        """The window of a member of staff, who signs in by the form the first time."""
        if name not in self._signed_in:
            page = self("/admin/")
            sign_in(page, name)
            self._signed_in[name] = page.context.storage_state()
        return self(path, storage_state=self._signed_in[name], **more)

    def close(self):
        while self._contexts:
            self._contexts.pop().close()


@pytest.fixture(scope="module")
def _windows(chromium, site):
    return Windows(chromium, site)


@pytest.fixture
def browse(_windows):
    yield _windows
    _windows.close()
