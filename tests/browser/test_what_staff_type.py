"""The editor of rich text and the focal point, with a script and without; the policy stays strict."""

from playwright.sync_api import expect

from tests.browser.looks import Watch

NEWS = "/admin/content/newsitem/add/"


def open_watched(browse, site, path: str, **window):
    page = browse.as_staff("editor", "/admin/", **window)
    watch = Watch(page, site.url)
    page.goto(path)
    return page, watch


def test_rich_text_is_written_with_buttons_and_breaks_no_policy(browse, site):
    page, watch = open_watched(browse, site, NEWS)
    page.get_by_role("textbox", name="Text").click()
    page.keyboard.type("See the form")
    page.keyboard.press("Shift+Home")
    page.get_by_role("button", name="insert link").click()
    page.get_by_label("Address: /contact/").fill("/contact/")
    page.get_by_role("button", name="Set the link").click()
    expect(page.locator("#id_body")).to_have_value('<p><a href="/contact/">See the form</a></p>')
    assert watch.heard() == []


def test_a_section_that_is_added_has_an_editor_of_its_own(browse, site):
    page, watch = open_watched(browse, site, "/admin/content/page/add/")
    page.get_by_role("button", name="Add another Section").or_(
        page.get_by_text("Add another Section")
    ).first.click()
    expect(page.get_by_role("textbox", name="Text")).to_have_count(1)
    assert watch.heard() == []


def test_without_a_script_rich_text_is_typed_as_html(browse, site):
    page = browse.as_staff("editor", NEWS, javascript=False)
    page.locator("#id_title").fill("Typed plainly")
    page.locator("#id_slug").fill("typed-plainly")
    page.get_by_label("Summary").fill("One sentence.")
    page.locator("#id_body").fill("<p>Typed by hand</p><script>alert(1)</script>")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("is saved as a draft")).to_be_visible()
    expect(page.locator("#id_body")).to_have_value("<p>Typed by hand</p>")


def test_a_click_on_the_picture_moves_its_point(browse, site):
    page, watch = open_watched(browse, site, "/admin/content/picture/")
    page.locator("#result_list th a").last.click()
    image = page.locator("[data-focal] img")
    box = image.bounding_box()
    image.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    expect(page.locator("#id_focal_x")).to_have_value("0.25")
    expect(page.locator("[data-focal] line").first).to_have_attribute("x1", "0.25")
    assert watch.heard() == []
