"""What somebody says of a stage: which one, since when, and where it is written; as text and as a change."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from leadbureau.content.wording import say
from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.models.changes import FIRST_YEAR, Stage, StageChange


@dataclass(frozen=True)
class Claim:
    """A stage with its date and source. `text` is how it is kept: four lines, those at the end may be missing."""

    stage: str
    when: PartialDate | None
    source_title: str = ""
    source_url: str = ""

    @classmethod
    def read(cls, text: str) -> "Claim":
        """From its text. Raises ValidationError for a stage that does not exist and for no date."""
        stage, when, title, url = (*(line.strip() for line in text.splitlines()), "", "", "", "")[:4]
        if stage not in Stage.values:
            raise ValidationError(say("sites.error.stage"))
        try:
            return cls(stage, PartialDate.read(when), title, url)
        except (ValueError, TypeError) as error:
            raise ValidationError(say("sites.correction.error.date")) from error

    @classmethod
    def of(cls, change: StageChange | None) -> "Claim | None":
        if change is None:
            return None
        return cls(change.stage, change.when, change.source_title, change.source_url)

    @property
    def text(self) -> str:
        when = self.when.iso() if self.when else ""
        return "\n".join([self.stage, when, self.source_title, self.source_url]).rstrip("\n")

    def checked(self) -> "Claim":
        """Itself. Raises ValidationError when it has no date or source, or its date cannot be."""
        if self.when is None:
            raise ValidationError(say("sites.correction.error.no_date"))
        today = timezone.localdate()
        if not FIRST_YEAR <= self.when.year <= today.year:
            raise ValidationError(say("sites.error.year", first=FIRST_YEAR, last=today.year))
        if self.when.first_day() > today:
            raise ValidationError(say("sites.correction.error.to_come"))
        if not self.source_title:
            raise ValidationError(say("sites.correction.error.no_source"))
        return self

    def is_like(self, other: "Claim | None") -> bool:
        """Whether both say the same, wherever they have it from."""
        return other is not None and (self.stage, self.when) == (other.stage, other.when)

    def put_into(self, change: StageChange, on: date) -> StageChange:
        """The change as the claim has it, not saved; the source was read on a day."""
        change.stage = self.stage
        parts = (self.when.year, self.when.month, self.when.day) if self.when else (None, None, None)
        change.year, change.month, change.day = parts
        change.dated_by, change.certainty = StageChange.DatedBy.EVENT, StageChange.Certainty.SURE
        change.source_title, change.source_url, change.read_on = self.source_title, self.source_url, on
        return change
