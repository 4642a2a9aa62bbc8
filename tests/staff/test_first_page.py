from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from leadbureau import staff
from leadbureau.content.models import BureauDetails, Picture
from leadbureau.kit.waiting import Waiting
from tests.pictures.factories import make_picture
from tests.staff.factories import make_news, make_page, make_staff


def lines(user) -> list[tuple[int, str, str]]:
    return [(line.count, line.label, line.url) for line in staff.waiting(user)]


def test_the_one_admin_site_is_ours():
    assert isinstance(admin.site, staff.StaffSite)


def test_nothing_waits_at_first_and_the_page_says_so(client, editor):
    assert "Nothing is waiting." in client.get("/admin/").text


def test_drafts_and_what_is_about_to_appear_wait_for_an_editor(editor):
    make_page()
    make_news(slug="one")
    make_news(slug="two")
    make_news(slug="soon", publish_at=timezone.now() + timedelta(days=2))
    make_news(slug="later", publish_at=timezone.now() + timedelta(days=20))
    assert lines(editor) == [
        (1, "page in draft, not yet on the site", "/admin/content/page/?state=draft"),
        (2, "news items in draft, not yet on the site", "/admin/content/newsitem/?state=draft"),
        (1, "news item to appear within a week", "/admin/content/newsitem/?state=scheduled"),
    ]


def test_each_line_leads_to_the_rows_that_it_counts(client, editor):
    make_news(title="The one that waits")
    make_news(title="Done", slug="done", publish_at=timezone.now())
    html = client.get("/admin/content/newsitem/?state=draft").text
    assert "The one that waits" in html
    assert "Done" not in html


def test_a_picture_that_the_worker_has_not_cut_is_urgent_after_a_while(editor):
    make_picture()
    assert lines(editor) == []
    Picture.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    assert [line.urgent for line in staff.waiting(editor)] == [True]


def test_the_urgent_stands_first(editor, monkeypatch):
    calm, urgent = Waiting("calm", 1, "/"), Waiting("urgent", 1, "/", urgent=True)
    monkeypatch.setattr(
        "leadbureau.content.waiting.waiting", lambda user: [calm, urgent, Waiting("none", 0, "/")]
    )
    assert staff.waiting(editor)[0] == urgent
    assert all(line.count for line in staff.waiting(editor))


def test_a_person_without_a_group_is_told_whom_to_ask(client, db):
    client.force_login(make_staff("nobody"))
    assert "Ask a manager to put you into a group." in client.get("/admin/").text


def test_work_is_grouped_in_plain_words(client, boss):
    groups = client.get("/admin/").context["app_list"]
    assert [group["name"] for group in groups] == [name for name, _ in staff.GROUPS]


def test_the_bureaus_own_name_stands_in_the_header(client, boss):
    BureauDetails.objects.create(pk=1, short_name="The Office")
    assert "The Office, staff" in client.get("/admin/").text


def test_the_style_guide_shows_every_section_and_field_and_is_for_staff_only(client, boss, site):
    html = client.get("/admin/style-guide/").text
    assert all(
        f'id="sample-{layout}"' in html for layout in ("text", "timeline", "cards", "steps", "questions")
    )
    assert html.count('class="claim"') == 1
    assert "error-summary" in html
    client.logout()
    assert client.get("/admin/style-guide/").status_code == 302
