"""Every kind of public page: nothing for axe, the console, the window's edge or the cookie jar.

400 % zoom of a window of 1280 pixels is a window of 320 pixels, so it is not looked at apart.
"""

import pytest

from tests.browser.looks import Watch, findings, shifts
from tests.browser.pages import PUBLIC


@pytest.fixture
def window(browse):
    page = browse("about:blank")
    page.context.clear_cookies()
    return page


@pytest.mark.parametrize("shown", PUBLIC, ids=lambda shown: shown.name)
def test_a_public_page_shuts_nobody_out(window, site, shown):
    watch = Watch(window, site.url, shown.then or shown.status)
    answer = window.goto(shown.path.format(**site.facts))
    moved = shifts(window)
    if shown.act:
        shown.act(window)
    wrong = watch.heard() + findings(window)
    wrong += [f"moves while it loads: {line}" for line in moved]
    if window.context.cookies() and not shown.has_form:
        wrong.append("a reader gets a cookie")
    assert answer.status == shown.status
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_moves_while_the_home_page_loads_and_is_read(window, site, width):
    Watch(window, site.url)
    window.set_viewport_size({"width": width, "height": 900})
    window.goto("/", wait_until="load")
    for _ in range(12):
        window.mouse.wheel(0, 600)
        window.wait_for_timeout(50)
    assert shifts(window) == []
