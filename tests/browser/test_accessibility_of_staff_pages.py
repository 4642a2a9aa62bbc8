"""The screens of staff that are ours: nothing for axe or the console, in light and dark."""

import pytest

from tests.browser.looks import Watch, findings
from tests.browser.pages import STAFF


@pytest.mark.parametrize("shown", STAFF, ids=lambda shown: shown.name)
def test_a_staff_page_shuts_nobody_out(browse, site, shown):
    window = browse.as_staff("manager", "about:blank")
    watch = Watch(window, site.url, shown.then or shown.status)
    answer = window.goto(shown.path.format(**site.facts))
    if shown.act:
        shown.act(window)
    wrong = watch.heard() + findings(window, widths=(1440,))
    assert answer.status == shown.status
    assert not wrong, "\n".join(wrong)


def test_the_login_shuts_nobody_out(browse, site):
    window = browse("about:blank")
    watch = Watch(window, site.url)
    window.goto("/admin/login/?next=/admin/")
    window.get_by_role("button", name="Log in").click()
    assert not watch.heard() + findings(window)
