"""The stage in a row of a file: a step of the history, when it says more than what is recorded."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.importing.columns import STAGE_COLUMNS, Choice, unescaped
from sites.jurisdictions.importing.dates import read_partial
from sites.jurisdictions.models import Stage, StageChange
from sites.jurisdictions.models.changes import FIRST_YEAR

# Which column tells of a field of the change, for what is wrong with it.
COLUMNS = {
    "stage": "stage", "year": "stage_date", "month": "stage_date", "day": "stage_date",
    "dated_by": "stage_date_is", "certainty": "stage_certainty", "source_title": "stage_source_title",
    "source_url": "stage_source_url", "__all__": "stage",
}  # fmt: skip
_CHOICES = {
    "stage": Choice(Stage.values),
    "stage_date_is": Choice(StageChange.DatedBy.values, StageChange.DatedBy.EVENT),
    "stage_certainty": Choice(StageChange.Certainty.values, StageChange.Certainty.SURE),
}


@dataclass(frozen=True)
class Step:
    """A stage as a row tells it. Two that are equal say the same, from the same source."""

    stage: str
    date: str
    date_is: str
    certainty: str
    source_title: str
    source_url: str

    @classmethod
    def of(cls, change: StageChange) -> "Step":
        return cls(
            change.stage,
            change.when.iso() if change.when else "",
            change.dated_by if change.when else StageChange.DatedBy.EVENT,
            change.certainty,
            change.source_title,
            change.source_url,
        )

    def __str__(self):
        return ", ".join(part for part in (Stage(self.stage).label, self.date, self.source_title) if part)


def told(row: dict) -> Step | None:
    """The stage that a row tells; None when its cell is empty. Raises ValidationError by column."""
    if not unescaped(row.get("stage") or ""):
        return None
    errors, found = {}, {}
    for column in STAGE_COLUMNS:
        try:
            found[column] = _cell(column, row.get(column) or "")
        except ValueError as error:
            errors[column] = str(error)
    if errors:
        raise ValidationError(errors)
    return Step(*(found[column] for column in STAGE_COLUMNS))


def _cell(column: str, cell: str) -> str:
    if column in _CHOICES:
        return _CHOICES[column].clean(cell)
    text = unescaped(cell)
    if column == "stage_date" and text:
        return _date(text).iso()
    return text


def _date(text: str) -> PartialDate:
    try:
        when = read_partial(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is no date like 2019, 2019-06, 2019-06-30 or 6/30/2019.") from error
    if when.year < FIRST_YEAR:
        raise ValueError(f"LEAD began in {FIRST_YEAR}; no place can have been at a stage in {text}.")
    return when


def change_of(step: Step) -> StageChange:
    """The change to be added, without its place. Raises ValidationError by column.

    The table's own checks are left out: what they refuse is refused here, without a query for each row.
    """
    when = PartialDate.read(step.date)
    change = StageChange(
        stage=step.stage,
        dated_by=step.date_is,
        certainty=step.certainty,
        source_title=step.source_title,
        source_url=step.source_url,
        year=when.year if when else None,
        month=when.month if when else None,
        day=when.day if when else None,
    )
    try:
        change.full_clean(exclude=("jurisdiction",), validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise ValidationError({COLUMNS[name]: slips for name, slips in error.message_dict.items()}) from error
    return change
