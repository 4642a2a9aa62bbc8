"""Loads the seed files of this app into an empty database, once, strictly.

The files are the first words of the site; after that the database is the truth and staff own it.
"""

from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from leadbureau.content.models import (
    BureauDetails,
    Claim,
    GalleryPicture,
    Item,
    MenuItem,
    NewsItem,
    Page,
    Picture,
    Rating,
    Resource,
    Section,
    Study,
    Wording,
)
from leadbureau.content.wording import defaults
from leadbureau.kit.seed_files import SeedError, check_keys, checked, read, rich

SEED = Path(__file__).parent / "seed"

DETAILS_KEYS = {
    *("name", "short_name", "description", "email", "phone", "address", "reply_days"),
    *("federal_name", "federal_url"),
}
PAGE_KEYS = {"slug", "title", "lead", "description", "checked_on", "sections"}
SECTION_KEYS = {"anchor", "heading", "layout", "body", "items"}
ITEM_KEYS = {"label", "heading", "body", "source_title", "source_url"}
RATING_KEYS = {"slug", "rater", "verdict", "scope", "rated_on", "note", "url", "order", "studies"}
STUDY_KEYS = {
    *("slug", "title", "place", "year", "direction", "rigor", "authors", "citation", "doi", "url", "funder"),
    *(
        "design",
        "people",
        "period",
        "findings",
        "limits",
        "source_title",
        "source_url",
        "confidence",
        "order",
    ),
}
CLAIM_KEYS = {"study", "sentence", "measure", "compared_with", "people", "does_not_show", "on_home", "order"}
RESOURCE_KEYS = {"slug", "title", "kind", "summary", "publisher", "url", "published", "audience", "order"}
NEWS_KEYS = {"slug", "title", "date", "summary", "body", "source_title", "source_url"}
PICTURE_KEYS = {
    "file",
    "title",
    "alt",
    "decorative",
    "credit",
    "focal_x",
    "focal_y",
    "caption",
    "address",
    "order",
}


@transaction.atomic
def load(seed: Path = SEED, *, now: datetime | None = None) -> int:
    """Makes the rows of the seed files and tells how many; nothing when any content is there already.

    Raises SeedError, and makes nothing, when a file holds what the site cannot take. What it loads is
    public from `now` on.
    """
    if any(model.objects.exists() for model in (BureauDetails, MenuItem, Page, Study, Resource, NewsItem)):
        return 0
    public = {"publish_at": now or timezone.now()}
    return (
        load_details(seed / "details.toml")
        + load_pages(seed / "pages", public)
        + load_evidence(seed / "evidence.toml", public)
        + load_resources(seed / "resources.toml", public)
        + load_news(seed / "news.toml", public)
        + load_pictures(seed / "pictures" / "pictures.toml")
    )


def sync_wordings() -> int:
    """A row for staff for every key of the wordings files, so that they can find it; tells how many changed.

    Rows of keys that no file knows any more go, unless staff wrote something in them.
    """
    known = set(Wording.objects.values_list("key", flat=True))
    missing = [key for key in defaults() if key not in known]
    Wording.objects.bulk_create([Wording(key=key) for key in missing], ignore_conflicts=True)
    gone, _ = Wording.objects.filter(text="").exclude(key__in=defaults()).delete()
    return len(missing) + gone


def load_details(file: Path) -> int:
    tables = read(file, {"details", "menu"})
    rows: list = []
    if "details" in tables:
        check_keys(tables["details"], allowed=DETAILS_KEYS, where=file.name)
        rows.append(checked(BureauDetails(pk=1, **tables["details"]), file.name))
    for number, row in enumerate(tables.get("menu", []), start=1):
        where = f"{file.name}, menu item {number}"
        check_keys(row, allowed={"place", "label", "address"}, required=("label", "address"), where=where)
        rows.append(checked(MenuItem(order=number * 10, **row), where))
    for row in rows:
        row.save()
    return len(rows)


def load_pages(folder: Path, public: dict) -> int:
    return sum(load_page(file, public) for file in sorted(folder.glob("*.toml")))


def load_page(file: Path, public: dict) -> int:
    """One page with its sections and items. A page without a slug is the home page, so the key must stand."""
    row = read(file, PAGE_KEYS)
    check_keys(row, allowed=PAGE_KEYS, required=("title",), where=file.name)
    if "slug" not in row:
        raise SeedError(f"{file.name}: slug must be given; it is empty for the home page only.")
    sections = row.pop("sections", [])
    page = checked(Page(**row, **public), file.name)
    page.save()
    made = 1 + sum(
        load_section(page, section, number, f"{file.name}, section {number}")
        for number, section in enumerate(sections, start=1)
    )
    page.refresh_search_text()
    return made


