from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from reversion.models import Revision, Version

from leadbureau.content.models import Claim, Item, NewsItem, Page, Picture, Resource, Section, Study
from leadbureau.content.versions import differences, keep, restore, versions_of
from leadbureau.kit.word_diff import readable, word_diff
from tests.staff.factories import make_news, make_page, make_staff, news_form, page_form, section_form

YESTERDAY = timezone.now() - timedelta(days=1)


def change(row) -> str:
    return f"/admin/content/{row._meta.model_name}/{row.pk}/change/"


def history(row) -> str:
    return f"/admin/content/{row._meta.model_name}/{row.pk}/history/"


def version_page(row, version) -> str:
    return f"{history(row)}{version.pk}/"


def deeds(row) -> list[str]:
    return [version.revision.comment for version in versions_of(row)]


def restored(client, row, version):
    newest = versions_of(row).first().pk
    return client.post(version_page(row, version), {"newest": newest}, follow=True)


@pytest.fixture
def news(client, editor):
    """A news item that is on the site, and was changed once."""
    row = make_news(publish_at=YESTERDAY, body="<p>Old words stay</p>")
    client.post(change(row), news_form(_keep="", title="Another title", body="<p>New words stay</p>"))
    row.refresh_from_db()
    return row


def test_the_history_says_who_did_what(client, editor):
    client.post("/admin/content/newsitem/add/", news_form(_draft=""))
    row = NewsItem.objects.get()
    sent = news_form(title="Better") | {"initial-date": "2026-11-01"}  # as the form has it
    client.post(change(row), sent | {"_publish": ""})
    client.post(change(row), sent | {"_take_off": ""})
    said = [
        "Taken off: a draft again. No fields changed.",
        "Published. Changed Title.",
        "Saved as a draft. Added.",
    ]
    assert deeds(row) == said
    html = client.get(history(row)).text
    assert all(words in html for words in (*said, "editor"))
    assert html.index(said[0]) < html.index(said[2])


def test_what_stood_before_the_first_change_is_kept_too(client, news):
    first = versions_of(news).last()
    assert (first.field_dict["title"], first.revision.user) == ("A note", None)
    assert "before the first change" in first.revision.comment
    assert versions_of(news).count() == 2


def test_the_first_content_has_no_versions(client, editor, site):
    assert not Revision.objects.exists()
    html = client.get(history(Page.objects.get(slug="about"))).text
    assert "Nobody has changed this here yet." in html


def test_a_preview_leaves_no_version_behind(client, editor):
    row, page = make_news(), make_page()
    section = Section.objects.create(page=page, anchor="part")
    client.post(f"{change(row)}preview/", news_form(title="Only looked at"))
    client.post(f"{change(page)}preview/", page_form({"anchor": "new"}))
    client.post(f"{change(section)}preview/", section_form(section, heading="Only looked at"))
    client.post("/admin/content/newsitem/add/preview/", news_form(slug="new"))
    assert not Version.objects.exists()


def test_a_form_with_errors_leaves_no_version_behind(client, editor):
    row = make_news()
    client.post(change(row), news_form(title=""))
    assert not Version.objects.exists()


def test_a_version_beside_the_present_text_shows_the_words_that_differ(client, news):
    html = client.get(version_page(news, versions_of(news).last())).text
    assert "<del>Old</del> <ins>New</ins> words stay" in html
    assert "<del>A note</del> <ins>Another title</ins>" in html
    assert "One sentence." not in html, "What is the same in both is not shown."


def test_restoring_brings_the_words_back_as_a_new_version(client, news):
    response = restored(client, news, versions_of(news).last())
    news.refresh_from_db()
    assert (news.title, news.body) == ("A note", "<p>Old words stay</p>")
    assert "has the text of" in response.text
    assert versions_of(news).count() == 3
    newest = versions_of(news).first().revision
    assert newest.comment.startswith("Restored the version of")
    assert newest.user.username == "editor"
    assert NewsItem.objects.filter(search_text__contains=" old words").exists()


