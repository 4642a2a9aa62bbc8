import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from leadbureau.permissions import GROUPS, make_groups
from tests.staff.factories import make_staff

# permission: which of Editor, Caseworker, Manager have it
MAY = {
    "content.publish_page": "E M",
    "content.publish_newsitem": "E M",
    "content.change_wording": "E M",
    "content.delete_wording": "",
    "content.view_page": "E C M",
    "content.change_page": "E M",
    "content.add_picture": "E M",
    "content.change_bureaudetails": "E M",
    "jurisdictions.change_jurisdiction": "E C M",
    "jurisdictions.delete_jurisdiction": "M",
    "jurisdictions.delete_statemeasure": "M",
    "jurisdictions.add_state": "",
    "jurisdictions.delete_stagechange": "E C M",
    "jurisdictions.delete_privatecontact": "E C M",
    "jurisdictions.change_correction": "E C M",
    "jurisdictions.delete_correction": "",
    "jurisdictions.delete_introduction": "",
    "jurisdictions.change_confirmationlink": "E C M",
    "jurisdictions.delete_confirmation": "",
    "jurisdictions.view_changenote": "E C M",
    "jurisdictions.change_changenote": "",
    "jurisdictions.view_preparedfile": "",
    "assistance.view_request": "C M",
    "assistance.add_request": "C M",
    "assistance.change_request": "C M",
    "assistance.delete_request": "",
    "certification.change_certificate": "C M",
    "certification.delete_certificate": "",
    "partners.change_partner": "E C M",
    "partners.change_listingrequest": "E C M",
    "mail.view_letter": "C M",
    "mail.change_letter": "C M",
    "mail.delete_letter": "",
    "auth.add_user": "M",
    "auth.change_user": "M",
    "auth.delete_user": "",
    "auth.change_group": "",
}


@pytest.fixture
def cast(db):
    return {name[0]: make_staff(name.lower(), group=name) for name in GROUPS}


@pytest.mark.parametrize(("permission", "who"), MAY.items())
def test_each_group_may_do_its_own_work_and_no_more(cast, permission, who):
    assert [letter for letter, user in cast.items() if user.has_perm(permission)] == who.split()


def test_the_command_can_run_at_every_start(db, capsys):
    call_command("groups")
    call_command("groups")
    assert capsys.readouterr().out.splitlines() == [
        "Changed: Editor, Caseworker, Manager.",
        "The groups are as they should be.",
    ]


def test_a_group_that_somebody_changed_is_brought_back(db):
    make_groups()
    Group.objects.get(name="Editor").permissions.clear()
    assert make_groups() == ["Editor"]


def test_a_group_of_the_bureaus_own_stays_as_it_is(db):
    make_groups()
    Group.objects.create(name="Interns")
    assert make_groups() == []
    assert Group.objects.filter(name="Interns").exists()


def test_a_table_that_names_no_model_stops_with_an_error(db, monkeypatch):
    monkeypatch.setitem(GROUPS, "Editor", {"content.nothing": ("view",)})
    with pytest.raises(LookupError):
        make_groups()
