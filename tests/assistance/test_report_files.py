"""The report's pages and its files: who may see them, and what a spreadsheet makes of them."""

import csv
import io
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from sites.assistance.reports import files
from sites.assistance.reports.figure import Figure, Row
from tests.assistance.factories import staff
from tests.assistance.histories import a_history

pytestmark = pytest.mark.django_db
REPORT = "/admin/assistance/report/"
QUARTER = "?since=2026-01-01&until=2026-03-31"
FIGURE = Figure(
    "by_state",
    "By [state]",
    "requests",
    "What it counts.",
    (Row("NM", "New Mexico", 3), Row("x", "=SUM(A1)", 1)),
)
TIMES = Figure(
    "decision",
    "Time",
    "working days",
    "Days.",
    (Row("median", "Median", None), Row("n", "Taken from", 0, unit="requests")),
)
MONTHS = Figure("by_month", "By month", "requests", "By month.", (Row("a", "May 2026", 2, part="Open"), Row("b", "May 2026", 1, part="Closed")), note="A note.")  # fmt: skip


def may(client, *codenames: str):
    user = staff(username="reader", superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_csv_is_one_tidy_file_and_nothing_in_it_is_a_formula():
    assert rows_of(files.as_csv([FIGURE, TIMES, MONTHS])) == [
        ["figure", "category", "value", "unit", "definition"],
        ["By [state]", "New Mexico", "3", "requests", "What it counts."],
        ["By [state]", "'=SUM(A1)", "1", "requests", "What it counts."],
        ["Time", "Median", "", "working days", "Days."],
        ["Time", "Taken from", "0", "requests", "Days."],
        ["By month", "May 2026: Open", "2", "requests", "By month."],
        ["By month", "May 2026: Closed", "1", "requests", "By month."],
    ]


def test_the_workbook_has_a_sheet_a_figure_with_numbers_as_numbers():
    book = load_workbook(io.BytesIO(files.as_xlsx([FIGURE, TIMES, MONTHS], [("Period", "May\x07")])))
    assert book.sheetnames == ["About", "Definitions", "By state", "Time", "By month"]
    cells = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert cells["About"] == [["About", "This report"], ["Period", "May"]]
    assert cells["By state"] == [
        ["Category", "Value", "Unit"],
        ["New Mexico", 3, "requests"],
        ["'=SUM(A1)", 1, "requests"],
    ]
    assert cells["Time"][1:] == [["Median", None, "working days"], ["Taken from", 0, "requests"]]
    assert cells["By month"][:2] == [["Category", "Open", "Closed"], ["May 2026", 2, 1]]
    assert cells["Definitions"][1:] == [
        ["By [state]", "What it counts."],
        ["Time", "Days."],
        ["By month", "By month."],
    ]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert all(sheet.column_dimensions["A"].width >= 8 for sheet in book)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_sheets_with_titles_that_begin_alike_have_names_of_their_own():
    figures = [
        Figure(str(n), "Did the help make a difference? After", "x", "", (Row("a", "A", 1),))
        for n in range(3)
    ]
    names = load_workbook(io.BytesIO(files.as_xlsx(figures, []))).sheetnames[2:]
    assert len(set(names)) == 3 and max(len(name) for name in names) <= files.LONGEST_SHEET_NAME


def test_the_report_shows_its_figures_with_chart_table_and_meaning(client):
    a_history(("send", date(2026, 1, 5)), ("activate", date(2026, 1, 8)))
    page = may(client, "view_request").get(REPORT + QUARTER).content.decode()
    assert "<h1>Requests, 1 January 2026 to 31 March 2026</h1>" in page
    assert '<title id="chart-by_state">Chart: Requests by state</title>' in page
    assert "requests: New Mexico 1." in page.lower().replace("new mexico", "New Mexico")
    assert '<th scope="row">New Mexico</th><td>1</td>' in page
    assert "Requests received in the period by the state or territory of the place." in page
    assert "Freeze this report" not in page


def test_the_report_tells_nothing_about_people(client):
    a_history(("send", date(2026, 1, 5)), contact_name="Dana Ruiz", place="Truchas", agency="Truchas Police")
    client = may(client, "view_request")
    told = [client.get(f"{REPORT}{file}{QUARTER}").content for file in ("", "report.csv")]
    assert not any(word in page for page in told for word in (b"Ruiz", b"Truchas", b"example.gov", b"TA-"))


@pytest.mark.parametrize("page", ["", "report.csv", "report.xlsx", "freeze/"])
def test_the_report_is_for_those_who_may_see_requests(client, page):
    assert may(client).get(f"{REPORT}{page}{QUARTER}").status_code == 403
    client.logout()
    assert client.get(f"{REPORT}{page}{QUARTER}").status_code == 302


def test_files_leave_with_their_period_in_their_name_and_are_kept_by_nobody(client):
    client = may(client, "view_request")
    for file, kind in (("report.csv", "text/csv"), ("report.xlsx", "application/vnd.openxmlformats")):
        answer = client.get(f"{REPORT}{file}{QUARTER}")
        ending = file.partition(".")[2]
        name = f'attachment; filename="lead-requests-2026-01-01-to-2026-03-31.{ending}"'
        assert answer["Content-Disposition"] == name and answer["Content-Type"].startswith(kind)
        assert "no-store" in answer["Cache-Control"]


def test_days_that_cannot_be_show_the_error_beside_the_field_and_no_figures(client):
    client = may(client, "view_request")
    wrong = "?since=2026-03-31&until=2026-01-01"
    page = client.get(REPORT + wrong).content.decode()
    assert "The last day is before the first." in page and "What came in" not in page
    assert client.get(f"{REPORT}report.csv{wrong}").url == f"{REPORT}?since=2026-03-31&until=2026-01-01"


def test_the_first_page_of_staff_leads_to_the_report(client):
    assert f'href="{REPORT}"' in may(client, "view_request").get("/admin/").content.decode()
    client.logout()
    other = staff(username="other", superuser=False)
    client.force_login(other)
    assert REPORT not in client.get("/admin/").content.decode()
