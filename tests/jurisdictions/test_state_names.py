"""The names of states and territories inside sentences."""

import pytest

from sites.jurisdictions.models import State
from tests.jurisdictions.factories import make_states

pytestmark = pytest.mark.django_db


def test_three_names_have_an_article_inside_a_sentence():
    make_states()
    spoken = {state.usps: state.in_words for state in State.objects.all() if state.in_words != state.name}
    assert spoken == {
        "DC": "the District of Columbia",
        "MP": "the Northern Mariana Islands",
        "VI": "the U.S. Virgin Islands",
    }


@pytest.mark.parametrize(
    ("usps", "name"),
    [("dc", "District of Columbia"), ("mp", "Northern Mariana Islands"), ("vi", "U.S. Virgin Islands")],
)
def test_sentences_about_them_have_the_article(client, usps, name):
    make_states()
    for address in (f"/sites/{usps}/", f"/sites/{usps}/brief/", f"/sites/embed/?state={usps}"):
        page = client.get(address).content.decode()
        assert f"LEAD in the {name}" in page, address
        for before in ("in", "of", "for"):
            assert f" {before} {name}" not in page, address
