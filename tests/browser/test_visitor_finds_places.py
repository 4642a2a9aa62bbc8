"""A visitor finds the places of LEAD: by map, by list, by keyboard, without JavaScript, by ZIP, in a year."""

import csv
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import axe_findings
from tests.browser.server import ROOT

SEED = ROOT / "sites" / "jurisdictions" / "seed" / "places.csv"
MOST_TABS = 150


def all_places() -> list[dict[str, str]]:
    with SEED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


NEW_MEXICO = [row["name"] for row in all_places() if row["state"] == "NM"]


def expect_places(page: Page, region: str, names: list[str]) -> None:
    """The list under a heading has these places and no others."""
    rows = page.get_by_role("region", name=region).locator(".place-row h3")
    expect(rows).to_have_text(sorted(names))


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus, as somebody without a pointer does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} times Tab did not lead to {target}.")


def state_list(page: Page) -> Locator:
    return page.get_by_role("combobox", name="State or territory")


def show(page: Page) -> None:
    page.get_by_role("button", name="Show", exact=True).first.click()


def has_focus_in_sight(page: Page) -> bool:
    return page.evaluate(
        """() => {
          const box = document.activeElement.getBoundingClientRect();
          return box.width > 1 && box.height > 1 && box.top >= 0 && box.bottom <= innerHeight + 1
            && getComputedStyle(document.activeElement).outlineStyle !== "none";
        }"""
    )


def test_a_click_on_the_map_opens_the_state_with_its_places(browse):
    page = browse("/sites/")
    state = page.get_by_role("link", name="New Mexico: 4 places")
    state.scroll_into_view_if_needed()
    box = state.bounding_box()
    # On land, beside the marks of its places.
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.6)
    expect(page.get_by_role("heading", level=1)).to_have_text("LEAD in New Mexico")
    expect_places(page, "Places in New Mexico", NEW_MEXICO)


def test_a_mark_on_the_map_opens_its_place(browse):
    page = browse("/sites/")
    page.get_by_role("link", name="Santa Fe").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("LEAD Santa Fe")
    expect(page.get_by_role("region", name="Stage", exact=True)).to_contain_text("Operating")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_filters_of_the_list_show_one_state(browse, javascript):
    page = browse("/sites/", javascript=javascript)
    page.get_by_text("More filters", exact=True).click()
    state_list(page).select_option("nm")
    show(page)
    expect_places(page, "4 places", NEW_MEXICO)
    page.get_by_text("More filters (1 in use)").click()
    page.get_by_role("combobox", name="Stage").select_option("exploring")
    show(page)
    expect_places(page, "1 place", ["Las Cruces LEAD proposal"])
    page.get_by_role("link", name="Remove: Exploring").click()
    expect_places(page, "4 places", NEW_MEXICO)


def test_each_count_beside_the_list_is_a_link_that_leaves_as_many(browse):
    page = browse("/sites/?state=wa", javascript=False)
    rural = page.get_by_role("region", name="Urban or rural").get_by_role("link", name="Rural")
    count = int(re.search(r"\d+", rural.inner_text())[0])
    rural.click()
    page.wait_for_url("**setting=rural**")
    expect(page.locator(".place-row h3")).to_have_count(count)
    page.get_by_role("link", name="Remove all").click()
    page.wait_for_url("**/sites/")


def test_without_javascript_the_map_leads_to_the_state_too(browse):
    page = browse("/", javascript=False)
    page.get_by_role("link", name="See where").first.click()
    page.get_by_role("link", name="New Mexico: 4 places").focus()
    page.keyboard.press("Enter")
    expect_places(page, "Places in New Mexico", NEW_MEXICO)


