"""An editor brings a picture, writes a news item with it, looks at it, publishes it, and edits the home page."""

import io

from PIL import Image
from playwright.sync_api import Page, expect

ALT = "Two people talk on a bench by the river"
PUBLISH = "Publish now: visitors see it at once"
PREVIEW = "Preview in a new tab: nothing is saved"


def a_photograph() -> dict:
    """A JPEG as a browser uploads it."""
    data = io.BytesIO()
    Image.linear_gradient("L").resize((800, 600)).convert("RGB").save(data, "JPEG")
    return {"name": "DSC 0001.JPG", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def upload_picture(page: Page, *, title: str = "Bench by the river") -> None:
    page.goto("/admin/content/picture/add/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Picture file").set_input_files(a_photograph())
    page.get_by_label("Alternative text").fill(ALT)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def write_news(page: Page, *, title: str, picture: str = "") -> str:
    """Fills the form of a news item; gives the address that it will have."""
    page.goto("/admin/content/newsitem/add/")
    page.get_by_label("Title:", exact=True).press_sequentially(title)
    page.get_by_label("Summary").fill("A short account of the day.")
    editor = page.get_by_role("textbox", name="Text:", exact=True)
    editor.click()
    page.keyboard.type("We met in ")
    page.keyboard.press("Control+b")
    page.keyboard.type("Santa Fe")
    page.keyboard.press("Control+b")
    page.keyboard.type(" and talked.")
    if picture:
        page.locator("#id_picture").select_option(label=picture)
    return f"/news/{page.get_by_label('End of the address').input_value()}/"


def test_a_picture_without_words_is_not_taken(browse):
    page = browse.as_staff("editor", "/admin/content/picture/add/")
    page.get_by_label("Title").fill("No words")
    page.get_by_label("Picture file").set_input_files(a_photograph())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Write what a person who cannot see the picture needs to know")).to_be_visible()


def test_a_file_that_lies_about_its_type_is_refused_with_what_to_do(browse):
    page = browse.as_staff("editor", "/admin/content/picture/add/")
    page.get_by_label("Title").fill("A lie")
    page.get_by_label("Alternative text").fill(ALT)
    lie = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<svg onload='alert(1)'></svg>"}
    page.get_by_label("Picture file").set_input_files(lie)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This is an SVG drawing")).to_be_visible()
    expect(page.get_by_label("Alternative text")).to_have_value(ALT)


def test_a_news_item_is_written_previewed_and_published_with_its_picture(browse):
    page = browse.as_staff("editor")
    upload_picture(page)
    address = write_news(page, title="A day on the bench", picture="Bench by the river")
    with page.expect_popup() as opened:
        page.get_by_role("button", name=PREVIEW).click()
    preview = opened.value
    expect(preview.get_by_role("heading", level=1)).to_have_text("A day on the bench")
    expect(preview.get_by_role("complementary", name="Preview")).to_be_visible()
    expect(preview.get_by_role("img", name=ALT)).to_be_visible()
    visitor = browse(address)
    expect(visitor.get_by_role("heading", name="A day on the bench")).to_have_count(0)
    assert visitor.goto(address).status == 404
    page.get_by_role("button", name=PUBLISH).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Visitors see it now")
    assert visitor.goto(address).status == 200
    expect(visitor.locator("strong", has_text="Santa Fe")).to_be_visible()
    shown = visitor.get_by_role("img", name=ALT)
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    visitor.goto("/news/")
    expect(visitor.get_by_role("link", name="A day on the bench")).to_be_visible()


def test_a_draft_stays_out_of_sight_until_it_is_published(browse):
    page = browse.as_staff("editor")
    address = write_news(page, title="Not for visitors yet")
    page.get_by_role("button", name="Save as a draft: visitors will not see it").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Visitors do not see it")
    assert browse("/").goto(address).status == 404


def test_a_word_of_the_home_page_is_changed_and_seen_at_once(browse):
    word = "calm <b>help</b> & care 🌱"
    page = browse.as_staff("editor", "/admin/content/page/")
    page.get_by_role("row").filter(has=page.get_by_role("cell", name="/", exact=True)).get_by_role(
        "link"
    ).click()
    page.get_by_label("Title:", exact=True).fill(f"We offer {word}")
    page.get_by_role("button", name="Save: visitors see the change at once").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(browse("/").get_by_role("heading", level=1)).to_have_text(f"We offer {word}")


def test_a_wording_is_found_by_its_words_and_changed(browse):
    page = browse.as_staff("editor", "/admin/content/wording/?q=See+where+LEAD+is")
    page.locator("#result_list tbody tr").first.get_by_role("link").first.click()
    page.get_by_role("textbox").first.fill("See all places of LEAD")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(browse("/").get_by_role("link", name="See all places of LEAD")).to_be_visible()
