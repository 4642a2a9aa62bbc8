"""The map without a pointer, and with one: what Tab meets, the card beside a mark, the zoom."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import axe_findings

SANTA_FE = "LEAD Santa Fe: Operating"


def tab(page: Page, times: int = 1) -> str:
    """The name of what has the focus after so many presses of Tab."""
    for _ in range(times):
        page.keyboard.press("Tab")
    return page.evaluate(
        "() => document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
    )


def boxes(page: Page, name: str) -> tuple[dict, dict]:
    return page.get_by_role("link", name=name).bounding_box(), page.locator(".map-card").bounding_box()


def apart(one: dict, other: dict) -> bool:
    return one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]


def test_two_links_lead_past_the_map_and_past_its_states(browse):
    page = browse("/sites/")
    page.get_by_role("link", name="Skip the states").focus()
    page.keyboard.press("Enter")
    assert "Alamosa" in tab(page) or "California" in tab(page)
    page.get_by_role("link", name="Skip the map").focus()
    page.keyboard.press("Enter")
    tab(page)
    assert page.evaluate("() => Boolean(document.activeElement.closest('#places'))")


def test_tab_goes_through_the_states_and_then_through_the_places_by_state(browse):
    page = browse("/sites/")
    page.get_by_role("group", name="States").get_by_role("link").first.focus()
    states = [tab(page) for _ in range(50)]
    assert states[0].startswith("Alaska") and states[-1].startswith("Wyoming")
    places = [tab(page) for _ in range(40)]
    ends = [re.sub(r".*, ", "", place) for place in places]
    assert ends == sorted(ends) and "New Mexico" in ends


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_states_and_places_are_links_with_names_in_named_groups(browse, javascript):
    page = browse("/sites/", javascript=javascript)
    expect(page.get_by_role("group", name="States").get_by_role("link")).to_have_count(51)
    place = page.get_by_role("group", name="Places", exact=True).get_by_role("link", name=SANTA_FE)
    place.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("LEAD Santa Fe")


@pytest.mark.parametrize("name", [SANTA_FE, "New Mexico: 4 places", "Washington: "])
def test_the_card_shows_beside_the_focus_and_never_over_it_until_escape(browse, name):
    page = browse("/sites/")
    page.get_by_role("link", name=name).first.focus()
    expect(page.locator(".map-card")).to_be_visible()
    assert apart(*boxes(page, name))
    page.keyboard.press("Escape")
    expect(page.locator(".map-card")).to_be_hidden()
    expect(page.get_by_role("link", name=name).first).to_be_focused()


def test_the_pointer_may_rest_on_the_card(browse):
    page = browse("/sites/")
    page.get_by_role("link", name=SANTA_FE).hover()
    card = page.locator(".map-card")
    expect(card).to_contain_text("Santa Fe, New Mexico")
    box = card.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.wait_for_timeout(600)  # longer than the card waits for a pointer that left
    expect(card).to_contain_text("Santa Fe, New Mexico")
    page.mouse.move(2, 2)
    expect(card).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_is_seen_on_a_mark_and_on_a_state(browse, scheme, forced):
    page = browse("/sites/", color_scheme=scheme, forced_colors=forced)
    for name in (SANTA_FE, "Colorado: 4 places"):
        link = page.get_by_role("link", name=name)
        link.scroll_into_view_if_needed()
        before = link.screenshot()
        link.focus()
        page.keyboard.press("Escape")
        assert link.screenshot() != before


def test_a_state_is_enlarged_and_the_whole_country_comes_back(browse):
    page = browse("/sites/")
    place = page.get_by_role("link", name=SANTA_FE)
    small = place.bounding_box()
    page.get_by_label("Zoom to").select_option("New Mexico (4)")
    expect(page.locator("svg.map")).to_have_class(re.compile("map--zoomed"))
    state = page.get_by_role("link", name="New Mexico: 4 places").bounding_box()
    assert state["height"] > page.locator("svg.map").bounding_box()["height"] * 0.7
    assert place.bounding_box()["width"] < small["width"] * 3
    assert not axe_findings(page)
    page.get_by_label("Zoom to").select_option("The whole country")
    expect(page.locator("svg.map")).to_have_attribute("viewBox", "0 0 975 610")


def test_what_has_the_focus_is_brought_into_an_enlarged_map(browse):
    page = browse("/sites/")
    page.get_by_label("Zoom to").select_option("Maine (2)")
    page.get_by_role("link", name=SANTA_FE).focus()
    frame, mark = (
        page.locator("svg.map").bounding_box(),
        page.get_by_role("link", name=SANTA_FE).bounding_box(),
    )
    assert frame["x"] < mark["x"] < frame["x"] + frame["width"]
    assert frame["y"] < mark["y"] < frame["y"] + frame["height"]


def test_the_buttons_enlarge_and_shrink_the_map_by_keyboard(browse):
    page = browse("/sites/", width=320)
    closer = page.get_by_role("button", name="Zoom in")
    closer.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.locator("svg.map")).to_have_class(re.compile("map--zoomed"))
    page.get_by_role("button", name="Zoom out").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.locator("svg.map")).to_have_attribute("viewBox", "0 0 975 610")


def test_an_enlarged_map_is_dragged_without_following_a_link(browse):
    page = browse("/sites/")
    page.get_by_label("Zoom to").select_option("Colorado (4)")
    before = page.locator("svg.map").get_attribute("viewBox")
    page.locator("svg.map").evaluate("map => map.scrollIntoView({ block: 'center' })")
    box = page.locator("svg.map").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 120, middle[1], steps=5)
    page.mouse.up()
    assert page.locator("svg.map").get_attribute("viewBox") != before
    expect(page).to_have_url(re.compile("/sites/$"))


def test_without_javascript_there_is_no_zoom(browse):
    page = browse("/sites/", javascript=False)
    expect(page.get_by_label("Zoom to")).to_be_hidden()
    expect(page.get_by_role("link", name=SANTA_FE)).to_be_visible()


@pytest.mark.parametrize("path", ["/sites/embed/", "/sites/embed/?state=nm", "/sites/embed/?state=pr"])
@pytest.mark.parametrize("width", [300, 800])
def test_the_map_for_frames_fits_and_has_no_fault(browse, path, width):
    page = browse(path, width=width)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert not axe_findings(page)
    assert page.context.cookies() == []


def test_the_html_of_the_frame_is_copied(browse):
    page = browse("/sites/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Put this map on your site").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()").startswith("<iframe src=")
