"""What staff do with places, and what the admin's first page says of them."""

from datetime import date

import pytest
from django.utils import timezone

from sites.jurisdictions.models import Jurisdiction, State
from sites.jurisdictions.waiting import waiting
from tests.jurisdictions.factories import make_place
from tests.staff.factories import make_staff

pytestmark = pytest.mark.django_db
LIST = "/admin/jurisdictions/jurisdiction/"


def inline(name: str, rows: list[dict]) -> dict:
    """The fields of an inline form set, all of its rows new."""
    fields = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
    return fields | {
        f"{name}-{number}-{key}": value for number, row in enumerate(rows) for key, value in row.items()
    }


def entry(**changes) -> dict:
    """A filled form of a new place with one change of stage."""
    state = State.objects.get(usps="NM")
    change = {
        "stage": "launched",
        "certainty": "sure",
        "year": 2019,
        "dated_by": "event",
        "read_on": "2026-11-23",
    }
    fields = {
        "name": "Rio Arriba County LEAD", "kind": "county", "state": state.pk, "slug": "rio-arriba",
        "visibility": "named", "ground": "public-source", "source_title": "KOB, 2019",
        "locality": "Española", "latitude": "35.99", "longitude": "-106.07",
    }  # fmt: skip
    inlines = inline("changes", [{**change, "source_title": "KOB, 2019"}]) | inline("private_contact", [])
    return fields | inlines | changes


def test_staff_add_a_place_with_its_history_and_visitors_see_it(admin_client, client):
    make_place()
    response = admin_client.post(f"{LIST}add/", entry())
    assert response.status_code == 302
    place = Jurisdiction.objects.staged().get(slug="rio-arriba")
    assert (place.stage, place.launch_year) == ("launched", 2019)
    assert "Rio Arriba County LEAD" in client.get("/sites/nm/rio-arriba/").content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"longitude": "106.07"}, "Is a minus missing"),
        ({"longitude": ""}, "Give both latitude and longitude"),
        ({"slug": "Rio"}, "Use lower-case letters"),
        ({"slug": "santa-fe"}, "already exists"),
        ({"changes-0-day": "3"}, "A day needs its month"),
        ({"changes-0-month": "2", "changes-0-day": "31"}, "There is no such day"),
        ({"changes-0-year": "2099"}, "still to come"),
    ],
)
def test_a_slip_is_told_and_nothing_is_stored(admin_client, changes, message):
    make_place()
    response = admin_client.post(f"{LIST}add/", entry(**changes))
    assert response.status_code == 200 and message in response.content.decode()
    assert Jurisdiction.objects.count() == 1


@pytest.mark.parametrize("query", ["", "?q=santa", "?stage=operating", "?stage=none", "?check=due", "?o=4.5"])
def test_the_list_of_places_opens_with_each_filter(admin_client, query):
    make_place()
    assert admin_client.get(f"{LIST}{query}").status_code == 200


def test_states_and_measures_open_and_a_state_is_never_deleted(admin_client):
    state = make_place().state
    for address in (
        "/admin/jurisdictions/state/",
        f"/admin/jurisdictions/state/{state.pk}/change/",
        "/admin/jurisdictions/statemeasure/",
        "/admin/jurisdictions/statemeasure/add/",
    ):
        assert admin_client.get(address).status_code == 200
    assert admin_client.get(f"/admin/jurisdictions/state/{state.pk}/delete/").status_code == 403


def test_a_law_entered_with_its_state_is_found_by_its_words(admin_client):
    state = make_place().state
    law = {
        "kind": "law", "title": "Deflection act", "date_label": "2025", "body": "A bill.", "source_title": "Legislature",
        "source_url": "https://www.nmlegis.gov/",
    }  # fmt: skip
    fields = {"name": state.name, "summary": ""} | inline("measures", [law])
    admin_client.post(f"/admin/jurisdictions/state/{state.pk}/change/", fields)
    state.refresh_from_db()
    assert " deflection act" in state.search_text


def test_entries_are_marked_as_checked_today(admin_client):
    place = make_place(checked_on=date(2020, 1, 1))
    admin_client.post(LIST, {"action": "mark_checked", "_selected_action": [place.pk]})
    place.refresh_from_db()
    assert place.checked_on == timezone.localdate()


def test_the_first_page_counts_public_entries_that_are_due(admin_user, django_user_model):
    make_place()
    make_place(slug="hidden", visibility="hidden")
    make_place(slug="fresh", checked_on=timezone.localdate())
    [line] = waiting(admin_user)
    assert (line.count, line.label) == (1, "place due for a check")
    assert waiting(django_user_model.objects.create(username="nobody")) == []


