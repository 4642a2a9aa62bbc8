"""The pictures that go with a link: named by their content, drawn once, shown only of what is public."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from leadbureau.content.models import BureauDetails
from sites.jurisdictions import share_views
from sites.jurisdictions.chores import chores
from sites.jurisdictions.models import Jurisdiction, Stage
from sites.jurisdictions.share_drawing import draw
from sites.jurisdictions.share_picture import SharePicture, picture_named
from sites.jurisdictions.share_text import SANS, SERIF, STRONG, fitted, font
from tests.jurisdictions.factories import make_change, make_many_places, make_place, make_states

pytestmark = pytest.mark.django_db
PAGES = ["/sites/", "/sites/nm/", "/sites/nm/santa-fe/"]


def meta(client, page: str) -> dict[str, str]:
    html = client.get(page).content.decode()
    return dict(re.findall(r'<meta (?:property|name)="((?:og:image|twitter:)[^"]*)" content="([^"]*)"', html))


def path_of(client, page: str, settings) -> str:
    return meta(client, page)["og:image"].removeprefix(settings.SITE_URL)


def files(settings) -> list[str]:
    return sorted(file.name for file in (Path(settings.MEDIA_ROOT) / "share").glob("*"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_a_picture_that_is_a_png_of_1200_by_630(client, settings, page):
    make_place()
    tags = meta(client, page)
    assert tags["og:image"].startswith(f"{settings.SITE_URL}/sites/share/")
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["twitter:card"] == "summary_large_image" and "LEAD" in tags["og:image:alt"]
    response = client.get(path_of(client, page, settings))
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    with Image.open(BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(response.content) < 150_000


@pytest.mark.parametrize("page", PAGES)
def test_a_new_stage_gives_a_new_picture_and_the_old_address_leads_to_it(client, settings, page):
    place = make_place(stage=None)
    make_change(place, stage=Stage.LAUNCHED, year=2014)
    old = path_of(client, page, settings)
    before = client.get(old).content
    make_change(place, stage=Stage.PAUSED, year=2020)
    new = path_of(client, page, settings)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (302, settings.SITE_URL + new)
    assert "immutable" not in response["Cache-Control"]
    assert client.get(new).content != before
    assert files(settings) == [new.rpartition("/")[2]]


@pytest.mark.parametrize("page", PAGES)
def test_a_change_that_the_picture_does_not_show_keeps_its_name(client, settings, page):
    make_place(lead_agency="Santa Fe Police")
    before = path_of(client, page, settings)
    Jurisdiction.objects.update(lead_agency="Another", checked_on=date(2026, 11, 1))
    assert path_of(client, page, settings) == before


def test_it_is_drawn_once_and_the_same_content_gives_the_same_bytes(client, settings, monkeypatch):
    make_place()
    path = path_of(client, "/sites/nm/santa-fe/", settings)
    first = client.get(path).content
    assert first == draw(picture_named("nm-santa-fe"))
    monkeypatch.setattr(share_views, "draw", None)
    assert client.get(path).content == first


def test_a_disk_that_cannot_be_written_still_gives_the_picture(client, settings, tmp_path):
    make_place()
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    settings.MEDIA_ROOT = blocked
    assert client.get(path_of(client, "/sites/nm/", settings)).content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("visibility", "told"),
    [("counted", "No place here is named yet"), ("hidden", "No place is recorded here yet")],
)
def test_a_place_that_is_not_named_has_no_picture_and_is_in_none(client, settings, visibility, told):
    make_states()
    alone = picture_named("nm"), picture_named("map")
    place = make_place()
    path = path_of(client, "/sites/nm/santa-fe/", settings)
    client.get(path)
    Jurisdiction.objects.filter(pk=place.pk).update(visibility=visibility)
    Jurisdiction.objects.get(pk=place.pk).save()
    assert client.get(path).status_code == 404
    assert (picture_named("nm"), picture_named("map")) == (replace(alone[0], lines=(told,)), alone[1])
    assert share_views.clear_away() == 1 and files(settings) == []


def test_the_worker_clears_away_the_picture_of_a_place_that_is_public_no_more(client, settings):
    place = make_place()
    for page in PAGES:
        client.get(path_of(client, page, settings))
    before = files(settings)
    Jurisdiction.objects.filter(pk=place.pk).update(visibility="hidden")
    assert chores() == 1
    assert files(settings) == [name for name in before if not name.startswith("nm-santa-fe-")]
    assert len(before) == 3


def test_clearing_away_keeps_what_is_shown(client, settings):
    make_place()
    for page in PAGES:
        client.get(path_of(client, page, settings))
    assert share_views.clear_away() == 0 and len(files(settings)) == 3


def test_a_place_whose_address_begins_like_another_keeps_its_file(client, settings):
    make_place()
    make_place(slug="santa-fe-county", name="Santa Fe County LEAD")
    for page in ("/sites/nm/santa-fe-county/", "/sites/nm/santa-fe/"):
        client.get(path_of(client, page, settings))
    assert len(files(settings)) == 2


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_its_picture_takes_few_queries(client, page, django_assert_max_num_queries):
    make_place()
    BureauDetails.objects.create(pk=1)
    client.get(page)
    with django_assert_max_num_queries(10):
        client.get(page)


@pytest.mark.parametrize("name", ["zz", "nm-nowhere", "map-x", "nm--santa-fe", "NM"])
def test_an_unknown_picture_is_not_found(client, name):
    make_place()
    assert client.get(f"/sites/share/{name}-0123456789abcdef.png").status_code == 404


def test_the_bureaus_name_is_on_the_picture(client, settings):
    make_place()
    details = BureauDetails.objects.create(pk=1)
    before = [path_of(client, page, settings) for page in PAGES]
    details.name = "Another Bureau"
    details.save()
    assert not set(before) & {path_of(client, page, settings) for page in PAGES}


@pytest.mark.parametrize("name", [SERIF, SANS, STRONG])
def test_the_fonts_hold_the_letters_of_names_with_accents(name):
    face = font(name, 40)
    unknown = face.getmask("\uffff").getbbox(), bytes(face.getmask("\uffff"))
    for letter in "áéíóúñüÁÉÍÓÚÑÜʻāēīōūłşţ–“”’…®":
        mask = face.getmask(letter)
        assert (mask.getbbox(), bytes(mask)) != unknown, letter


def test_accents_are_drawn():
    plain, accented = (
        draw(SharePicture(name="nm-x", headline=name, owner="Bureau", state="NM"))
        for name in ("Espanola", "Española")
    )
    assert plain != accented


@pytest.mark.parametrize(
    "text", ["word " * 40, "X" * 160, "Law Enforcement Assisted Diversion in Española " * 3]
)
def test_long_names_stay_in_their_column(text):
    lines, face = fitted(text, SERIF, range(80, 39, -4), 580, 3)
    assert len(lines) <= 3 and all(face.getlength(line) <= 580 for line in lines)
    assert lines[-1].endswith("…")


def test_a_name_is_parted_into_lines_of_like_length():
    assert fitted("LEAD in New Mexico", SERIF, range(80, 39, -4), 580, 3)[0] == ["LEAD in", "New Mexico"]


@pytest.mark.parametrize("usps", ["gu", "dc", "ak", "hi", "ri"])
def test_every_kind_of_state_has_a_picture(usps):
    make_states()
    assert draw(picture_named(usps)).startswith(b"\x89PNG")


def test_many_places_are_a_picture_of_few_marks():
    make_many_places(3000)
    picture = picture_named("map")
    assert 500 < len(picture.marks) <= 2000 and len(draw(picture)) < 300_000