@pytest.mark.parametrize("publish_at", [None, YESTERDAY, YESTERDAY + timedelta(days=9)])
def test_restoring_never_changes_whether_visitors_see_it(client, editor, publish_at):
    row = make_news()
    keep(row, deed="A draft.")
    NewsItem.objects.filter(pk=row.pk).update(title="Later", slug="moved", publish_at=publish_at)
    row.refresh_from_db()
    version = versions_of(row).get()
    html = client.get(version_page(row, version)).text
    assert row.state() in html
    assert ("Visitors will see the restored text at once." in html) == row.is_public()
    restored(client, row, version)
    row.refresh_from_db()
    assert (row.title, row.slug, row.publish_at) == ("A note", "moved", publish_at)


def test_looking_at_a_version_changes_nothing(client, news):
    client.get(version_page(news, versions_of(news).last()))
    assert NewsItem.objects.get().title == "Another title"
    assert versions_of(news).count() == 2


def test_when_somebody_saved_meanwhile_nothing_is_restored_unseen(client, news):
    seen = versions_of(news).first().pk
    client.post(change(news), news_form(_keep="", title="By a colleague"))
    response = client.post(version_page(news, versions_of(news).last()), {"newest": seen})
    assert "Nothing was restored" in response.text
    assert "By a colleague" in response.text.replace("<ins>", "").replace("</ins>", "")
    assert NewsItem.objects.get().title == "By a colleague"


def test_the_same_text_offers_nothing_to_restore(client, news):
    html = client.get(version_page(news, versions_of(news).first())).text
    assert "are the same" in html
    assert "Restore this version" not in html


@pytest.fixture
def page(editor):
    """A page with a section that holds an entry; one version of it is kept."""
    row = make_page(publish_at=YESTERDAY)
    section = Section.objects.create(page=row, anchor="past", heading="The past", body="<p>Long ago</p>")
    Item.objects.create(section=section, label="2011", heading="Beginning")
    keep(row, deed="Kept.")
    return row


def test_saving_a_section_alone_makes_a_version_of_its_page(client, page):
    section = page.sections.get()
    client.post(change(section), section_form(section, heading="The past", body="<p>Now</p>"))
    assert versions_of(page).count() == 2
    assert deeds(page)[0] == "Section “The past”: Changed Text."
    html = client.get(version_page(page, versions_of(page).last())).text
    assert "<del>Long ago</del> <ins>Now</ins>" in html


def test_an_entry_written_in_a_section_is_in_the_version_of_its_page(client, page):
    section = page.sections.get()
    client.post(change(section), section_form(section, {"heading": "A new entry"}, heading="The past"))
    newest = versions_of(page).first()
    assert "A new entry" in [each.object_repr for each in newest.revision.version_set.all()]
    assert not differences(newest, page)


def test_the_history_of_a_section_is_that_of_its_page(client, page):
    section = page.sections.get()
    assert client.get(history(section)).headers["Location"] == history(page)


def test_a_section_that_is_deleted_comes_back_with_its_entries(client, page):
    section = page.sections.get()
    client.post(f"/admin/content/section/{section.pk}/delete/", {"post": "yes"})
    assert deeds(page)[0] == "Section “The past”: Deleted."
    version = versions_of(page).last()
    html = client.get(version_page(page, version)).text
    assert "The past › Beginning (gone since)" in html
    restored(client, page, version)
    back = page.sections.get()
    assert (back.pk, back.body, back.items.get().label) == (section.pk, "<p>Long ago</p>", "2011")
    assert Page.objects.filter(search_text__contains=" beginning").exists()


def test_a_section_written_since_goes_when_the_version_without_it_is_restored(client, page):
    Section.objects.create(page=page, anchor="new", heading="Newer", order=20)
    version = versions_of(page).get()
    assert "Newer (new since)" in client.get(version_page(page, version)).text
    restored(client, page, version)
    assert [section.heading for section in page.sections.all()] == ["The past"]


def test_sections_that_changed_their_anchors_come_back_each_with_its_own(page):
    old = page.sections.get()
    Section.objects.filter(pk=old.pk).update(anchor="moved")
    Section.objects.create(page=page, anchor="past", heading="An heir")
    restore(page, versions_of(page).get())
    assert [(row.pk, row.anchor) for row in page.sections.all()] == [(old.pk, "past")]


def test_a_picture_that_was_deleted_since_is_left_out(client, page):
    picture = Picture.objects.create(title="A street", alt="A street")
    page.sections.update(picture=picture)
    keep(page, deed="With a picture.")
    version = versions_of(page).first()
    picture.delete()
    assert "picture deleted since" in client.get(version_page(page, version)).text
    restored(client, page, version)
    assert page.sections.get().picture is None


