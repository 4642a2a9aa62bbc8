"""The gallery of the home page, whose pictures lead to places."""

import pytest

from leadbureau.content.models import GalleryPicture
from sites.jurisdictions.models import Jurisdiction
from tests.jurisdictions.factories import make_place, make_states
from tests.pictures.factories import make_picture

pytestmark = pytest.mark.django_db


def home_with(client, *addresses: str) -> str:
    picture = make_picture()
    for address in addresses:
        GalleryPicture.objects.create(picture=picture, title=f"Picture of {address}", address=address)
    return client.get("/").content.decode()


@pytest.mark.parametrize("visibility", ["counted", "hidden"])
def test_a_picture_of_a_place_without_a_public_page_leads_nowhere(client, visibility):
    make_place()
    make_place(name="Quiet", slug="quiet", visibility=visibility)
    page = home_with(client, "/sites/nm/santa-fe/", "/sites/nm/quiet/", "/sites/nm/gone/")
    assert '<a href="/sites/nm/santa-fe/">Picture of' in page
    assert "<strong>Picture of /sites/nm/quiet/</strong>" in page and 'href="/sites/nm/quiet/"' not in page
    assert "<strong>Picture of /sites/nm/gone/</strong>" in page
    Jurisdiction.objects.update(visibility="named")
    assert 'href="/sites/nm/quiet/"' in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/sites/nm/", "/lead/", "https://example.org/sites/nm/quiet/"])
def test_a_picture_may_lead_anywhere_else(client, address):
    make_states()
    assert f'<a href="{address}">Picture of' in home_with(client, address)


def test_a_picture_without_an_address_stays_without_one(client):
    assert "<strong>Picture of </strong>" in home_with(client, "")
