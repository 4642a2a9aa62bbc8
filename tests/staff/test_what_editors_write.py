import pytest

from leadbureau.content.admin.rich_text import RichTextField
from leadbureau.content.models import BureauDetails, MenuItem, NewsItem, Page
from tests.staff.factories import make_page, news_form, page_form


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<p>Plain <strong>words</strong></p>", "<p>Plain <strong>words</strong></p>"),
        ("<p onclick='x()'>Words<script>alert(1)</script></p>", "<p>Words</p>"),
        ('<p><a href="javascript:alert(1)">link</a></p>', "<p><a>link</a></p>"),
        ('<p><a href="/contact/">link</a></p>', '<p><a href="/contact/">link</a></p>'),
        ('<p style="color:red">Words</p><img src="https://example.org/x.png">', "<p>Words</p>"),
        ("<p>Words</p><p></p><p> </p>", "<p>Words</p>"),
        ("<p></p>", ""),
        ("<p><br></p>", ""),
        ('<table><tbody><tr><th scope="col">Year</th></tr></tbody></table>',) * 2,
    ],
)
def test_rich_text_is_cleaned_as_it_comes_in(typed, stored):
    assert RichTextField(required=False).clean(typed) == stored


def test_a_text_without_words_does_not_count_as_written():
    with pytest.raises(Exception, match="required"):
        RichTextField().clean("<p></p>")


def test_what_an_editor_types_is_stored_clean(client, editor):
    client.post(
        "/admin/content/newsitem/add/", news_form(_draft="", body="<p>Hello</p><script>alert(1)</script>")
    )
    assert NewsItem.objects.get().body == "<p>Hello</p>"


def test_a_new_section_stands_where_its_number_puts_it(client, editor):
    page = make_page()
    sections = [
        {"anchor": "b", "heading": "Second", "order": 20},
        {"anchor": "a", "heading": "First", "order": 10},
    ]
    client.post(f"/admin/content/page/{page.pk}/change/", page_form(*sections, _draft=""))
    assert [section.heading for section in page.sections.all()] == ["First", "Second"]


def test_two_sections_of_a_page_cannot_have_one_name(client, editor):
    page = make_page()
    twice = page_form({"anchor": "a"}, {"anchor": "a"}, _draft="")
    assert client.post(f"/admin/content/page/{page.pk}/change/", twice).context["errors"]
    assert page.sections.count() == 0


@pytest.mark.parametrize("slug", ["Upper", "with space", "/slashes/", "a//b", "ünicode", "a" * 130])
def test_an_address_that_cannot_be_one_is_refused(client, editor, slug):
    client.post("/admin/content/page/add/", page_form(slug=slug, _publish=""))
    assert not Page.objects.exists()


@pytest.mark.parametrize(
    "address", ["sites", "//example.org/", "javascript:alert(1)", "/no-such-page/", "mailto:a@b.c"]
)
def test_a_menu_leads_somewhere(client, editor, address):
    form = {"label": "There", "address": address, "place": "header", "order": 10, "shown": "on"}
    assert client.post("/admin/content/menuitem/add/", form).context["errors"]
    assert not MenuItem.objects.exists()


@pytest.mark.parametrize("address", ["/sites/?stage=operating#list", "/a-page/", "https://www.example.org/x"])
def test_a_menu_may_lead_to_a_page_of_ours_or_elsewhere(client, editor, address):
    make_page()
    client.post(
        "/admin/content/menuitem/add/",
        {"label": "There", "address": address, "place": "header", "order": 10, "shown": "on"},
    )
    assert MenuItem.objects.get().address == address


def test_the_bureaus_details_are_one_form_and_never_deleted(client, editor):
    response = client.get("/admin/content/bureaudetails/")
    assert response.headers["Location"] == "/admin/content/bureaudetails/1/change/"
    assert BureauDetails.objects.count() == 1
    assert client.get("/admin/content/bureaudetails/add/").status_code == 403
    assert client.post("/admin/content/bureaudetails/1/delete/", {"post": "yes"}).status_code == 403


def test_a_saved_section_leads_back_to_its_page(client, editor):
    page = make_page()
    section = page.sections.create(anchor="a", heading="A")
    empty = {"items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0}
    answer = client.post(
        f"/admin/content/section/{section.pk}/change/",
        {"order": 10, "anchor": "a", "layout": "text", "heading": "B", **empty},
    )
    assert answer.url == f"/admin/content/page/{page.pk}/change/"


def test_a_page_is_found_by_a_sentence_copied_from_it(client, editor):
    page = make_page(title="About")
    page.sections.create(anchor="a", body="<p>Officers call, case managers <em>answer</em>.</p>")
    make_page(title="Other", slug="other")
    answer = client.get("/admin/content/page/", {"q": "Officers call, case managers answer."})
    assert [row.title for row in answer.context["cl"].result_list] == ["About"]


def test_only_what_visitors_see_is_offered_to_look_at_on_the_site(client, editor):
    page = make_page(slug="about")
    address = f"/admin/content/page/{page.pk}/change/"
    assert "viewsitelink" not in client.get(address).text
    page.publish()
    page.save()
    assert "viewsitelink" in client.get(address).text
