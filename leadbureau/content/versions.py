"""Versions of what staff write: kept whole, compared with the present text, restored.

A page with its sections and their items is one text, and so is a study with its claims: each version holds
all of it. A version holds words only. Where the row stands in the address and whether visitors see it are
not part of it, so that restoring can change neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import reversion
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from reversion.models import Revision, Version

from leadbureau.content.models import Claim, Item, NewsItem, Page, Resource, Section, Study
from leadbureau.content.models.publishing import Publishable
from leadbureau.kit.word_diff import readable, word_diff

# Each model with the names of its parts; a whole stands before its parts.
PARTS: dict[type[models.Model], tuple[str, ...]] = {
    Page: ("sections",),
    Section: ("items",),
    Item: (),
    Study: ("claims",),
    Claim: (),
    NewsItem: (),
    Resource: (),
}
WHOLE: dict[type[models.Model], str] = {Section: "page", Item: "section", Claim: "study"}
NOT_KEPT = ("slug", "publish_at", "updated_at", "search_text")
RICH = {"body", "findings", "limits"}
FIRST = "The text as it was before the first change that is kept here."

for _model, _parts in PARTS.items():
    reversion.register(_model, exclude=NOT_KEPT, follow=_parts)

Key = tuple[type[models.Model], int]
Rows = dict[Key, dict]


@dataclass(frozen=True)
class Difference:
    """What differs in one row: the row's name, a note when only one side has it, label and marked text."""

    name: str
    note: str
    fields: list[tuple[str, SafeString]]


def whole_of(row):
    """The row that has versions: of a section or an item its page, of a claim its study."""
    while type(row) in WHOLE:
        row = getattr(row, WHOLE[type(row)])
    return row


def versions_of(row):
    return Version.objects.get_for_object(row).select_related("revision__user")


def keep(row: Publishable, *, deed: str, by=None, on=None) -> None:
    """Keeps the row as the database has it now. What a transaction takes back, it takes back here too."""
    fresh = type(row)._base_manager.get(pk=row.pk)  # type: ignore[attr-defined]
    with reversion.create_revision(manage_manually=True):
        reversion.set_comment(deed)
        reversion.set_user(by)
        if on:
            reversion.set_date_created(on)
        reversion.add_to_revision(fresh)


def keep_first(row: Publishable) -> None:
    """Before a change: keeps what stands now, if nothing is kept yet. The first load need not keep it then."""
    if not versions_of(row).exists():
        stored = type(row)._base_manager.get(pk=row.pk)  # type: ignore[attr-defined]
        keep(stored, deed=FIRST, on=stored.updated_at)


def forget(row: Publishable) -> None:
    """Deletes all versions, for a row that is deleted for good."""
    Revision.objects.filter(pk__in=list(versions_of(row).values_list("revision", flat=True))).delete()


@transaction.atomic
def restore(row: Publishable, version: Version) -> None:
    """Gives the row and its parts the words of a version; parts keep the numbers they had."""
    rows = _rows_of(version)
    for part in PARTS[type(row)]:
        getattr(row, part).all().delete()
    for model in PARTS:
        made = [model(**_with_living_links(*key, rows)) for key in rows if key[0] is model and model in WHOLE]
        model._base_manager.bulk_create(made)
    for name, value in _with_living_links(type(row), row.pk, rows).items():
        setattr(row, name, value)
    row.save()


def differences(version: Version, row: Publishable) -> list[Difference]:
    """What differs between a version and the present text, in the order in which it is read."""
    old, now = _rows_of(version), _rows_now(row)
    every = old | now
    found = []
    for key in sorted(every, key=lambda each: _place(each, every)):
        if fields := list(_fields(key[0], old.get(key, {}), now.get(key, {}))):
            note = "" if key in old and key in now else "gone since" if key in old else "new since"
            found.append(Difference(_name(key, every), note, fields))
    return found


def _rows_of(version: Version) -> Rows:
    kept = version.revision.version_set.select_related("content_type")
    return {(each.content_type.model_class(), int(each.object_id)): each.field_dict for each in kept}


def _rows_now(row) -> Rows:
    rows: Rows = {}
    waiting = [row]
    for one in waiting:  # grows while it is read
        rows[type(one), one.pk] = {
            field.attname: getattr(one, field.attname)
            for field in one._meta.concrete_fields
            if field.name not in NOT_KEPT
        }
        for part in PARTS[type(one)]:
            waiting += getattr(one, part).all()
    return rows


def _with_living_links(model, pk: int, rows: Rows) -> dict:
    """The fields of a kept row; a link to a picture that was deleted since is empty."""
    fields = dict(rows[model, pk])
    for field in model._meta.concrete_fields:
        if field.is_relation and field.null and not _linked(field, fields.get(field.attname)):
            fields[field.attname] = None
    return fields


def _linked(field, pk):
    return pk and field.related_model._base_manager.filter(pk=pk).first()


def _above(key: Key, rows: Rows) -> Key | None:
    link = WHOLE.get(key[0])
    return (key[0]._meta.get_field(link).related_model, rows[key][f"{link}_id"]) if link else None  # type: ignore[return-value]


def _place(key: Key, rows: Rows) -> list[tuple[int, int]]:
    above = _above(key, rows)
    return [*_place(above, rows), (rows[key]["order"], key[1])] if above else []


def _name(key: Key, rows: Rows) -> str:
    """The row under its whole, like "Policing › October 2011"; of the whole itself the kind."""
    above = _above(key, rows)
    if above is None:
        return f"The {key[0]._meta.verbose_name} itself"
    own = str(key[0](**rows[key])) or capfirst(str(key[0]._meta.verbose_name))
    return f"{_name(above, rows)} › {own}" if _above(above, rows) else own


def _fields(model, old: dict, now: dict) -> Iterator[tuple[str, SafeString]]:
    for field in model._meta.concrete_fields:
        before, after = old.get(field.attname), now.get(field.attname)
        if before == after or field.primary_key or field.name == WHOLE.get(model):
            continue
        texts = _text(field, before), _text(field, after)
        if texts[0] != texts[1]:
            yield capfirst(field.verbose_name), word_diff(*texts)
        elif texts[0]:
            yield capfirst(field.verbose_name), SafeString("Only the formatting differs.")


def _text(field, value) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(_linked(field, value) or f"a {field.related_model._meta.verbose_name} deleted since")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return readable(value) if field.name in RICH else str(value)
