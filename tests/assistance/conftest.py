import pytest

from leadbureau.content import layout


@pytest.fixture(autouse=True)
def _one_layout():
    """As within one HTTP request: the wordings are read once, not at each of some hundred words."""
    token = layout._request.set({})
    yield
    layout._request.reset(token)


@pytest.fixture
def caseworker(client):
    """Somebody who may do everything, signed in."""
    from tests.assistance.factories import staff

    user = staff()
    client.force_login(user)
    return user
