import pytest

from leadbureau.content.models import Picture
from leadbureau.content.picture_files import files_of
from tests.pictures.factories import image_file, make_picture

ADD = "/admin/content/picture/add/"


def form(**fields) -> dict:
    return {"title": "A road", "alt": "", "credit": "", "focal_x": "0.5", "focal_y": "0.5", **fields}


def test_an_uploaded_picture_is_stored_clean_and_named_for_its_content(client, editor):
    client.post(ADD, form(alt="A road", file=image_file(name="IMG 1 (copy).jpg")))
    picture = Picture.objects.get()
    assert picture.file.name.startswith("pictures/")
    assert "IMG" not in picture.file.name
    assert (picture.width, picture.height, picture.is_ready()) == (400, 300, False)


def test_a_picture_needs_words_or_is_decorative(client, editor):
    response = client.post(ADD, form(file=image_file()))
    assert "Write what a person who cannot see the picture needs to know." in response.text
    assert not Picture.objects.exists()
    client.post(ADD, form(decorative="on", file=image_file()))
    assert Picture.objects.get().decorative


def test_a_picture_cannot_be_decorative_and_have_words(client, editor):
    response = client.post(ADD, form(alt="A road", decorative="on", file=image_file()))
    assert "A decorative picture has no alternative text" in response.text


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"not a picture"])
def test_a_file_that_is_no_picture_is_refused_and_the_words_are_kept(client, editor, content):
    from django.core.files.base import ContentFile

    response = client.post(ADD, form(alt="Typed with care", file=ContentFile(content, "a.png")))
    assert "Save it as a JPEG, PNG, WebP or AVIF file" in response.text
    assert "Typed with care" in response.text
    assert not Picture.objects.exists()


@pytest.mark.parametrize("share", ["-0.1", "1.1", "nan", "left"])
def test_a_focal_point_outside_the_picture_is_refused(client, editor, share):
    assert client.post(ADD, form(alt="A road", file=image_file(), focal_x=share)).context["errors"]
    assert not Picture.objects.exists()


def test_a_replaced_file_goes_once_the_new_one_is_stored(client, editor, django_capture_on_commit_callbacks):
    picture = make_picture()
    old = picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/admin/content/picture/{picture.pk}/change/", form(alt="New", file=image_file(size=(90, 60)))
        )
    picture.refresh_from_db()
    assert picture.file.name != old
    assert (picture.file.storage.exists(picture.file.name), picture.file.storage.exists(old)) == (True, False)


def test_words_are_changed_without_a_new_file(client, editor):
    picture = make_picture()
    client.post(f"/admin/content/picture/{picture.pk}/change/", form(alt="Better words"))
    saved = Picture.objects.get()
    assert (saved.alt, saved.file.name) == ("Better words", picture.file.name)


def test_a_deleted_picture_takes_its_files_with_it(client, editor, django_capture_on_commit_callbacks):
    picture = make_picture()
    names = files_of(picture)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/content/picture/{picture.pk}/delete/", {"post": "yes"})
    assert not any(picture.file.storage.exists(name) for name in names)


def test_the_form_shows_the_point_in_the_picture(client, editor):
    picture = make_picture(focal_x=0.25, focal_y=0.75)
    html = client.get(f"/admin/content/picture/{picture.pk}/change/").text
    assert '<line x1="0.25" x2="0.25" y1="0" y2="1"/>' in html
    assert '<line x1="0" x2="1" y1="0.75" y2="0.75"/>' in html


def test_the_list_shows_each_picture_beside_its_words(client, editor):
    make_picture(title="The first", alt="A road that parts")
    html = client.get("/admin/content/picture/").text
    assert 'class="thumbnail"' in html
    assert "A road that parts" in html
