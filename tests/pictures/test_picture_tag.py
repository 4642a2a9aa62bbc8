import re

from django.template import Context, Template

from leadbureau.content.chores import cut_pictures
from tests.pictures.factories import image_file, make_picture


def shown(picture, arguments="") -> str:
    return Template(f"{{% load pictures %}}{{% picture picture {arguments} %}}").render(
        Context({"picture": picture})
    )


def test_until_it_is_cut_the_original_stands_in(db):
    picture = make_picture(size=(800, 600))
    html = shown(picture)
    assert f'src="{picture.file.url}"' in html
    assert 'width="800" height="600"' in html
    assert "<source" not in html


def test_a_picture_that_is_cut_offers_avif_then_webp_then_jpeg(db):
    picture = make_picture(size=(800, 600))
    cut_pictures()
    picture.refresh_from_db()
    html = shown(picture, 'sizes="50vw"')
    assert re.findall(r'<source type="([^"]+)"', html) == ["image/avif", "image/webp"]
    assert re.findall(r" (\d+)w", html) == ["320", "640", "800"] * 3
    assert html.count('sizes="50vw"') == 3
    assert 'alt="A road that parts"' in html


def test_renditions_of_a_replaced_file_are_not_shown(db):
    picture = make_picture()
    cut_pictures()
    picture.refresh_from_db()
    picture.file.save("new.jpg", image_file(size=(640, 480)), save=True)
    assert "<source" not in shown(picture)


def test_only_an_eager_picture_is_loaded_at_once(db):
    picture = make_picture()
    assert 'loading="lazy"' in shown(picture)
    eager = shown(picture, "eager=True")
    assert 'fetchpriority="high"' in eager
    assert "lazy" not in eager


def test_a_decorative_picture_has_empty_words(db):
    assert 'alt=""' in shown(make_picture(alt="", decorative=True))


def test_the_focal_point_comes_as_classes_that_the_styles_know(db, settings):
    html = shown(make_picture(focal_x=0.42, focal_y=0.97), 'class="wide"')
    assert 'class="picture wide"' in html
    styles = (settings.BASE_DIR / "static/css/components/picture.css").read_text()
    for name in re.search(r'class="(focus[^"]+)"', html)[1].split():
        assert f".{name} " in styles
    assert "style=" not in html


def test_words_of_staff_cannot_break_out_of_the_markup(db):
    assert "<script>" not in shown(make_picture(alt='"><script>alert(1)</script>'))


def test_no_picture_shows_nothing():
    assert shown(None).strip() == ""
