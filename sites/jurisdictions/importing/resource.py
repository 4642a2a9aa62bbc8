"""One row of a file after the other becomes a place, by the rules of the form; all of them, or none."""

import logging
from collections.abc import Callable
from copy import deepcopy

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.text import slugify
from import_export.resources import ModelResource
from import_export.results import Error, Result, RowResult

from leadbureau.kit.word_diff import word_diff
from sites.jurisdictions.duplicates import Likeness, Likenesses
from sites.jurisdictions.importing import stages
from sites.jurisdictions.importing.columns import PLAIN, READ, TOLD, Codes, unescaped
from sites.jurisdictions.importing.file import FileError
from sites.jurisdictions.importing.known import Known
from sites.jurisdictions.models import Jurisdiction, StageChange

logger = logging.getLogger(__name__)
BATCH = 500  # rows of one statement
_SLUG = Jurisdiction._meta.get_field("slug").max_length


class PlaceRowResult(RowResult):
    """With what the report says of a row: its number in the file, (column, was, now), and who is like it."""

    number = 0
    told: tuple[tuple[str, str, str], ...] = ()
    like: tuple[str, ...] = ()

    @property
    def differences(self) -> list[tuple[str, SafeString]]:
        """Each column that changes, with what goes and what comes marked word by word."""
        return [(column, word_diff(was, now)) for column, was, now in self.told]


class PlacesResult(Result):
    unknown: tuple[str, ...] = ()  # columns that are not read


