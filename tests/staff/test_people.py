import pytest
from django.contrib.auth.models import Group, User

from tests.staff.factories import make_staff


@pytest.fixture
def manager(db, client):
    user = make_staff("manager", group="Manager")
    client.force_login(user)
    return user


def sent(user, **fields) -> dict:
    return {"username": user.username, "is_active": "on", "is_staff": "on", **fields}


def test_a_manager_lets_somebody_in_and_puts_them_into_a_group(client, manager):
    new = {"username": "newcomer", "password1": "quite a long one 7", "password2": "quite a long one 7"}
    client.post("/admin/auth/user/add/", {**new, "usable_password": "true"})
    user = User.objects.get(username="newcomer")
    editor = Group.objects.get(name="Editor")
    client.post(f"/admin/auth/user/{user.pk}/change/", sent(user, groups=[editor.pk]))
    user.refresh_from_db()
    assert (user.is_staff, list(user.groups.all())) == (True, [editor])


def test_a_manager_cannot_make_anybody_a_superuser(client, manager):
    assert "is_superuser" not in client.get(f"/admin/auth/user/{manager.pk}/change/").text
    client.post(
        f"/admin/auth/user/{manager.pk}/change/", sent(manager, is_superuser="on", user_permissions=[1])
    )
    manager.refresh_from_db()
    assert (manager.is_superuser, manager.user_permissions.count()) == (False, 0)


def test_a_manager_cannot_change_a_superuser_or_their_password(client, manager):
    boss = make_staff("boss", superuser=True)
    before = boss.password
    assert (
        client.post(f"/admin/auth/user/{boss.pk}/change/", sent(boss, email="mine@example.org")).status_code
        == 403
    )
    passwords = {"password1": "quite a long one 7", "password2": "quite a long one 7"}
    assert client.post(f"/admin/auth/user/{boss.pk}/password/", passwords).status_code == 403
    boss.refresh_from_db()
    assert (boss.password, boss.email) == (before, "")


@pytest.mark.parametrize("group", ["Editor", "Caseworker"])
def test_nobody_else_sees_the_people(client, db, group):
    client.force_login(make_staff("other", group=group))
    assert client.get("/admin/auth/user/").status_code == 403


def test_whoever_is_added_may_log_in_at_once_with_name_and_group(client, manager):
    new = {"username": "newcomer", "password1": "quite a long one 7", "password2": "quite a long one 7"}
    editor = Group.objects.get(name="Editor")
    client.post("/admin/auth/user/add/", {**new, "first_name": "Nell", "groups": [editor.pk]})
    user = User.objects.get(username="newcomer")
    assert (user.is_staff, user.first_name, list(user.groups.all())) == (True, "Nell", [editor])
