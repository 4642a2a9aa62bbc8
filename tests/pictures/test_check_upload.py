import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from leadbureau.kit.pictures import LONGEST_SIDE, check_upload
from tests.pictures.factories import image_file, opened


def refusal(file) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        check_upload(file)
    return caught.value


@pytest.mark.parametrize(
    ("format", "kept"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "JPEG"), ("AVIF", "JPEG"), ("GIF", "PNG")]
)
def test_the_type_is_read_from_the_bytes_and_not_from_the_name(format, kept):
    clean = check_upload(image_file(format=format, name="letter.txt"))
    assert opened(clean).format == kept
    assert clean.name.endswith({"JPEG": ".jpg", "PNG": ".png"}[kept])


def test_the_same_picture_gets_the_same_name():
    data = image_file().read()
    assert check_upload(ContentFile(data, "a.jpg")).name == check_upload(ContentFile(data, "b.jpg")).name


def test_a_picture_taken_sideways_is_turned_and_says_no_more_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    clean = opened(check_upload(image_file(size=(80, 60), exif=exif)))
    assert clean.size == (60, 80)
    assert dict(clean.getexif()) == {}
    assert "exif" not in clean.info


def test_a_comment_in_the_file_is_gone():
    assert b"secret" not in check_upload(image_file(comment=b"secret")).read()


def test_what_hides_behind_the_image_is_gone():
    data = image_file().read() + b"<script>alert(1)</script>"
    assert b"script" not in check_upload(ContentFile(data, "a.jpg")).read()


def test_colours_are_brought_to_srgb_and_the_profile_is_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 100, 50)).save(out, "PNG", icc_profile=profile)
    clean = opened(check_upload(ContentFile(out.getvalue(), "a.png")))
    assert clean.getpixel((5, 5)) == (200, 100, 50)
    assert "icc_profile" not in clean.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_kind_of_png_becomes_rgb_or_rgba(mode):
    out = io.BytesIO()
    Image.new(mode, (40, 40)).save(out, "PNG")
    assert opened(check_upload(ContentFile(out.getvalue(), "a.png"))).mode in ("RGB", "RGBA")


def test_sixteen_bits_a_channel_keep_their_brightness():
    out = io.BytesIO()
    Image.new("I;16", (40, 40), 40_000).save(out, "PNG")
    assert opened(check_upload(ContentFile(out.getvalue(), "a.png"))).getpixel((5, 5)) == (156, 156, 156)


def test_print_colours_become_screen_colours():
    assert opened(check_upload(image_file(mode="CMYK"))).mode == "RGB"


def test_nothing_larger_than_the_site_can_use_is_kept():
    assert opened(check_upload(image_file(size=(5000, 100)))).width == LONGEST_SIDE


def test_an_svg_is_refused_with_what_to_do():
    error = refusal(ContentFile(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.png"))
    assert error.code == "svg"
    assert "Save it as a JPEG, PNG, WebP or AVIF file" in error.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90 this is a program", "unreadable"),
        (b"%PDF-1.7", "pdf"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 200, "unreadable"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused(data, code):
    assert refusal(ContentFile(data, "picture.jpg")).code == code


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_half_a_file_is_refused(format):
    data = image_file(format=format).read()
    assert refusal(ContentFile(data[: len(data) // 2], "a.jpg")).code in ("damaged", "unreadable")


def test_too_many_bytes_are_refused_before_they_are_looked_at(monkeypatch):
    monkeypatch.setattr("leadbureau.kit.pictures._decoded", lambda data: pytest.fail("decoded"))
    file = ContentFile(b"x", "a.jpg")
    file.size = 20 * 1024 * 1024
    assert "at most 10 MB" in refusal(file).message


def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch):
    file = image_file(size=(7000, 7000), mode="1", format="PNG")
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    assert "7000 by 7000 pixels" in refusal(file).message


def test_a_decompression_bomb_is_refused():
    out = io.BytesIO()
    Image.new("1", (14_000, 14_000)).save(out, "PNG")
    assert refusal(ContentFile(out.getvalue(), "bomb.png")).code == "too_many_pixels"
