import pytest

from leadbureau.content.chores import cut_pictures
from tests.pictures.factories import make_picture


@pytest.fixture
def rendition(db):
    picture = make_picture(size=(400, 300))
    cut_pictures()
    picture.refresh_from_db()
    return next(row for row in picture.renditions if row["format"] == "avif")


def test_a_rendition_is_served_for_ever_and_as_what_it_is(client, rendition):
    response = client.get(f"/media/{rendition['path']}", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in response
    assert len(b"".join(response.streaming_content)) == rendition["bytes"]
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "/media/pictures/none.avif",
        "/media/pictures/renditions/",
        "/media/pictures/../secret.jpg",
        "/media/pictures/%2e%2e/%2e%2e/leadbureau.sqlite3",
        "/media/pictures//etc/passwd",
        "/media/held/logos/secret.png",
        "/media/secret.jpg",
        "/media/pictures/page.html",
    ],
)
def test_nothing_else_is_served(client, db, settings, path):
    for name in ("secret.jpg", "held/logos/secret.png", "pictures/page.html"):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"secret")
    assert client.get(path).status_code == 404


def test_a_picture_cannot_be_posted_to(client, rendition):
    assert client.post(f"/media/{rendition['path']}").status_code == 405
