"""In the staff's site a file is first looked at, then brought in on a button; and places go out again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from sites.jurisdictions.models import Jurisdiction, PrivateContact
from tests.jurisdictions.factories import make_place, make_states
from tests.jurisdictions.test_import import NEW, rows_of, table
from tests.jurisdictions.test_staff import LIST, messages_of
from tests.staff.factories import make_staff

pytestmark = pytest.mark.django_db
IMPORT, EXPORT = f"{LIST}import/", f"{LIST}export/"


def upload(client, *rows: dict):
    return send(client, table(*rows))


def send(client, data: bytes):
    file = SimpleUploadedFile("places.csv", data, "text/csv")
    return client.post(IMPORT, {"import_file": file, "format": "0", "resource": "0"})


def confirm(client, response):
    """Presses the button under the report."""
    form = response.context["confirm_form"]
    return client.post(f"{LIST}process_import/", {field.name: field.value() for field in form}, follow=True)


def test_a_file_is_looked_at_first_and_stored_on_the_button(admin_client):
    make_states()
    looked = upload(admin_client, NEW)
    assert looked.context["report"].in_words() == "1 new place, 0 changed, 0 unchanged"
    assert "<ins>Taos County LEAD</ins>" in looked.content.decode()
    assert not Jurisdiction.objects.exists()
    done = confirm(admin_client, looked)
    assert messages_of(done) == ["Imported: 1 new place, 0 changed, 0 unchanged."]
    place = Jurisdiction.objects.get()
    assert [(line.object_id, line.change_message) for line in LogEntry.objects.all()] == [
        (str(place.pk), "Imported from a file.")
    ]


def test_a_report_names_rows_columns_and_what_is_wrong_and_has_no_button(admin_client):
    make_states()
    response = upload(admin_client, NEW, {**NEW, "place": "Mora", "kind": "village", "phone": "1"})
    page = response.content.decode()
    assert "confirm_form" not in response.context
    assert "<td>3</td><td><code>kind</code></td><td>“village” is not known here." in page
    assert "Not known, and not read: <code>phone</code>." in page


def test_a_change_shows_old_and_new_words_and_a_likely_duplicate_its_twin(admin_client):
    place = make_place(summary="Old words <b>here</b>.", source_title="KOB", county_fips="35055")
    changed = {"id": str(place.identifier), "summary": "New words <b>here</b>."}
    page = upload(admin_client, changed).content.decode()
    assert "<del>Old</del> <ins>New</ins> words &lt;b&gt;here&lt;/b&gt;." in page
    page = upload(admin_client, {**NEW, "name": "Santa Fe LEAD"}).content.decode()
    assert "<strong>Santa Fe LEAD</strong>: like LEAD Santa Fe" in page


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(admin_client):
    response = send(admin_client, "name\nEspañola".encode("cp1252"))
    assert "save it as “CSV UTF-8”" in str(response.context["form"].errors["import_file"])
    assert "report" not in response.context


def test_a_file_that_is_not_kept_any_longer_is_asked_for_again(admin_client):
    make_states()
    looked = upload(admin_client, NEW)
    cache.clear()
    done = confirm(admin_client, looked)
    assert messages_of(done) == ["The file was not kept any longer. Choose it once more."]
    assert not Jurisdiction.objects.exists()


def test_what_has_become_wrong_since_the_dry_run_stores_nothing(admin_client):
    make_states()
    looked = upload(admin_client, NEW, {**NEW, "place": "Mora"})
    make_place(slug="mora")
    [message] = messages_of(confirm(admin_client, looked))
    assert message.startswith("Nothing is stored") and "Row 3, slug:" in message
    assert Jurisdiction.objects.count() == 1


@pytest.mark.parametrize(("group", "status"), [("Editor", 200), ("Caseworker", 200), ("", 403)])
def test_import_needs_the_permission_to_add_and_change_places(client, group, status):
    client.force_login(make_staff(group=group))
    assert client.get(IMPORT).status_code == status
    assert client.post(f"{LIST}process_import/").status_code == status
    assert client.get(EXPORT).status_code == status


def test_the_export_follows_the_filters_of_the_list_and_tells_no_contact(admin_client):
    place = make_place(visibility="hidden", ground="")
    make_place(name="LEAD Taos", slug="taos")
    PrivateContact.objects.create(place=place, name="Ana", email="ana@example.org")
    response = admin_client.get(f"{EXPORT}?visibility__exact=hidden")
    [row] = rows_of(response.content)
    assert (row["name"], row["slug"], row["visibility"]) == ("LEAD Santa Fe", "santa-fe", "hidden")
    assert "license" not in row and b"ana@example.org" not in response.content
    assert response["Content-Disposition"].startswith('attachment; filename="lead-places-staff-')


def test_chosen_places_are_exported_by_an_action(admin_client):
    make_place()
    chosen = make_place(name="LEAD Taos", slug="taos")
    response = admin_client.post(LIST, {"action": "export_chosen", "_selected_action": [chosen.pk]})
    assert [row["name"] for row in rows_of(response.content)] == ["LEAD Taos"]
