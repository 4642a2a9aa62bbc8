import pytest

from tests.staff.factories import make_staff


@pytest.fixture
def editor(db, client):
    """An editor who is logged in."""
    user = make_staff("editor", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def boss(db, client):
    """A superuser who is logged in."""
    user = make_staff("boss", superuser=True)
    client.force_login(user)
    return user