def test_a_study_is_kept_with_its_claims(editor):
    study = Study.objects.create(title="A study", slug="s", direction="mixed", rigor="process")
    claim = Claim.objects.create(study=study, sentence="Half did.", measure="50%", on_home=True)
    keep(study, deed="Kept.")
    Claim.objects.filter(pk=claim.pk).update(on_home=False)
    Study.objects.filter(pk=study.pk).update(direction="favorable")
    study.refresh_from_db()
    found = [(row.name, *row.fields[0]) for row in differences(versions_of(study).get(), study)]
    assert found == [
        ("The study itself", "Result", "<del>Mixed</del> <ins>Favorable</ins>"),
        ("50%", "On the home page", "<del>yes</del> <ins>no</ins>"),
    ]
    restore(study, versions_of(study).get())
    assert (study.direction, study.claims.get().on_home) == ("mixed", True)


def test_a_resource_has_versions_too(client, editor):
    row = Resource.objects.create(title="Guide", slug="g", kind="guide", summary="S", url="https://e.org")
    sent = {"title": "Guide", "slug": "g", "kind": "law", "summary": "S", "url": "https://e.org", "order": 10}
    client.post(change(row), {**sent, "publisher": "", "published": "", "audience": "", "publish_on": ""})
    assert deeds(row)[0] == "Saved as a draft. Changed Kind."


def test_what_is_deleted_for_good_leaves_no_version(client, news):
    client.post(f"/admin/content/newsitem/{news.pk}/delete/", {"post": "yes"})
    assert not Version.objects.exists()
    assert not Revision.objects.exists()


def test_who_may_only_read_compares_and_restores_nothing(client, news):
    client.force_login(make_staff("reader", group="Caseworker"))
    version = versions_of(news).last()
    html = client.get(version_page(news, version)).text
    assert "<del>Old</del>" in html
    assert "Restore this version" not in html
    assert restored(client, news, version).status_code == 403
    assert NewsItem.objects.get().title == "Another title"


def test_who_may_not_publish_restores_drafts_only(client, news):
    writer = make_staff("writer")
    writer.user_permissions.set(Permission.objects.filter(codename__in=["change_newsitem", "view_newsitem"]))
    client.force_login(writer)
    version = versions_of(news).last()
    assert restored(client, news, version).status_code == 403
    NewsItem.objects.update(publish_at=None)
    assert restored(client, news, version).status_code == 200
    assert NewsItem.objects.get().title == "A note"


def test_a_stranger_sees_no_history(client, news):
    client.logout()
    version = versions_of(news).last()
    for address in (history(news), version_page(news, version)):
        assert client.get(address).headers["Location"].startswith("/admin/login/")
    client.force_login(make_staff("newcomer"))
    assert client.get(history(news)).status_code == 403


def test_a_version_of_another_row_is_not_found(client, news):
    other = make_news(slug="other")
    assert client.get(version_page(other, versions_of(news).last())).status_code == 404


def test_the_words_of_a_version_are_shown_and_never_run():
    assert word_diff("a <b>", "a <script>") == "a <del>&lt;b&gt;</del> <ins>&lt;script&gt;</ins>"


def test_rich_text_is_compared_as_lines_with_the_addresses_of_its_links():
    html = '<p>One &amp; two</p><ul><li>See <a href="/a/" rel="x">this</a></li></ul>'
    assert readable(html) == "One & two\nSee this (/a/)"


def test_a_change_of_formatting_alone_is_named(client, editor):
    row = make_news(body="<p>Words</p>")
    keep(row, deed="Kept.")
    row.body = "<p><strong>Words</strong></p>"
    row.save()
    assert "Only the formatting differs." in client.get(version_page(row, versions_of(row).get())).text


def test_the_first_content_of_a_long_page_comes_back_whole(client, boss, site):
    page = Page.objects.get(slug="about")
    before = [(part.pk, part.all_text()) for part in page.sections.all()]
    section = page.sections.filter(items__isnull=False).first()
    client.post(f"/admin/content/section/{section.pk}/delete/", {"post": "yes"})
    restored(client, page, versions_of(page).last())
    assert [(part.pk, part.all_text()) for part in page.sections.all()] == before
