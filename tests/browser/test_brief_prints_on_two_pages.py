"""A brief printed by Chromium is two Letter pages, whatever stands in it, and both are well filled."""

import re
import subprocess
import sys

import pytest

from tests.browser.server import ROOT, environment

PAGE = re.compile(rb"/Type\s*/Page\b")
LETTER = re.compile(rb"/MediaBox\s*\[\s*0 0 (\d+)[.\d]* (\d+)[.\d]*\s*\]")
# How much of its height each sheet fills with its blocks, in print.
FILLED = """() => [...document.querySelectorAll(".brief__sheet")].map((sheet) => {
  const high = (e) => e.getBoundingClientRect().height;
  return [...sheet.children].reduce((sum, block) => sum + high(block), 0) / high(sheet);
})"""
# The longest texts that the fields take, or long enough that each is cut.
LONG = """
from leadbureau.content.models import BureauDetails, Claim
from sites.jurisdictions.models import Jurisdiction, State, StateMeasure
words = "Unquestionably extraordinary collaboration between neighboring communities and departments, "
def long(most): return (words * 12)[:most].strip()
for place in Jurisdiction.objects.filter(state__usps="MD"):
    for name, most in dict(name=160, locality=160, county=300, lead_agency=250, public_contact=300).items():
        setattr(place, name, long(most - 6))
    place.local_partners = place.offers = place.summary = long(900)
    place.name = f"{place.pk} {place.name}"
    place.save()
State.objects.filter(usps="MD").update(summary=long(900))
state = State.objects.get(usps="MD")
for number in range(9):
    StateMeasure.objects.create(
        state=state, kind="law", title=long(190), date_label=long(70), year=2020, body=long(900),
        source_title="x", source_url="https://example.org/",
    )
for place in Jurisdiction.objects.filter(state__usps="MD")[:1]:
    place.slug = "a" * 100
    place.save()
"""
LONG_CLAIMS = """
from leadbureau.content.models import BureauDetails, Claim
words = "Unquestionably extraordinary collaboration between neighboring communities and departments, "
def long(most): return (words * 12)[:most].strip()
Claim.objects.update(
    sentence=long(900), measure=long(190), compared_with=long(240), people=long(190), does_not_show=long(990)
)
BureauDetails.objects.update(
    name=long(110), phone="+1 (206) 555-0100, extension 12345", email="a.rather.long.address@subdomain.example.org",
    address="Bureau of everything\\n12345 Extraordinary Avenue North, Suite 1234\\nSeattle, Washington 98101",
)
"""


def change(site, code: str) -> None:
    """Runs code of staff's making in the site's database; waits for it."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    subprocess.run(command, cwd=ROOT, env=environment(site.folder), check=True)


def printed(page) -> tuple[int, set[tuple[int, int]]]:
    """How many pages its PDF has, and their sizes in points."""
    pdf = page.pdf(prefer_css_page_size=True)
    sizes = {(int(wide), int(high)) for wide, high in LETTER.findall(pdf)}
    return len(PAGE.findall(pdf)), sizes


def assert_two_letter_pages(page, least: float = 0.0) -> None:
    assert printed(page) == (2, {(612, 792)}), page.url
    if least:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 697, "height": 950})  # Letter less its margins
        assert min(page.evaluate(FILLED)) > least, page.url
        page.emulate_media(media="null")


STATES = ["wa", "nc", "ny", "md", "nm", "ca", "gu", "dc", "ak", "nd"]
PLACES = ["nm/santa-fe", "wa/seattle-king-county", "ny/albany", "nc/fayetteville", "hi/honolulu"]


@pytest.mark.parametrize("path", [*STATES, *PLACES])
def test_a_brief_is_two_letter_pages_both_well_filled(browse, path):
    assert_two_letter_pages(browse(f"/sites/{path}/brief/"), least=0.55)


def test_every_brief_of_a_state_is_two_pages(browse):
    page = browse("/sites/")
    states = set(re.findall(r'href="/sites/([a-z]{2})/"', page.content()))
    assert len(states) == 56
    for state in sorted(states):
        page.goto(f"/sites/{state}/brief/")
        assert_two_letter_pages(page)


def test_a_brief_of_an_early_day_is_two_pages(browse):
    for path in ("wa", "nm/santa-fe"):
        assert_two_letter_pages(browse(f"/sites/{path}/brief/?on=2012-01-01"))


def test_long_texts_are_cut_before_they_take_a_third_page(browse, site):
    change(site, LONG)
    page = browse("/sites/md/")
    places = set(re.findall(r'href="(/sites/md/[a-z0-9-]+/)"', page.content())) - {"/sites/md/brief/"}
    assert len(places) > 3
    for path in ["/sites/md/", "/sites/va/", *sorted(places)]:
        page.goto(f"{path}brief/")
        assert_two_letter_pages(page)
    change(site, LONG_CLAIMS)
    for path in ["/sites/md/", "/sites/wy/", *sorted(places), "/sites/ny/"]:
        page.goto(f"{path}brief/")
        assert_two_letter_pages(page)


def test_the_printed_sheets_need_no_ground_and_no_color(browse):
    page = browse("/sites/nm/santa-fe/brief/")
    page.emulate_media(media="print")
    colors = page.evaluate(
        """() => [...document.querySelectorAll(".brief *")]
          .flatMap((e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])
          .filter((color, place, all) => all.indexOf(color) === place).sort()"""
    )
    assert set(colors) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


def test_the_button_prints(browse):
    page = browse("/sites/nm/brief/")
    page.evaluate("() => { window.asked = 0; window.print = () => window.asked++; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("() => window.asked") == 1


def test_without_javascript_there_is_no_button_that_does_nothing(browse):
    page = browse("/sites/nm/brief/", javascript=False)
    assert not page.get_by_role("button", name="Print").is_visible()
    assert page.get_by_text("Two pages on Letter paper").is_visible()
