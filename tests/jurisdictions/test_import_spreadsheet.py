"""What a spreadsheet does to a file on its way: dates, zeros and separators come back as they were."""

import csv
import re
from io import StringIO

import pytest

from sites.jurisdictions.importing import read
from sites.jurisdictions.importing.dates import read_day, read_partial
from sites.jurisdictions.importing.export import staff_csv
from sites.jurisdictions.importing.gathered import gathered
from sites.jurisdictions.importing.report import Slip
from sites.jurisdictions.models import Jurisdiction
from tests.jurisdictions.factories import make_place, make_states
from tests.jurisdictions.test_import import NEW, bring, from_file, rows_of, table
from tests.jurisdictions.test_import_pages import upload

pytestmark = pytest.mark.django_db

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def as_excel_leaves_it(cell: str) -> str:
    """In the United States: dates are rewritten, and whole numbers lose the zeros at their start."""
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        year, month, number = day.groups()
        return f"{int(month)}/{int(number)}/{year}"
    if month_of := re.fullmatch(r"(\d{4})-(\d\d)", cell):
        return f"{MONTHS[int(month_of[2]) - 1]}-{month_of[1][2:]}"
    return str(int(cell)) if cell.isdecimal() else cell


def through_excel(exported: bytes, separator: str = ",") -> bytes:
    """Opened and saved as "CSV UTF-8", with nothing edited."""
    rows = csv.reader(StringIO(exported.decode("utf-8-sig"), newline=""))
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows([as_excel_leaves_it(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_all_places_come_back_from_excel_without_a_slip_or_a_change(site, separator):
    before = list(Jurisdiction.objects.order_by("pk").values())
    spoiled = through_excel(staff_csv(Jurisdiction.objects.all()), separator)
    assert re.search(rb"\d/\d+/20\d\d", spoiled) and b"-24" in spoiled
    report = from_file(spoiled)
    assert [str(slip) for slip in report.slips] == []
    assert report.in_words() == f"0 new places, 0 changed, {len(before)} unchanged"
    assert list(Jurisdiction.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-23", "2026-11-23"),
        ("11/23/2026", "2026-11-23"),
        ("1/2/26", "2026-01-02"),
        ("Mar-24", "2024-03"),
        ("Mar 2024", "2024-03"),
        ("sept. 2024", "2024-09"),
        ("December 2024", "2024-12"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written, meant):
    assert read_partial(written).iso() == meant


@pytest.mark.parametrize(
    "written",
    ["", "soon", "23/11/2026", "2/30/2026", "24-Mar", "Foo-24", "11/2026", "2026-00", "2026-1-0", "٢٠٢٤"],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=r"no date|no month|must be in|out of range"):
        read_partial(written)


def test_a_whole_day_is_needed_where_a_day_is_asked_for():
    assert read_day("5/31/2026").isoformat() == "2026-05-31"
    with pytest.raises(ValueError, match="says no day"):
        read_day("May-26")


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        ("state", "6", "06"),
        ("county", "6037", "06037"),
        ("city", "644000", "0644000"),
        ("city", "0644000", "0644000"),
        ("tribal-nation", "1234", "1234"),
        ("tribal-nation", "020", "0020"),
        ("tribal-nation", "0020R", "0020R"),
    ],
)
def test_a_census_code_gets_the_zero_back_that_its_kind_of_place_needs(kind, cell, code):
    make_states()
    report = bring({**NEW, "kind": kind, "geoid": cell})
    assert report.slips == [] and Jurisdiction.objects.get().geoid == code


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_may_be_parted_by_commas_semicolons_or_tabs(separator):
    rows = [["name", "kind", "summary"], ["A place", "city", "One, two; three"]]
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    found = read(out.getvalue().encode("utf-8-sig"))
    assert (found.headers, list(found[0])) == (rows[0], rows[1])


def test_equal_slips_of_a_column_are_told_in_one_line():
    slips = [Slip(row, "checked_on", f"“{row}. May” is no day.") for row in range(2, 81)]
    slips += [Slip(85, "checked_on", "“x” is no day."), Slip(3, "kind", "“village” is not known here.")]
    lines = [str(line) for line in gathered(slips)]
    assert lines == [
        "checked_on, rows 2–80, 85: “2. May” is no day. (So it is in row 2; the others are alike.)",
        "Row 3, kind: “village” is not known here.",
    ]


def test_many_scattered_rows_are_told_up_to_a_dozen():
    [line] = gathered(Slip(row, "kind", "Wrong.") for row in range(2, 60, 2))
    assert line.rows_in_words.endswith("22, 24, and 17 more")


def test_what_is_wrong_with_the_whole_file_names_no_row():
    [line] = gathered([Slip(0, "", "The database refuses these rows.")])
    assert (str(line), line.rows_in_words) == ("The database refuses these rows.", "")


def test_the_report_on_the_page_tells_a_slip_of_two_rows_once(admin_client):
    place = make_place(source_title="KOB")
    [row] = rows_of(staff_csv([place]))
    wrong = {**NEW, "checked_on": "soon"}
    page = upload(admin_client, {**row, **wrong}, {**wrong, "place": "Mora"}).content.decode()
    assert "<td>2–3</td><td><code>checked_on</code></td><td>“soon” is no day." in page
    assert page.count("“soon”") == 1 and "11/23/2026" in page


def test_the_first_line_decides_how_cells_are_parted():
    found = read(table({"name": "A; B; C; D", "kind": "city"}))
    assert list(found[0]) == ["A; B; C; D", "city"]