class PlaceResource(ModelResource):
    """Checks each row as the form does, and writes new places a few hundred at a time.

    on_row(number, total) is called before each row, for a progress bar.
    """

    class Meta:
        model = Jurisdiction
        fields = ()  # those of PLAIN instead
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        store_instance = True  # for likely duplicates, and for the admin's log
        skip_diff = True  # it would copy each place twice; ours is taken in skip_row()
        use_bulk = True
        batch_size = BATCH

    def __init__(self, on_row: Callable[[int, int], None] = lambda number, total: None, **kwargs):
        super().__init__(**kwargs)
        self.fields = {column.attribute: deepcopy(column) for column in PLAIN}
        self._on_row = on_row
        self._steps: list[StageChange] = []
        self._reaching: list[tuple[Jurisdiction, list]] = []

    @classmethod
    def get_result_class(cls):
        return PlacesResult

    @classmethod
    def get_row_result_class(cls):
        return PlaceRowResult

    def before_import(self, dataset, **kwargs):
        headers = dataset.headers or []
        self._total = len(dataset)
        self._unknown = tuple(name for name in headers if name and name not in READ | TOLD)
        self._told = [column for column in self.fields.values() if column.column_name in headers]
        self._known = Known()
        self._likenesses = Likenesses(Likeness.all())

    def before_import_row(self, row, row_number=0, **kwargs):
        self._on_row(row_number, self._total)
        self._number = row_number + 1  # in the file, whose first row names the columns
        self._step: StageChange | None = None
        self._also_in: list | None = None
        self._changed: list[tuple[str, str, str]] = []

    def get_instance(self, instance_loader, row):
        """The place that a row is about; None for a new one. Raises ValidationError for an unknown id."""
        return self._known.place(row)

    def after_init_instance(self, instance, new, row, **kwargs):
        self._was = self._values(instance)

    def import_instance(self, instance, row, **kwargs):
        """All slips of a row at once, each under the name of a field or of a column."""
        slips: dict = {}
        steps: list[Callable[[], object]] = [
            lambda: super(PlaceResource, self).import_instance(instance, row, **kwargs),
            lambda: self._set_state(instance, row),
            lambda: self._set_slug(instance, row),
            lambda: self._set_also_in(instance, row),
            lambda: self._take_stage(instance, row),
        ]
        for step in steps:
            try:
                step()
            except ValidationError as error:
                error.update_error_dict(slips)
        if slips:
            raise ValidationError(slips)

    def _set_state(self, instance, row) -> None:
        if "state" in row or instance._state.adding:
            instance.state = self._known.state(row.get("state", ""))

    def _set_slug(self, instance, row) -> None:
        """The end of the address: as told, or for a new place from the place's name. Once in a state."""
        wanted = unescaped(row.get("slug") or "")
        if wanted:
            instance.slug = wanted
        elif instance._state.adding:
            instance.slug = slugify(instance.locality)[:_SLUG].strip("-")
        if instance.state_id and instance.slug:
            self._known.take_address(instance, self._number)

    def _set_also_in(self, instance, row) -> None:
        if "also_in" in row:
            codes = Codes().clean(row["also_in"]).upper()
            self._also_in = [self._known.state(code, "also_in") for code in codes.split()]

    def _take_stage(self, instance, row) -> None:
        """A step that is recorded already, as the newest one or before it, is not told again."""
        step = stages.told(row)
        if step is None:
            return
        history = [] if instance._state.adding else instance.history()
        if step in [stages.Step.of(change) for change in history]:
            return
        self._step = stages.change_of(step)
        self._step.jurisdiction = instance
        now = instance.change_on() if history else None
        self._changed.append(("stage", str(stages.Step.of(now)) if now else "", str(step)))

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Notes what the row changes; a place that it leaves as it is, is not saved."""
        if instance.state_id is None or import_validation_errors:
            return False
        was, now = self._was, self._values(instance)
        self._changed[:0] = [
            (name, was.get(name, ""), now[name]) for name in now if now[name] != was.get(name)
        ]
        reaching = self._reaching_of(instance)
        if self._also_in is not None and {state.usps for state in self._also_in} != set(reaching):
            self._changed.append(("also_in", " ".join(reaching), " ".join(s.usps for s in self._also_in)))
        else:
            self._also_in = None
        return not self._changed and not instance._state.adding

    def _reaching_of(self, instance) -> list[str]:
        return [] if instance._state.adding else sorted(state.usps for state in instance.also_in.all())

    def _values(self, instance) -> dict[str, str]:
        """What the columns of the file say of a place as it now is, in the file's own words."""
        values = {column.column_name: column.export(instance) for column in self._told}
        state = instance.state.usps if instance.state_id else ""
        return {**values, "state": state, "slug": instance.slug}

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """As the form does, without the queries that a thousand rows would repeat.

        State and address are checked by what is known of all; the table's own checks come with the writing.
        """
        slips = dict(import_validation_errors or {})
        try:
            instance.full_clean(
                exclude={*slips, "state", "identifier"} | ({"slug"} if not instance.slug else set()),
                validate_unique=False,
                validate_constraints=False,
            )
        except ValidationError as error:
            error.update_error_dict(slips)
        if slips:
            raise ValidationError(slips)

    def after_save_instance(self, instance, row, **kwargs):
        if self._step:
            self._steps.append(self._step)
        if self._also_in is not None:
            self._reaching.append((instance, self._also_in))

    def after_import_row(self, row, row_result, **kwargs):
        row_result.number, row_result.told = self._number, tuple(self._changed)
        if row_result.is_new() or {"name", "county_fips", "geoid"} & {name for name, *_ in self._changed}:
            likeness = Likeness.of(row_result.instance)
            row_result.like = tuple(dict.fromkeys(one.name for one in self._likenesses.like(likeness)))
            if row_result.is_new():
                self._likenesses.add(likeness)

    def bulk_update(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        """One by one: a bulk update would leave the words of the search and the day of the change behind."""
        try:
            for place in self.update_instances:
                place.save()
        except Exception as error:
            self.handle_import_error(result, error, raise_errors)
        finally:
            self.update_instances.clear()

    def after_import(self, dataset, result, **kwargs):
        result.unknown = self._unknown
        if result.base_errors:  # the places themselves were refused
            return
        StageChange.objects.bulk_create(self._steps, batch_size=BATCH)
        for place, states in self._reaching:
            place.also_in.set(states)

    def handle_import_error(self, result, error, raise_errors=False):
        """What refuses the file as a whole; a refusal by the database is told in words, and kept in the log."""
        if not isinstance(error, FileError):
            logger.exception("An import of places was refused.", exc_info=error)
            error = FileError(f"The database refuses these rows, so none is stored. It says: {error}")
        if result is not None:
            result.append_base_error(Error(error))
        if raise_errors:
            raise error
