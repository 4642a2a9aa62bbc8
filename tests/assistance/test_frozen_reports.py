"""A frozen report never moves, and says what has changed since."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from sites.assistance.models import FrozenReport, Request
from sites.assistance.reports.figures import figures
from sites.assistance.reports.frozen import Difference, differences, freeze, other_meanings, stored
from sites.assistance.reports.period import Period
from sites.assistance.retention import bury
from tests.assistance.factories import staff, staff_member
from tests.assistance.histories import a_history, at, take

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
NOW = at(date(2026, 4, 15))
FREEZE = "/admin/assistance/report/freeze/?since=2026-01-01&until=2026-03-31"


def frozen(title="For the foundation") -> FrozenReport:
    return freeze(QUARTER, title=title, by=staff_member(), now=NOW)[0]


def changed_since(report: FrozenReport) -> list[Difference]:
    return differences(stored(report), figures(QUARTER, NOW))


def address(report: FrozenReport, page: str = "change/") -> str:
    return f"/admin/assistance/frozenreport/{report.pk}/{page}"


def one_may(client, *codenames: str):
    user = staff(username="manager", superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def test_a_frozen_report_gives_back_the_very_figures_it_was_made_of():
    a_history(("send", date(2026, 1, 5)), ("activate", date(2026, 1, 8)))
    report = frozen()
    report.refresh_from_db()
    assert stored(report) == figures(QUARTER, NOW)
    assert changed_since(report) == []


def test_what_happens_later_is_told_and_moves_nothing():
    found = a_history(("send", date(2026, 1, 5)))
    report = frozen()
    before = stored(report)
    take(found, "decline", date(2026, 3, 30), decline_reason="duplicate")
    assert stored(FrozenReport.objects.get()) == before
    told = {(one.figure, one.category): (one.then, one.now) for one in changed_since(report)}
    assert told[("Requests by month", "January 2026: Not decided yet")] == (1, 0)
    assert told[("Requests by month", "January 2026: Declined")] == (0, 1)
    assert told[("Why requests were declined", "The same place has asked already")] == (0, 1)
    assert ("Requests by state", "New Mexico") not in told


def test_it_still_tells_what_it_told_when_its_requests_are_purged():
    a_history(("send", date(2026, 1, 5)), ("decline", date(2026, 1, 8)))
    report = frozen()
    bury(Request.objects.all())
    assert [figure.value("health") for figure in stored(report) if figure.key == "by_sector"] == [1]
    told = {(one.figure, one.category): (one.then, one.now) for one in changed_since(report)}
    assert told[("Requests by kind of agency", "Not known any more (purged)")] == (None, 1)
    assert told[("Time to the decision", "Median")] == (3, None)
    assert not any(figure == "Requests by state" for figure, _ in told)


def test_what_is_open_is_not_compared_as_it_tells_of_one_day():
    report = frozen()
    a_history(("send", date(2026, 4, 14)))
    assert changed_since(report) == []


def test_a_figure_that_is_counted_otherwise_today_is_named():
    report = frozen()
    FrozenReport.objects.update(definitions={**report.definitions, "received": "Counted otherwise."})
    report.refresh_from_db()
    assert other_meanings(stored(report), figures(QUARTER, NOW)) == ["Requests received"]


def test_a_frozen_report_cannot_be_saved_again():
    report = frozen()
    report.title = "Better"
    with pytest.raises(TypeError):
        report.save()


def test_freezing_asks_first_then_keeps_the_figures_under_a_title(client):
    a_history(("send", date(2026, 1, 5)))
    client = one_may(client, "view_request", "freeze_report")
    asked = client.get(FREEZE).content.decode()
    assert "1 January 2026 to 31 March 2026 are kept as they stand now" in asked
    assert FrozenReport.objects.count() == 0
    answer = client.post(FREEZE, {"title": "For the foundation"})
    report = FrozenReport.objects.get()
    assert answer.url == address(report)
    assert (report.title, report.frozen_by.username, report.edition) == ("For the foundation", "manager", 1)
    assert LogEntry.objects.get().object_id == str(report.pk)


def test_pressing_twice_freezes_once(client):
    client = one_may(client, "view_request", "freeze_report")
    answers = [client.post(FREEZE, {"title": "For the foundation"}).url for _ in range(2)]
    assert FrozenReport.objects.count() == 1 and answers[0] == answers[1]


def test_a_report_without_a_title_is_not_frozen_and_says_why(client):
    client = one_may(client, "view_request", "freeze_report")
    page = client.post(FREEZE, {"title": " "}).content.decode()
    assert "Give the report a title." in page and FrozenReport.objects.count() == 0


def test_who_may_only_see_requests_freezes_nothing(client):
    client = one_may(client, "view_request")
    assert client.get(FREEZE).status_code == 403
    assert client.post(FREEZE, {"title": "Mine"}).status_code == 403
    assert FrozenReport.objects.count() == 0


def test_its_page_shows_the_stored_figures_and_what_has_changed(client):
    found = a_history(("send", date(2026, 1, 5)))
    report = frozen()
    take(found, "withdraw", date(2026, 1, 6))
    page = one_may(client, "view_request").get(address(report)).content.decode()
    assert "What has changed since" in page and "January 2026: Withdrawn" in page
    assert "These figures never move" in page and "Delete" not in page


def test_its_files_hold_the_stored_figures(client):
    a_history(("send", date(2026, 1, 5)))
    report = frozen()
    Request.objects.all().erase()
    client = one_may(client, "view_request")
    assert b"Requests by state,New Mexico,1,requests" in client.get(address(report, "report.csv")).content
    assert client.get(address(report, "report.xlsx")).content.startswith(b"PK")


def test_the_list_leads_to_the_report_and_lets_nobody_add_or_change(client):
    report = frozen()
    client = one_may(client, "view_request", "freeze_report", "change_frozenreport", "delete_frozenreport")
    page = client.get("/admin/assistance/frozenreport/").content.decode()
    assert "/admin/assistance/report/" in page and report.title in page
    assert client.get("/admin/assistance/frozenreport/add/").status_code == 403
    assert client.post(address(report), {"title": "Other"}).status_code == 403
    assert client.post(address(report, "delete/"), {"post": "yes"}).status_code == 403
    assert FrozenReport.objects.get().title == report.title


def test_an_older_report_without_some_of_todays_figures_is_shown_as_it_is(client):
    report = frozen()
    kept = [figure for figure in report.figures if figure["key"] not in ("promise", "by_state", "by_month")]
    unknown = {**kept[0], "key": "by_moon", "title": "Requests by moon"}
    FrozenReport.objects.update(figures=[*kept, unknown], edition=0)
    page = one_may(client, "view_request").get(address(report)).content.decode()
    assert "Requests by moon" in page and "Requests by state" not in page.split("key-numbers")[1]
    assert "The calculation has changed since: this report is of edition 0." in page


def test_others_do_not_see_frozen_reports(client):
    report = frozen()
    client = one_may(client)
    for page in (address(report), address(report, "report.csv"), "/admin/assistance/frozenreport/"):
        assert client.get(page).status_code == 403