def load_section(page: Page, row: dict, number: int, where: str) -> int:
    check_keys(row, allowed=SECTION_KEYS, required=("anchor",), where=where)
    fields = {**row, "body": rich(row.get("body", ""), where), "order": number * 10}
    items = fields.pop("items", [])
    section = checked(Section(page=page, **fields), where)
    Section.objects.bulk_create([section])
    Item.objects.bulk_create(
        _item(section, item, position, f"{where}, item {position}")
        for position, item in enumerate(items, start=1)
    )
    return 1 + len(items)


def _item(section: Section, row: dict, position: int, where: str) -> Item:
    check_keys(row, allowed=ITEM_KEYS, where=where)
    if not any(row.get(key) for key in ("label", "heading", "body", "source_title")):
        raise SeedError(f"{where}: an item needs words.")
    fields = {**row, "body": rich(row.get("body", ""), where), "order": position * 10}
    return checked(Item(section=section, **fields), where)


def load_evidence(file: Path, public: dict) -> int:
    tables = read(file, {"ratings", "studies", "claims"})
    studies, ratings, claims = (tables.get(name, []) for name in ("studies", "ratings", "claims"))
    for row in studies:
        # How sure the fact is decides whether it is published at all; the page itself gives the source.
        if row.get("confidence", "H") not in ("H", "M"):
            raise SeedError(f"{file.name}, {row.get('slug')}: only confidence H or M is published.")
    html = ("findings", "limits")
    needed = ("slug", "title", "place", "direction", "rigor", "citation", "design", *html)
    made = _load_rows(Study, studies, STUDY_KEYS, needed, file.name, html=html, **public)
    made += _load_rows(Rating, ratings, RATING_KEYS, ("slug", "rater", "verdict", "note"), file.name)
    found = {study.slug: study for study in Study.objects.all()}
    for row in ratings:
        about = [_study(found, slug, f"{file.name}, {row['slug']}") for slug in row.get("studies", [])]
        Rating.objects.get(slug=row["slug"]).studies.set(about)
    return made + _load_claims(claims, found, file.name)


def _load_claims(claims: list[dict], found: dict[str, Study], file: str) -> int:
    required = ("study", "sentence", "measure", "does_not_show")
    for number, row in enumerate(claims, start=1):
        where = f"{file}, claim {number}"
        check_keys(row, allowed=CLAIM_KEYS, required=required, where=where)
        fields = {"order": number * 10, **row, "study": _study(found, row["study"], where)}
        checked(Claim(**fields), where).save()
    return len(claims)


def _study(found: dict[str, Study], slug: str, where: str) -> Study:
    if slug not in found:
        raise SeedError(f"{where}: no study has the slug {slug!r}.")
    return found[slug]


def load_resources(file: Path, public: dict) -> int:
    rows = read(file, {"resources"}).get("resources", [])
    required = ("slug", "title", "kind", "summary", "url")
    return _load_rows(Resource, rows, RESOURCE_KEYS, required, file.name, **public)


def load_news(file: Path, public: dict) -> int:
    rows = read(file, {"news"}).get("news", [])
    required = ("slug", "title", "date", "summary")
    return _load_rows(NewsItem, rows, NEWS_KEYS, required, file.name, html=("body",), **public)


def _load_rows(model, rows, keys, required, file: str, *, html=(), **more) -> int:
    """Rows of one flat table: checked, cleaned, in the order in which they stand, saved."""
    columns = {field.name for field in model._meta.concrete_fields}
    for number, row in enumerate(rows, start=1):
        where = f"{file}, {row.get('slug') or f'row {number}'}"
        check_keys(row, allowed=keys, required=required, where=where)
        fields = {"order": number * 10, **row, **more}
        fields |= {name: rich(fields.get(name, ""), where) for name in html}
        checked(model(**{key: value for key, value in fields.items() if key in columns}), where).save()
    return len(rows)


def load_pictures(file: Path) -> int:
    """Pictures of the gallery: each file is copied to the media folder, each row gets its words."""
    rows = read(file, {"pictures"}).get("pictures", [])
    for number, row in enumerate(rows, start=1):
        where = f"{file.name}, picture {number}"
        check_keys(row, allowed=PICTURE_KEYS, required=("file", "title"), where=where)
        if not row.get("alt") and not row.get("decorative"):
            raise SeedError(f"{where}: write alt, or decorative = true.")
        if not (file.parent / row["file"]).exists():
            raise SeedError(f"{where}: the file {row['file']} is not there.")
        _load_picture(file.parent / row["file"], row, number, where)
    return 2 * len(rows)


def _load_picture(source: Path, row: dict, number: int, where: str) -> None:
    words = {
        key: row[key] for key in ("title", "alt", "decorative", "credit", "focal_x", "focal_y") if key in row
    }
    picture = checked(Picture(**words), where, exclude=("file",))
    with source.open("rb") as stream:
        picture.file.save(source.name, File(stream), save=True)
    shown = {key: row[key] for key in ("caption", "address") if key in row}
    order = row.get("order", number * 10)
    checked(GalleryPicture(picture=picture, title=row["title"], order=order, **shown), where).save()
