import pytest

from leadbureau.content import seeding
from leadbureau.content.models import BureauDetails, Claim, GalleryPicture, MenuItem, Page, Study, Wording
from leadbureau.content.wording import defaults
from leadbureau.kit.seed_files import SeedError

pytestmark = pytest.mark.django_db


def write(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def refusal(folder) -> str:
    with pytest.raises(SeedError) as error:
        seeding.load(folder)
    assert not Page.objects.exists(), "A load that fails must leave nothing behind."
    return str(error.value)


def test_the_first_load_fills_every_table_and_a_second_one_changes_nothing():
    assert seeding.load() > 300
    counts = [model.objects.count() for model in (Page, Study, Claim, MenuItem, GalleryPicture)]
    assert all(counts)
    assert seeding.load() == 0
    assert counts == [model.objects.count() for model in (Page, Study, Claim, MenuItem, GalleryPicture)]


def test_what_staff_deleted_does_not_come_back():
    seeding.load()
    Page.objects.get(slug="about").delete()
    MenuItem.objects.all().delete()
    assert seeding.load() == 0
    assert not MenuItem.objects.exists()


def test_the_header_has_at_most_six_entries_and_the_bureau_has_no_invented_address():
    seeding.load()
    details = BureauDetails.objects.get()
    assert MenuItem.objects.filter(place="header").count() == 6
    assert (details.email, details.phone, details.address) == ("", "", "")
    assert details.federal_url.startswith("https://")


def test_a_key_that_nothing_reads_stops_the_load_with_a_sentence(tmp_path):
    write(tmp_path, "pages/a.toml", 'slug = "a"\ntitle = "A"\ncolour = "red"\n')
    assert refusal(tmp_path).startswith("a.toml: nothing reads colour; known are ")


def test_a_page_must_say_its_address_and_its_title(tmp_path):
    write(tmp_path, "pages/a.toml", 'slug = "a"\n')
    assert refusal(tmp_path) == "a.toml: title must be given."
    write(tmp_path, "pages/a.toml", 'title = "A"\n')
    assert refusal(tmp_path) == "a.toml: slug must be given; it is empty for the home page only."


def test_a_layout_that_does_not_exist_is_refused_with_its_place_in_the_file(tmp_path):
    write(
        tmp_path, "pages/a.toml", 'slug = "a"\ntitle = "A"\n[[sections]]\nanchor = "x"\nlayout = "circle"\n'
    )
    assert refusal(tmp_path).startswith("a.toml, section 1: layout:")


def test_rich_text_with_a_tag_outside_the_list_is_refused(tmp_path):
    body = 'slug = "a"\ntitle = "A"\n[[sections]]\nanchor = "x"\nbody = "<img src=x>"\n'
    write(tmp_path, "pages/a.toml", body)
    assert refusal(tmp_path) == "a.toml, section 1: rich text may not have the tag img."


def test_a_picture_without_words_that_is_not_decorative_is_refused(tmp_path):
    write(tmp_path, "pictures/pictures.toml", '[[pictures]]\nfile = "a.png"\ntitle = "A"\n')
    assert refusal(tmp_path) == "pictures.toml, picture 1: write alt, or decorative = true."


def test_a_claim_about_a_study_that_is_not_there_is_refused(tmp_path):
    claim = '[[claims]]\nstudy = "x"\nsentence = "S"\nmeasure = "M"\ndoes_not_show = "D"\n'
    write(tmp_path, "evidence.toml", claim)
    assert refusal(tmp_path) == "evidence.toml, claim 1: no study has the slug 'x'."


def test_a_file_that_is_not_toml_is_named(tmp_path):
    write(tmp_path, "news.toml", "[[news]\n")
    assert refusal(tmp_path).startswith("news.toml is not TOML: ")


def test_every_wording_gets_a_row_and_a_key_that_is_gone_loses_it_unless_staff_wrote_in_it():
    Wording.objects.create(key="old.unused")
    Wording.objects.create(key="old.written", text="Ours")
    seeding.sync_wordings()
    assert set(Wording.objects.values_list("key", flat=True)) == {*defaults(), "old.written"}
    assert seeding.sync_wordings() == 0
