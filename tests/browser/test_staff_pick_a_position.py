"""A place's position is picked on a map by mouse and by keyboard; without a script a button does it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.looks import Watch, findings

ADD = "/admin/jurisdictions/jurisdiction/add/"
PLACES = "/admin/jurisdictions/jurisdiction/"
IMPORT = f"{PLACES}import/"
NUMBER = re.compile(r"^-?\d+\.\d+$")


def open_place(browse, site, **window) -> tuple[Page, Watch]:
    page = browse.as_staff("editor", "/admin/", **window)
    watch = Watch(page, site.url)
    page.goto(f"{PLACES}?q=LEAD+Santa+Fe")
    page.get_by_role("link", name="LEAD Santa Fe", exact=True).click()
    page.wait_for_load_state("load")
    return page, watch


def the_map(page: Page):
    return page.get_by_role("application", name="Map of New Mexico")


def test_a_click_on_the_map_sets_degrees_and_offers_the_county(browse, site):
    page, watch = open_place(browse, site)
    expect(the_map(page)).to_be_visible()  # the script brings it
    the_map(page).evaluate("(map) => map.scrollIntoView()")
    box = the_map(page).bounding_box()
    the_map(page).click(position={"x": box["width"] * 0.45, "y": box["height"] * 0.8})
    expect(page.get_by_role("status").filter(has_text="County")).to_contain_text(
        re.compile(r"^32\.\d+, -10\d")
    )
    expect(page.locator("#id_latitude")).to_have_value(re.compile(r"^32\.\d+$"))
    page.get_by_role("button", name=re.compile("Set the county to")).click()
    expect(page.locator("#id_county_fips")).not_to_have_value("35049")
    assert watch.heard() == []


def test_the_arrow_keys_move_the_crosshair_and_each_step_is_told(browse, site):
    page, watch = open_place(browse, site)
    before = float(page.locator("#id_latitude").input_value())
    the_map(page).focus()
    expect(page.get_by_role("status").filter(has_text="Santa Fe County")).to_be_visible()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#id_latitude")).not_to_have_value(str(before))
    assert before - 0.6 < float(page.locator("#id_latitude").input_value()) < before
    assert watch.heard() == []


def test_the_county_gives_its_middle_at_once(browse, site):
    page, watch = open_place(browse, site)
    page.locator("#id_county_fips").fill("35039")
    page.get_by_role("button", name="Use the county’s center").click()
    expect(page.get_by_role("status").filter(has_text="Rio Arriba County")).to_be_visible()
    expect(page.locator("#id_latitude")).to_have_value(re.compile(r"^36\.\d+$"))
    assert watch.heard() == []


def test_the_map_follows_the_chosen_state(browse, site):
    page = browse.as_staff("editor", ADD)
    expect(page.get_by_text("Choose the state above; its map appears here.")).to_be_visible()
    page.get_by_role("combobox", name="State").click()
    page.get_by_role("searchbox").last.fill("Guam")
    page.get_by_role("option", name="Guam").click()
    expect(page.get_by_role("application", name="Map of Guam")).to_be_visible()


def test_without_a_script_a_button_saves_with_the_middle_of_the_county(browse, site):
    page, _ = open_place(browse, site, javascript=False)
    expect(
        page.get_by_role("img", name="Map of New Mexico; the position lies in Santa Fe County")
    ).to_be_visible()
    page.locator("#id_county_fips").fill("35049")
    page.get_by_role("button", name="Save with the county’s center as position").click()
    expect(page.get_by_text("The position is now the center of Santa Fe County.")).to_be_visible()
    expect(page.locator("#id_latitude")).to_have_value(re.compile(r"^35\.5"))


def test_the_form_with_its_map_shuts_nobody_out(browse, site):
    page, watch = open_place(browse, site)
    expect(the_map(page)).to_be_visible()
    assert watch.heard() + findings(page, widths=(1440,)) == []


def test_a_file_is_looked_at_and_brought_in(browse, site, tmp_path):
    file = tmp_path / "places.csv"
    page = browse.as_staff("editor", "/admin/")
    watch = Watch(page, site.url)
    page.goto(IMPORT)
    wrong = findings(page, widths=(768,))
    for kind, heading in (("village", "nothing can be stored"), ("county", "1 new place, 0 changed")):
        file.write_text(f"name,kind,place,state\nLuna County LEAD,{kind},Luna County,NM\n", encoding="utf-8")
        page.locator("#id_import_file").set_input_files(file)
        page.get_by_role("button", name="Look what would change").click()
        expect(page.get_by_text(heading)).to_be_visible()
        wrong += watch.heard() + findings(page, widths=(768,))
    page.get_by_role("button", name="Import: visitors see it at once").click()
    expect(page.get_by_text("Imported: 1 new place, 0 changed, 0 unchanged.")).to_be_visible()
    assert wrong == []