def test_the_keyboard_alone_leads_from_the_address_bar_to_the_places(browse):
    page = browse("/")
    tab_to(page, page.get_by_role("link", name="Skip to the content"))
    assert has_focus_in_sight(page)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="See where").first)
    assert has_focus_in_sight(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sites/")
    tab_to(page, page.locator("summary").filter(has_text="More filters"))
    page.keyboard.press("Enter")
    tab_to(page, state_list(page))
    page.keyboard.type("New M")
    tab_to(page, page.get_by_role("button", name="Show", exact=True).last)
    assert has_focus_in_sight(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**state=nm**")
    tab_to(page, page.locator(".finder-jump a").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="LEAD Santa Fe", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("LEAD Santa Fe")


def test_the_skip_link_is_the_first_stop_and_moves_the_focus_past_the_header(browse):
    page = browse("/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => Boolean(document.activeElement.closest('main'))")


def test_a_zip_code_puts_the_nearest_place_first(browse):
    page = browse("/sites/")
    page.get_by_label("ZIP code, city or county").fill("87501")
    show(page)
    expect(page.locator(".place-row h3").first).to_have_text("LEAD Santa Fe")
    expect(page.locator(".place-row").first).to_contain_text("mile")


@pytest.mark.parametrize(
    ("typed", "said"), [("123", "ZIP code"), ("00000", "ZIP code"), ("Xyzzyville", "Xyzzyville")]
)
def test_a_wrong_point_is_told_beside_the_field_and_keeps_what_was_typed(browse, typed, said):
    page = browse("/sites/?state=nm")
    page.get_by_label("Name, place or agency").fill("county")
    page.get_by_label("ZIP code, city or county").fill(typed)
    show(page)
    field = page.get_by_label("ZIP code, city or county")
    expect(field).to_have_value(typed)
    expect(field).to_have_accessible_description(re.compile(said))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Name, place or agency")).to_have_value("county")
    expect(page.locator("select[name=state]")).to_have_value("nm")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(field).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_name_that_several_cities_have_is_asked_back_and_leads_on(browse, javascript):
    page = browse("/sites/", javascript=javascript)
    page.get_by_label("ZIP code, city or county").fill("Santa Fe")
    show(page)
    page.get_by_role("link", name="Santa Fe, NM").click()
    expect(page.locator(".place-row h3").first).to_have_text("LEAD Santa Fe")
    expect(page.get_by_label("ZIP code, city or county")).to_have_value(re.compile("Santa Fe, NM"))


def test_far_from_every_place_the_way_leads_to_help(browse):
    page = browse("/sites/?near=99762", javascript=False)
    expect(page.get_by_text("within 100 miles")).to_be_visible()
    page.get_by_role("link", name="Ask how to start LEAD where you are").click()
    page.wait_for_url("**/assistance/**")


def test_a_year_shows_the_places_as_they_stood_then(browse):
    page = browse("/sites/?year=2017")
    then = set(page.locator(".place-row h3").all_inner_texts())
    assert "LEAD Santa Fe" in then
    assert "Bernalillo County LEAD" not in then
    expect(page.get_by_role("slider")).to_have_value("2017")
    page.get_by_role("link", name="Remove: As of the end of 2017").click()
    expect(page.get_by_role("heading", name=f"{len(all_places())} places")).to_be_visible()


def test_the_slider_of_years_works_by_keyboard_without_javascript(browse):
    page = browse("/sites/", javascript=False)
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Show year").click()
    page.wait_for_url("**year=2017**")
    assert "LEAD Santa Fe" in page.locator(".place-row h3").all_inner_texts()


def test_the_narrow_menu_opens_and_leads_on_by_keyboard(browse):
    page = browse("/", width=320)
    summary = page.locator("summary").filter(has_text="Menu")
    tab_to(page, summary)
    page.keyboard.press("Enter")
    sites = page.get_by_role("navigation", name="Main").get_by_role("link", name="Sites", exact=True)
    expect(sites).to_be_visible()
    assert not axe_findings(page)
    tab_to(page, sites)
    assert has_focus_in_sight(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sites/")