def test_a_certified_place_has_a_star_on_map_list_page_and_in_the_files(client, admin_user):
    place = make_place()
    place.certificates.model.grant(
        by=admin_user, jurisdiction=place, program=place.name, granted_on=date(2020, 1, 1),
        valid_until=timezone.localdate(), assessed_by="LEAD National Support Bureau",
    )  # fmt: skip
    page = client.get("/sites/?certified=yes").content.decode()
    assert "LEAD Santa Fe:\nOperating. Certified." in page and '<use href="#m-star" ' in page
    assert client.get("/sites/directory.json").json()["places"][0]["certified"] is True
    assert "stage--certified" in client.get("/sites/nm/santa-fe/").content.decode()
    assert client.get("/sites/?certified=yes&year=2019").context["places"] == []


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_new_place_is_counted_only_until_staff_say_otherwise(admin_client):
    make_place()
    response = admin_client.get(f"{LIST}add/")
    assert response.context["adminform"].form["visibility"].value() == "counted"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": ""}, "ground"),
        ({"ground": "consent"}, "consent_by"),
        ({"ground": "consent", "consent_by": "The sheriff"}, "consent_by"),
        ({"source_title": ""}, "source_title"),
    ],
)
def test_naming_a_place_without_a_reason_is_refused_once_and_in_words(admin_client, changes, field):
    make_place()
    form = admin_client.post(f"{LIST}add/", entry(**changes)).context["adminform"].form
    assert list(form.errors) == [field] and "onstraint" not in str(form.errors)


def test_all_slips_are_told_at_once(admin_client):
    make_place()
    posted = entry(ground="", county_fips="99999", longitude="", slug="santa-fe")
    form = admin_client.post(f"{LIST}add/", posted).context["adminform"].form
    assert set(form.errors) == {"ground", "county_fips", "longitude", "__all__"}
    assert "already exists" in str(form.errors["__all__"])


def test_a_likely_duplicate_is_saved_and_pointed_out_with_a_link(admin_client):
    other = make_place(name="LEAD Río Arriba", slug="other", county_fips="35039")
    response = admin_client.post(f"{LIST}add/", entry(county_fips="35039"), follow=True)
    [warning] = [text for text in messages_of(response) if "may tell of a place that is there" in text]
    assert f'<a href="{LIST}{other.pk}/change/">LEAD Río Arriba, New Mexico</a>' in warning
    assert Jurisdiction.objects.count() == 2


def test_a_change_of_other_words_warns_of_nothing(admin_client):
    make_place(name="LEAD Río Arriba", slug="other", county_fips="35039")
    admin_client.post(f"{LIST}add/", entry(county_fips="35039"), follow=True)  # its warning is read
    place = Jurisdiction.objects.get(slug="rio-arriba")
    posted = entry(county_fips="35039", note="Short") | inline("changes", []) | {"_continue": "yes"}
    response = admin_client.post(f"{LIST}{place.pk}/change/", posted, follow=True)
    assert Jurisdiction.objects.get(pk=place.pk).note == "Short"
    assert not [text for text in messages_of(response) if "may tell" in text]


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, False),
        ({"changes-TOTAL_FORMS": 0}, True),
        ({"changes-TOTAL_FORMS": 0, "visibility": "counted", "ground": ""}, False),
    ],
)
def test_a_named_place_without_a_stage_is_saved_and_pointed_out(admin_client, changes, is_told):
    make_place()
    response = admin_client.post(f"{LIST}add/", entry(**changes), follow=True)
    assert any("has no stage yet" in text for text in messages_of(response)) == is_told
    assert Jurisdiction.objects.count() == 2


def test_editors_take_a_wrong_step_out_of_the_history_and_keep_the_contact(client):
    place = make_place(source_title="KOB, 2019")
    client.force_login(make_staff(group="Editor"))
    change = place.changes.get()
    contact = {"name": "Ana", "email": "ana@example.org"}
    step = {
        "id": change.pk,
        "jurisdiction": place.pk,
        "stage": "operating",
        "year": 2014,
        "certainty": "sure",
    }
    step |= {"dated_by": "event", "read_on": "2026-11-23", "source_title": "KOB", "DELETE": "on"}
    posted = entry(slug="santa-fe") | inline("changes", [step]) | inline("private_contact", [contact])
    client.post(f"{LIST}{place.pk}/change/", posted | {"changes-INITIAL_FORMS": 1})
    place.refresh_from_db()
    assert not place.changes.exists() and place.private_contact.email == "ana@example.org"


FOUND = {
    "?duplicate=maybe": {"twin", "other twin"},
    "?missing=contact": {"twin", "other twin", "bare", "whole"},
    "?missing=position": {"bare"},
    "?missing=county": {"bare", "whole"},
    "?visibility__exact=counted": {"bare"},
    "?confirmed=never": {"other twin", "bare", "whole"},
    "?confirmed=lapsed": {"twin"},
    "?confirmed=yes": set(),
    "?setting__exact=rural": {"twin"},
}


@pytest.mark.parametrize(("query", "names"), FOUND.items())
def test_the_filters_find_what_needs_work(admin_client, query, names):
    make_place(name="twin", county_fips="35049", confirmed_on=date(2020, 1, 1), setting="rural")
    make_place(name="other twin", slug="b", county_fips="35049", geoid="35")
    Jurisdiction.objects.filter(name="twin").update(geoid="35")
    nowhere = {"latitude": None, "longitude": None}
    make_place(name="bare", slug="c", visibility="counted", ground="", **nowhere)
    make_place(name="whole", slug="d", kind="state", **nowhere)
    assert {place.name for place in admin_client.get(LIST + query).context["cl"].queryset} == names
