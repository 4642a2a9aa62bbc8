from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from leadbureau.content.admin.publishing import MOVES, moves_for, state_of
from leadbureau.content.models import NewsItem
from tests.staff.factories import make_news, make_staff, news_form

ADD = "/admin/content/newsitem/add/"


def change(row) -> str:
    return f"/admin/content/newsitem/{row.pk}/change/"


def in_days(days: int):
    return timezone.now() + timedelta(days=days)


def buttons(html: str) -> list[str]:
    return [
        move.says.partition(":")[0].partition("{")[0] for move in MOVES if move.says.partition("{")[0] in html
    ]


def test_a_saved_draft_is_not_on_the_site(client, editor):
    response = client.post(ADD, news_form(_draft=""), follow=True)
    row = NewsItem.objects.get()
    assert row.publish_at is None
    assert "is saved as a draft. Visitors do not see it." in response.text
    assert client.get(row.get_absolute_url()).status_code == 404


def test_the_enter_key_saves_a_draft(client, editor):
    client.post(ADD, news_form())
    assert NewsItem.objects.get().publish_at is None


def test_what_is_published_now_is_seen_at_once(client, editor):
    response = client.post(ADD, news_form(_publish=""), follow=True)
    row = NewsItem.objects.get()
    assert row.is_public()
    assert "is published. Visitors see it now." in response.text
    assert f'href="{row.get_absolute_url()}"' in response.text
    assert client.get(row.get_absolute_url()).status_code == 200


def test_what_is_planned_appears_by_itself_on_its_day(client, editor):
    day = timezone.localdate() + timedelta(days=3)
    client.post(ADD, news_form(_schedule="", publish_on=day.isoformat()))
    row = NewsItem.objects.get()
    assert timezone.localtime(row.publish_at).date() == day
    assert not row.is_public()
    assert row.is_public(on=row.publish_at)


@pytest.mark.parametrize(
    ("day", "message"),
    [("", "Choose the day"), ("2020-01-01", "Choose a day to come"), ("soon", "Enter a valid date.")],
)
def test_a_plan_needs_a_day_to_come_and_keeps_what_was_typed(client, editor, day, message):
    response = client.post(ADD, news_form(_schedule="", publish_on=day, summary="Typed with care."))
    assert message in response.text
    assert "Typed with care." in response.text
    assert not NewsItem.objects.exists()


def test_taken_off_the_site_it_is_a_draft_again(client, editor):
    row = make_news(publish_at=in_days(-1))
    client.post(change(row), news_form(_take_off=""))
    row.refresh_from_db()
    assert row.publish_at is None


def test_saving_what_is_public_keeps_its_date_and_its_address(client, editor):
    row = make_news(publish_at=in_days(-1))
    client.post(change(row), news_form(_keep="", title="A better title", slug="another-address"))
    saved = NewsItem.objects.get()
    assert (saved.title, saved.slug, saved.publish_at) == ("A better title", row.slug, row.publish_at)


def test_a_button_of_a_form_that_is_out_of_date_changes_nothing(client, editor):
    row = make_news(publish_at=in_days(-1))
    response = client.post(change(row), news_form(_draft="", title="Out of date"))
    row.refresh_from_db()
    assert "Nothing was saved" in response.text
    assert (row.title, row.is_public()) == ("A note", True)


@pytest.mark.parametrize(
    ("days", "state", "names"),
    [
        (None, "draft", ["_draft", "_publish", "_schedule"]),
        (3, "scheduled", ["_keep", "_publish", "_schedule", "_take_off"]),
        (-3, "public", ["_keep", "_take_off"]),
    ],
)
def test_the_form_shows_the_buttons_of_its_state_and_no_others(client, editor, days, state, names):
    row = make_news(publish_at=None if days is None else in_days(days))
    html = client.get(change(row)).text
    assert state_of(row) == state
    assert [move.name for move in moves_for(state, may_publish=True)] == names
    assert [name for name in dict.fromkeys(move.name for move in MOVES) if f'name="{name}"' in html] == [
        name for name in dict.fromkeys(move.name for move in MOVES) if name in names
    ]
    assert row.state() in html


def test_the_enter_key_never_shows_visitors_what_they_do_not_see_yet():
    assert [moves_for(state, True)[0].name for state in ("draft", "scheduled", "public")] == [
        "_draft",
        "_keep",
        "_keep",
    ]


@pytest.fixture
def writer(db, client):
    """Somebody who may write but not publish."""
    user = make_staff("writer")
    names = ["add_newsitem", "change_newsitem", "view_newsitem"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def test_who_may_not_publish_writes_drafts(client, writer):
    html = client.get(ADD).text
    assert 'name="_draft"' in html
    assert 'name="_publish"' not in html
    assert "Nothing was saved" in client.post(ADD, news_form(_publish="")).text
    client.post(ADD, news_form(_draft=""))
    assert [row.publish_at for row in NewsItem.objects.all()] == [None]


def test_who_may_not_publish_only_reads_what_is_on_the_site(client, writer):
    row = make_news(publish_at=in_days(-1))
    assert "You may read this" in client.get(change(row)).text
    assert client.post(change(row), news_form(_keep="")).status_code == 403


def test_the_list_says_in_words_what_is_on_the_site_and_filters_by_it(client, editor):
    make_news(title="Draft one", slug="a")
    make_news(title="Public one", slug="b", publish_at=in_days(-1))
    make_news(title="Planned one", slug="c", publish_at=in_days(2))
    html = client.get("/admin/content/newsitem/").text
    assert all(
        words in html for words in ("Draft: visitors do not see it", "On the site since", "Will appear on")
    )
    planned = client.get("/admin/content/newsitem/?state=scheduled").text
    assert "Planned one" in planned
    assert "Public one" not in planned
