import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image

from leadbureau.content.chores import chores, cut_pictures
from leadbureau.content.models import Picture
from leadbureau.content.picture_files import delete_unused, files_of
from leadbureau.kit import pictures
from leadbureau.kit.pictures import renditions
from tests.pictures.factories import image_file, make_picture, opened


@pytest.fixture
def storage(tmp_path):
    return FileSystemStorage(location=tmp_path / "store")


def widths(rows, format):
    return [row["width"] for row in rows if row["format"] == format]


@pytest.mark.parametrize(
    ("width", "wanted"),
    [(200, [200]), (700, [320, 640, 700]), (2400, [320, 640, 960, 1280, 1920])],
)
def test_a_picture_is_cut_to_the_widths_that_it_fills(storage, width, wanted):
    rows = renditions(image_file(size=(width, 100)), storage=storage)
    assert [widths(rows, format) for format in ("avif", "webp", "jpeg")] == [wanted] * 3


def test_every_row_tells_the_truth_about_its_file(storage):
    for row in renditions(image_file(size=(640, 480)), storage=storage):
        with storage.open(row["path"]) as file:
            image = opened(file)
        assert image.size == (row["width"], row["height"])
        assert image.format.lower() == row["format"]
        assert storage.size(row["path"]) == row["bytes"]


def test_a_picture_with_transparency_falls_back_to_png(storage):
    clear = ContentFile(b"", "a.png")
    Image.new("RGBA", (100, 50), (0, 0, 0, 0)).save(clear.file, "PNG")
    assert {row["format"] for row in renditions(clear, storage=storage)} == {"avif", "webp", "png"}


def test_cutting_twice_writes_once(storage):
    data = image_file(size=(400, 300)).read()
    first = renditions(ContentFile(data, "a.jpg"), storage=storage)
    times = [storage.get_modified_time(row["path"]) for row in first]
    assert renditions(ContentFile(data, "a.jpg"), storage=storage) == first
    assert [storage.get_modified_time(row["path"]) for row in first] == times


def test_a_write_that_fails_leaves_no_half_file(storage, monkeypatch):
    monkeypatch.setattr(pictures.os, "fsync", lambda number: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        renditions(image_file(size=(100, 100)), storage=storage)
    _, files = storage.listdir(pictures.FOLDER)
    assert files == []


def test_the_worker_cuts_what_waits_and_then_has_nothing_to_do(db):
    picture = make_picture(size=(400, 300))
    assert chores() == 1
    picture.refresh_from_db()
    assert picture.is_ready()
    assert widths(picture.renditions, "avif") == [320, 400]
    assert chores() == 0


def test_a_replaced_file_is_cut_anew_and_the_old_renditions_go(db, django_capture_on_commit_callbacks):
    picture = make_picture(size=(400, 300))
    cut_pictures()
    picture.refresh_from_db()
    old = {row["path"] for row in picture.renditions}
    picture.file.save("other.jpg", image_file(size=(500, 300)), save=True)
    assert list(Picture.objects.waiting()) == [picture]
    with django_capture_on_commit_callbacks(execute=True):
        assert cut_pictures() == 1
    picture.refresh_from_db()
    assert picture.is_ready()
    assert not any(picture.file.storage.exists(path) for path in old - files_of(picture))


def test_one_picture_that_cannot_be_read_does_not_stop_the_others(db):
    broken = make_picture(title="Broken")
    with broken.file.storage.open(broken.file.name, "wb") as file:
        file.write(b"no picture any more")
    make_picture(title="Whole", size=(100, 80))
    assert cut_pictures(most=1) == 1
    assert [row.title for row in Picture.objects.waiting()] == ["Broken"]


def test_a_file_that_another_picture_uses_is_kept(db):
    picture = make_picture()
    Picture.objects.create(title="Twin", alt="The same", file=picture.file.name)
    names = files_of(picture)
    picture.delete()
    assert delete_unused(names) == 0


def test_a_damaged_original_is_reported(storage):
    with pytest.raises(ValidationError):
        renditions(ContentFile(b"not a picture", "a.jpg"), storage=storage)
