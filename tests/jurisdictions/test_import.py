"""Places from a file: what goes out comes back the same, and nothing is stored unless all rows are right."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sites.jurisdictions.importing import FileError, PlaceResource, Report, read
from sites.jurisdictions.importing.export import staff_csv
from sites.jurisdictions.importing.progress import Progress
from sites.jurisdictions.models import Jurisdiction, StageChange, State
from tests.jurisdictions.factories import make_change, make_place, make_states

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Taos County LEAD", "kind": "county", "place": "Taos County", "state": "NM", "county_fips": "35055",
    "latitude": "36.58", "longitude": "-105.63", "stage": "developing", "stage_date": "2025-03",
    "stage_source_title": "Taos News",
}  # fmt: skip


def a_place(**fields) -> Jurisdiction:
    return make_place(**{"source_title": "Santa Fe Reporter", **fields})


def table(*rows: dict) -> bytes:
    """A CSV whose columns are those of all rows."""
    out = StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def bring(*rows: dict, dry_run: bool = False) -> Report:
    return from_file(table(*rows), dry_run=dry_run)


def from_file(data: bytes, dry_run: bool = False) -> Report:
    resource = PlaceResource()
    return Report(
        resource.import_data(
            read(data),
            dry_run=dry_run,
            rollback_on_validation_errors=True,
        )
    )


def rows_of(data: bytes) -> list[dict]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def slips(report: Report) -> list[tuple[int, str]]:
    return [(slip.row, slip.column) for slip in report.slips]


def test_a_new_place_comes_in_with_its_stage_and_is_counted_only():
    make_states()
    report = bring(NEW)
    place = Jurisdiction.objects.staged().get()
    assert (report.in_words(), slips(report)) == ("1 new place, 0 changed, 0 unchanged", [])
    assert (place.slug, place.visibility, place.stage) == ("taos-county", "counted", "developing")
    assert place.search_text.startswith(" taos county lead")
    change = place.changes.get()
    assert (change.when.iso(), change.dated_by, change.certainty) == ("2025-03", "event", "sure")


def test_what_is_exported_comes_back_without_a_change(site):
    exported = staff_csv(Jurisdiction.objects.all())
    before = list(Jurisdiction.objects.order_by("pk").values())
    report = from_file(exported)
    assert report.in_words() == f"0 new places, 0 changed, {len(before)} unchanged"
    assert list(Jurisdiction.objects.order_by("pk").values()) == before


def test_the_open_data_itself_is_understood(site, client):
    report = from_file(client.get("/sites/directory.csv").content)
    assert (report.unknown, report.slips, report.new, report.changed) == ((), [], 0, 0)


def test_cells_that_look_like_formulas_come_back_as_they_were():
    place = a_place(summary="=1+1", note="-5 to +5", offers="'Quoted'\nand @home", lead_agency="@work")
    exported = staff_csv([place])
    assert rows_of(exported)[0]["summary"] == "'=1+1"
    assert from_file(exported).unchanged == 1
    Jurisdiction.objects.update(summary="", note="", offers="", lead_agency="")
    assert from_file(exported).changed == 1
    place.refresh_from_db()
    assert (place.summary, place.note, place.lead_agency) == ("=1+1", "-5 to +5", "@work")
    assert place.offers == "'Quoted'\nand @home"


def test_an_edited_cell_changes_its_field_and_no_other():
    place = a_place(summary="Old words.", lead_agency="An agency", offers="Help", checked_on=date(2026, 1, 2))
    [row] = rows_of(staff_csv([place]))
    report = from_file(table({**row, "summary": "New words.", "offers": ""}))
    place.refresh_from_db()
    assert report.rows[0].told == (("summary", "Old words.", "New words."), ("offers", "Help", ""))
    assert (place.summary, place.offers, place.lead_agency) == ("New words.", "", "An agency")
    assert " new words" in place.search_text and place.changes.count() == 1


def test_columns_that_are_missing_leave_what_is_recorded():
    place = a_place(summary="Old words.", county_fips="35049")
    report = bring({"id": str(place.identifier), "note": "Short"})
    place.refresh_from_db()
    assert (report.changed, place.note, place.summary, place.county_fips) == (
        1,
        "Short",
        "Old words.",
        "35049",
    )


@pytest.mark.parametrize(
    "row",
    [{"state": "nm", "slug": "santa-fe"}, {"url": "https://example.org/sites/nm/santa-fe/"}],
)
def test_a_place_without_its_id_is_known_by_its_address(row):
    place = a_place()
    assert bring({**row, "note": "Short"}).changed == 1
    place.refresh_from_db()
    assert place.note == "Short"


def test_a_stage_that_differs_from_the_newest_is_added_to_the_history():
    place = a_place(stage="launched")
    row = {
        "id": str(place.identifier),
        "stage": "operating",
        "stage_date": "2026",
        "stage_source_title": "A report",
    }
    first, second = bring(row), bring(row)
    assert (first.changed, second.unchanged) == (1, 1)
    assert [str(change) for change in place.changes.all()] == ["Launched, 2014", "Operating, 2026"]
    assert first.rows[0].told == (
        ("stage", "Launched, 2014, Santa Fe Reporter", "Operating, 2026, A report"),
    )


def test_a_step_that_stands_earlier_in_the_history_is_not_told_twice():
    place = a_place(stage="launched")
    exported = staff_csv([place])
    make_change(place, stage="paused", year=2020)
    assert from_file(exported).unchanged == 1


def test_other_states_of_a_region_are_read_and_replaced():
    place = a_place()
    bring({"id": str(place.identifier), "also_in": "az co"})
    assert [state.usps for state in place.also_in.all()] == ["AZ", "CO"]
    assert bring({"id": str(place.identifier), "also_in": "CO"}).rows[0].told == (("also_in", "AZ CO", "CO"),)
    assert [state.usps for state in place.also_in.all()] == ["CO"]


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"state": "XX"}, "state", "“XX” is no state."),
        ({"kind": "village"}, "kind", "Write one of these: city, county"),
        ({"place": "", "slug": ""}, "place", "cannot be blank"),
        ({"county_fips": "99999"}, "county_fips", "The Census knows no county 99999."),
        ({"county_fips": "06037"}, "county_fips", "begins with 35"),
        ({"latitude": "36,58"}, "latitude", "“36,58” is no number of degrees"),
        ({"longitude": "105.63"}, "latitude", "not in or near New Mexico"),
        ({"stage": "begun"}, "stage", "“begun” is not known here."),
        ({"stage_date": "31/12/2025"}, "stage_date", "is no date like 2019"),
        ({"stage_date": "2019-02-31"}, "stage_date", "is no date like 2019"),
        ({"stage_date": "2999"}, "stage_date", "still to come"),
        ({"stage_date": "1999"}, "stage_date", "LEAD began in 2011"),
        ({"stage_source_title": ""}, "stage_source_title", "cannot be blank"),
        ({"also_in": "XX"}, "also_in", "“XX” is no state."),
        ({"checked_on": "yesterday"}, "checked_on", "Write year, month, day"),
        ({"website": "www"}, "website", "Enter a valid URL"),
        ({"id": "8f0e1f0c-0000-4000-8000-000000000000"}, "id", "No place has this id."),
        ({"visibility": "named"}, "named_because", "named only on a ground"),
        ({"visibility": "named", "named_because": "consent"}, "consent_by", "Record the consent first"),
        ({"slug": "Taos!"}, "slug", "Use lower-case letters"),
        ({"name": "x" * 161}, "name", "at most 160 characters"),
    ],
)
def test_a_slip_is_told_beside_its_row_and_column_and_no_row_is_stored(changes, column, words):
    make_states()
    report = bring({**NEW, "place": "Mora County", "name": "Mora County LEAD"}, {**NEW, **changes})
    assert [slip for slip in report.slips if slip.column == column and words in slip.sentence]
    assert {slip.row for slip in report.slips} == {3}
    assert not Jurisdiction.objects.exists() and not StageChange.objects.exists()


def test_all_slips_of_a_row_are_told_at_once():
    make_states()
    report = bring({**NEW, "kind": "", "county_fips": "99999", "stage_date": "soon", "state": ""})
    assert {column for _, column in slips(report)} == {"kind", "county_fips", "stage_date", "state"}


def test_a_dry_run_tells_the_same_and_stores_nothing():
    make_states()
    assert bring(NEW, dry_run=True).in_words() == "1 new place, 0 changed, 0 unchanged"
    assert not Jurisdiction.objects.exists()


def test_two_rows_about_one_place_are_refused():
    place = a_place()
    row = {"id": str(place.identifier), "note": "Short"}
    assert slips(bring(row, {**row, "note": "Other"})) == [(3, "id")]
    assert slips(bring(NEW, NEW)) == [(3, "slug")]
    assert slips(bring({**NEW, "place": "Santa Fe"})) == [(2, "slug")]


def test_codes_that_a_spreadsheet_has_shortened_get_their_zero_back():
    make_states()
    bring(
        {
            **NEW,
            "state": "CA",
            "county_fips": "6037 06059",
            "geoid": "644000",
            "latitude": "",
            "longitude": "",
        }
    )
    place = Jurisdiction.objects.get()
    assert (place.county_fips, place.geoid) == ("06037 06059", "0644000")


def test_a_place_that_may_be_there_already_is_pointed_out():
    a_place(name="LEAD Taos", county_fips="35055")
    report = bring(NEW, {**NEW, "name": "Taos LEAD program", "slug": "taos-2"})
    assert [row.like for row in report.alike] == [("LEAD Taos",), ("LEAD Taos", "Taos County LEAD")]
    assert report.is_right


def test_columns_that_nobody_knows_are_told():
    make_states()
    assert bring({**NEW, "phone": "1", "state_name": "New Mexico"}).unknown == ("phone",)


def test_consent_is_read_and_lets_a_place_be_named():
    make_states()
    consent = {"named_because": "consent", "consent_by": "The sheriff", "consent_on": "2026-05-01", "consent_how": "By e-mail"}  # fmt: skip
    assert bring({**NEW, **consent, "visibility": "named"}).is_right
    assert Jurisdiction.objects.public().get().consent_on == date(2026, 5, 1)
    assert "The sheriff" not in staff_csv(Jurisdiction.objects.all()).decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("name,kind\nEspañola,city\n".encode("cp1252"), "CSV UTF-8"),
        (b"", "has no rows"),
        (b"name,kind\n,,\n", "has no rows"),
        (b"title|sort\na|city\n", "No column has a name that is known"),
        (b"name,name\na,b\n", "Two columns are called name"),
        (b"name,kind\na,city,more\n", "Row 2 has more cells"),
        (b'name,kind\n"a,city\n', "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(data, words):
    with pytest.raises(FileError, match=words):
        read(data)


def test_hundreds_of_rows_take_few_queries(django_assert_max_num_queries):
    """Rows are checked against what was read before, and written many at a time."""
    make_states()
    states = [state.usps for state in State.objects.all()[:40]]
    rows = [
        {"name": f"Place {number}", "kind": "city", "place": f"Town {number}", "state": states[number % 40]}
        for number in range(300)
    ]
    with django_assert_max_num_queries(30):
        assert bring(*rows).new == 300


def test_the_command_stores_all_or_says_why_not(tmp_path, capsys):
    make_states()
    file = tmp_path / "places.csv"
    file.write_bytes(table(NEW, {**NEW, "place": "Mora", "kind": "village"}))
    with pytest.raises(CommandError, match="Nothing was stored"):
        call_command("import_places", file)
    assert "Row 3, kind: “village” is not known here." in capsys.readouterr().err
    file.write_bytes(table(NEW))
    call_command("import_places", file, "--dry-run")
    call_command("import_places", file)
    out = capsys.readouterr().out
    assert "Would be stored: 1 new place" in out and "\nStored: 1 new place" in out
    assert Jurisdiction.objects.count() == 1


def test_the_read_day_of_an_added_stage_is_today():
    make_states()
    bring(NEW)
    assert StageChange.objects.get().read_on == timezone.localdate()


def test_a_refusal_by_the_database_is_told_and_undoes_everything(monkeypatch):
    """What the checks of a row let through, the constraints of the table still hold."""
    make_states()
    monkeypatch.setattr(Jurisdiction, "clean", lambda self: None)
    report = bring({**NEW, "visibility": "named"})
    assert [slip.row for slip in report.slips] == [0]
    assert "The database refuses these rows" in report.slips[0].sentence
    assert not Jurisdiction.objects.exists()


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_and_a_log_a_few_lines():
    terminal, log = Terminal(), StringIO()
    for out in (terminal, log):
        progress = Progress(out)
        for number in range(1, 2001):
            progress(number, 2000)
        progress.end()
    assert terminal.getvalue().endswith(f"\r[{'#' * 40}] 2,000 of 2,000 rows\n")
    assert log.getvalue().splitlines()[0] == "200 of 2,000 rows" and len(log.getvalue().splitlines()) == 9
