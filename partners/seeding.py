"""Loads the headings and the first partners into an empty table, once."""

from pathlib import Path

from django.db import transaction

from leadbureau.kit.seed_files import SeedError, check_keys, checked, read
from partners.models import Partner, PartnerKind

FILE = Path(__file__).parent / "seed" / "partners.toml"

KIND_KEYS = {"slug", "name", "order", "intro"}
# on_bureau_page tells whoever reads the file; the site shows no difference between partners.
PARTNER_KEYS = {
    "name",
    "kind",
    "place",
    "words",
    "website",
    "on_bureau_page",
    "source_title",
    "source_url",
} | {"order"}


@transaction.atomic
def load(file: Path = FILE) -> int:
    """Makes the rows of the seed file and tells how many; nothing when there is any heading already."""
    if PartnerKind.objects.exists():
        return 0
    tables = read(file, {"kinds", "partners"})
    kinds = {}
    for number, row in enumerate(tables.get("kinds", []), start=1):
        where = f"{file.name}, kind {number}"
        check_keys(row, allowed=KIND_KEYS, required=("slug", "name"), where=where)
        kinds[row["slug"]] = checked(PartnerKind(**row), where)
        kinds[row["slug"]].save()
    for number, row in enumerate(tables.get("partners", []), start=1):
        _partner(row, kinds, f"{file.name}, partner {number}").save()
    return len(kinds) + len(tables.get("partners", []))


def _partner(row: dict, kinds: dict, where: str) -> Partner:
    check_keys(row, allowed=PARTNER_KEYS, required=("name", "kind"), where=where)
    if row["kind"] not in kinds:
        raise SeedError(f"{where}: there is no kind {row['kind']!r}.")
    fields = {name: value for name, value in row.items() if name not in ("kind", "on_bureau_page")}
    partner = Partner(kind=kinds[row["kind"]], **fields)
    checked(partner, where)
    return partner
