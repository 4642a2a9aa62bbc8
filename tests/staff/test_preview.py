import pytest
from django.contrib.admin.models import LogEntry

from leadbureau.content.models import NewsItem, Page, Section
from tests.staff.factories import make_news, make_page, make_staff, news_form, page_form

BANNER = "This is how the page will look."


def test_a_news_item_is_shown_before_it_exists(client, editor):
    response = client.post(
        "/admin/content/newsitem/add/preview/", news_form(title="Seen before", body="<p>Words</p>")
    )
    assert BANNER in response.text
    assert "<h1>Seen before</h1>" in response.text
    assert "no-store" in response["Cache-Control"]
    assert (NewsItem.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_a_change_is_shown_and_not_stored(client, editor):
    row = make_news()
    response = client.post(f"/admin/content/newsitem/{row.pk}/change/preview/", news_form(title="Changed"))
    assert "<h1>Changed</h1>" in response.text
    row.refresh_from_db()
    assert (row.title, row.publish_at) == ("A note", None)
    assert not LogEntry.objects.exists()


def test_a_page_is_shown_with_the_sections_of_its_form(client, editor):
    page = make_page()
    Section.objects.create(page=page, anchor="old", heading="An old heading")
    section = {
        "anchor": "new",
        "heading": "A new heading",
        "body": "<p>New words</p><script>alert(1)</script>",
    }
    response = client.post(f"/admin/content/page/{page.pk}/change/preview/", page_form(section))
    assert all(words in response.text for words in (BANNER, "A new heading", "An old heading", "New words"))
    assert "alert(1)" not in response.text
    assert list(page.sections.values_list("heading", flat=True)) == ["An old heading"]


def test_a_section_is_shown_on_its_page(client, editor):
    section = Section.objects.create(page=make_page(), anchor="part", heading="Before")
    sent = {"order": 10, "anchor": "part", "layout": "text", "heading": "After", "body": "", "picture": ""}
    sent |= {f"items-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    response = client.post(f"/admin/content/section/{section.pk}/change/preview/", sent)
    assert BANNER in response.text
    assert "After" in response.text
    section.refresh_from_db()
    assert section.heading == "Before"


def test_a_page_with_a_task_is_shown_with_its_task(client, editor, site):
    page = Page.objects.get(slug="sites")
    form = page_form(title="Places of ours", slug="sites")
    response = client.post(f"/admin/content/page/{page.pk}/change/preview/", form)
    assert "<h1>Places of ours</h1>" in response.text
    assert "New Mexico" in response.text


def test_errors_are_shown_in_a_form_that_saves_to_the_right_place(client, editor):
    row = make_news()
    response = client.post(f"/admin/content/newsitem/{row.pk}/change/preview/", news_form(title=""))
    assert "This field is required." in response.text
    assert f'action="/admin/content/newsitem/{row.pk}/change/"' in response.text
    assert BANNER not in response.text


def test_a_preview_that_is_loaded_again_leads_back_to_the_form(client, editor):
    response = client.get("/admin/content/newsitem/add/preview/")
    assert response.headers["Location"] == "/admin/content/newsitem/add/"


def test_a_preview_shows_no_sign_of_staff_and_sets_no_cookie(client, editor):
    response = client.post("/admin/content/newsitem/add/preview/", news_form())
    assert "Log out" not in response.text
    assert not response.cookies


@pytest.mark.parametrize("group", ["Caseworker", ""])
def test_who_may_not_write_may_not_preview(client, db, group):
    client.force_login(make_staff("reader", group=group))
    assert client.post("/admin/content/newsitem/add/preview/", news_form()).status_code == 403


def test_a_stranger_is_sent_to_the_login(client, db):
    response = client.post("/admin/content/newsitem/add/preview/", news_form())
    assert response.headers["Location"].startswith("/admin/login/")


def test_a_preview_changes_nothing_of_the_search(client, editor):
    page = make_page()
    client.post(
        f"/admin/content/page/{page.pk}/change/preview/", page_form({"anchor": "a", "heading": "Zebra"})
    )
    assert not Page.objects.filter(search_text__contains="zebra").exists()
    client.post(f"/admin/content/page/{page.pk}/change/", page_form({"anchor": "a", "heading": "Zebra"}))
    assert Page.objects.filter(search_text__contains="zebra").exists()
