"""What may be corrected in an entry: the one table, from the field of a form to the entry itself.

A value travels and is kept as text (Correction.was and .proposed, ChangeNote.was and .now):

- words and addresses as they are; what has several lines, with plain line ends
- a choice as its value in the data ("prosecutor"), never as its label
- a stage as four lines: stage, date as exact as it is known ("2021-12"), source, address of the source;
  the launch the same (its stage is "launched")
- a position as "35.6567, -105.9821"
- nothing recorded: the empty text

A form takes `inputs(name, place)` and turns what they bring into such a text by `gather(name, answers)`.
Then `cast` checks it, `is_same` compares it with what stands, `apply` brings it into the entry.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from leadbureau.content.wording import defaults, say
from sites.jurisdictions import correction_inputs as inputs_of
from sites.jurisdictions.dates import PartialDate
from sites.jurisdictions.models.changes import Stage, StageChange
from sites.jurisdictions.models.places import Jurisdiction
from sites.jurisdictions.stage_claims import Claim

LONGEST_TEXT = 2000  # characters of a text that has no limit of its own


@dataclass(frozen=True)
class Fact(ABC):
    """One thing that an entry says. The rule for single fields of the model; others say what is different."""

    name: str

    @property
    def label(self) -> str:
        return say(f"sites.fact.{self.name}")

    @property
    def hint(self) -> str:
        key = f"sites.fact.{self.name}.hint"
        return say(key) if key in defaults() else ""

    @property
    def is_required(self) -> bool:
        return not self._column.blank

    @property
    def _column(self) -> Any:
        return Jurisdiction._meta.get_field(self.name)

    @abstractmethod
    def inputs(self, text: str) -> dict[str, forms.Field]:
        """The fields of a form by name, filled with a text; the first is the one that errors are shown at."""

    def gather(self, answers: dict) -> str:
        return inputs_of.plain(answers["proposed"])

    def cast(self, text: str) -> Any:
        """The value in the data. Raises ValidationError, in words for the public."""
        return inputs_of.plain(self.inputs("")["proposed"].clean(text))

    def current(self, place: Jurisdiction) -> str:
        return inputs_of.plain(getattr(place, self.name))

    def in_words(self, text: str) -> str:
        return text

    def told(self, place: Jurisdiction) -> str:
        """What stands in the entry, in the words of its page."""
        return self.in_words(self.current(place))

    def source(self, place: Jurisdiction) -> str:
        """Who says so, where a fact has a source of its own."""
        return ""

    def is_same(self, place: Jurisdiction, text: str) -> bool:
        return inputs_of.plain(text) == self.current(place)

    def apply(self, place: Jurisdiction, text: str, on: date) -> Model:
        setattr(place, self.name, self.cast(text))
        return place


class Words(Fact):
    """Text; a text that has no limit in the data is asked for in a box of several lines."""

    @property
    def has_lines(self) -> bool:
        return self._column.max_length is None

    def inputs(self, text: str) -> dict[str, forms.Field]:
        longest = self._column.max_length or LONGEST_TEXT
        make = inputs_of.lines if self.has_lines else inputs_of.line
        return {"proposed": make(self, text, longest)}


class Address(Fact):
    def inputs(self, text: str) -> dict[str, forms.Field]:
        return {"proposed": inputs_of.address(self, text, self._column.max_length)}


@dataclass(frozen=True)
class Choice(Fact):
    """One of the values of the model's field; `family` begins the keys of their words."""

    family: str = ""

    @property
    def values(self) -> list[str]:
        return [value for value, _ in self._column.flatchoices]

    def inputs(self, text: str) -> dict[str, forms.Field]:
        choices = [(value, self.in_words(value)) for value in self.values]
        return {"proposed": inputs_of.choice(self, text, choices)}

    def in_words(self, text: str) -> str:
        if text not in self.values:
            return text
        return say(f"{self.family or f'sites.fact.{self.name}.'}{text}")


class Position(Fact):
    """Latitude and longitude together."""

    is_required = False

    def inputs(self, text: str) -> dict[str, forms.Field]:
        return {"proposed": inputs_of.line(self, text, 60)}

    def cast(self, text: str) -> tuple[float, float] | None:
        if not text.strip():
            return None
        try:
            latitude, longitude = (float(part) for part in text.split(","))
        except ValueError as error:
            raise ValidationError(say("sites.correction.error.position")) from error
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValidationError(say("sites.correction.error.position"))
        return latitude, longitude

    def current(self, place: Jurisdiction) -> str:
        return "" if place.latitude is None else f"{place.latitude:.4f}, {place.longitude:.4f}"

    def is_same(self, place: Jurisdiction, text: str) -> bool:
        position = self.cast(text)
        return (f"{position[0]:.4f}, {position[1]:.4f}" if position else "") == self.current(place)

    def apply(self, place: Jurisdiction, text: str, on: date) -> Model:
        place.latitude, place.longitude = self.cast(text) or (None, None)
        return place


class StageFact(Fact):
    """The stage of today: what is accepted becomes a new change in the history."""

    is_required = True

    def inputs(self, text: str) -> dict[str, forms.Field]:
        stages = [(stage, say(f"sites.stage.{stage}")) for stage in Stage.values]
        claim = Claim.read(text) if text else None
        return {
            "stage": inputs_of.choice(self, claim.stage if claim else "", stages),
            **inputs_of.date_and_source(None),
        }

    def gather(self, answers: dict) -> str:
        return inputs_of.claim_text(answers.get("stage") or Stage.LAUNCHED, answers)

    def cast(self, text: str) -> Claim:
        return Claim.read(text).checked()

    def current(self, place: Jurisdiction) -> str:
        claim = Claim.of(self._change(place))
        return claim.text if claim else ""

    def in_words(self, text: str) -> str:
        claim = self._read(text)
        if claim is None:
            return text
        when = claim.when.with_preposition() if claim.when else say("sites.place.undated").lower()
        return ", ".join([say(f"sites.stage.{claim.stage}"), when])

    def told(self, place: Jurisdiction) -> str:
        """With what the kept text leaves out: whether the date is that of a report, and how certain it is."""
        change = self._change(place)
        if change is None:
            return ""
        return ", ".join([*self._parts(change), *([] if change.is_sure else [say("sites.unsure")])])

    def source(self, place: Jurisdiction) -> str:
        change = self._change(place)
        return change.source_title if change else ""

    def is_same(self, place: Jurisdiction, text: str) -> bool:
        return self.cast(text).is_like(Claim.of(self._change(place)))

    def apply(self, place: Jurisdiction, text: str, on: date) -> Model:
        return self.cast(text).put_into(StageChange(jurisdiction=place), on)

    def _change(self, place: Jurisdiction) -> StageChange | None:
        return place.change_on()

    def _parts(self, change: StageChange) -> list[str]:
        when = say(f"sites.asof.{change.basis}", when=change.when_with_preposition())
        return [say(f"sites.stage.{change.stage}"), when]

    def _read(self, text: str) -> Claim | None:
        """What was kept must be shown, even if it is no claim by the rules of today."""
        try:
            return Claim.read(text)
        except ValidationError:
            return None


class LaunchFact(StageFact):
    """The first start: what is accepted mends the change that dates it, or makes one."""

    def inputs(self, text: str) -> dict[str, forms.Field]:
        return inputs_of.date_and_source(Claim.read(text).when if text else None)

    def cast(self, text: str) -> Claim:
        claim = super().cast(text)
        if claim.stage != Stage.LAUNCHED:
            raise ValidationError(say("sites.error.stage"))
        return claim

    def in_words(self, text: str) -> str:
        claim = self._read(text)
        return claim.when.in_words() if claim and claim.when else text

    def apply(self, place: Jurisdiction, text: str, on: date) -> Model:
        return self.cast(text).put_into(place.launch() or StageChange(jurisdiction=place), on)

    def _change(self, place: Jurisdiction) -> StageChange | None:
        return place.launch()

    def _parts(self, change: StageChange) -> list[str]:
        return [change.when_in_words()]


class VisibilityFact(Choice):
    """How much the public sees: the place's own choice. As text three lines: the choice, who made it, the day."""

    def cast(self, text: str) -> tuple[str, str, date]:
        value, who, day = (*text.splitlines(), "", "")[:3]
        when = PartialDate.read(day)
        return super().cast(value), who, when.first_day() if when else timezone.localdate()

    def in_words(self, text: str) -> str:
        return super().in_words(text.partition("\n")[0])

    def is_same(self, place: Jurisdiction, text: str) -> bool:
        return self.cast(text)[0] == place.visibility

    def apply(self, place: Jurisdiction, text: str, on: date) -> Model:
        """To be named is consent, and is recorded as such; to be named no longer takes it back."""
        place.visibility, who, when = self.cast(text)
        if place.is_named:
            place.consent_by, place.consent_on = who, when
            place.consent_how = "Through its private link"
            place.ground = place.ground or Jurisdiction.Ground.CONSENT
        else:
            place.consent_by, place.consent_on, place.consent_how = "", None, ""
            if place.ground == Jurisdiction.Ground.CONSENT:
                place.ground = ""
        return place


# In the order of a place's page.
FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Words("name"),
        StageFact("stage"),
        LaunchFact("launched"),
        Choice("kind", family="sites.kind."),
        Words("locality"),
        Words("county"),
        Choice("population"),
        Choice("setting"),
        Words("lead_agency"),
        Choice("lead_agency_kind"),
        Words("local_partners"),
        Words("offers"),
        Choice("hosts_visits"),
        Words("public_contact"),
        Address("website"),
        Words("summary"),
        Words("note"),
        Position("position"),
    )
}
# What only the place itself may change. No public note tells of it.
OWN_FACTS: dict[str, Fact] = {"visibility": VisibilityFact("visibility")}
ALL_FACTS = {**FACTS, **OWN_FACTS}


def label(name: str) -> str:
    """What the public calls it; a name that is not in the table is its own label."""
    return ALL_FACTS[name].label if name in ALL_FACTS else name


def inputs(name: str, place: Jurisdiction) -> dict[str, forms.Field]:
    """Fresh fields for a form, by name, filled with what stands in the entry."""
    return ALL_FACTS[name].inputs(current(place, name))


def gather(name: str, answers: dict) -> str:
    """The proposed text out of the cleaned answers to `inputs`."""
    return ALL_FACTS[name].gather(answers)


def cast(name: str, text: str) -> Any:
    """The value in the data that a text stands for. Raises ValidationError, in words for the public."""
    return ALL_FACTS[name].cast(text)


def current(place: Jurisdiction, name: str) -> str:
    """What stands in the entry, as the text that is kept."""
    return ALL_FACTS[name].current(place)


def in_words(name: str, text: str) -> str:
    """A kept text as the public reads it: a label for a choice, "Operating, in December 2021" for a stage."""
    return ALL_FACTS[name].in_words(text) if name in ALL_FACTS else text


def is_same(place: Jurisdiction, name: str, text: str) -> bool:
    """Whether a proposal says what stands already. Raises ValidationError for one that says nothing."""
    return ALL_FACTS[name].is_same(place, text)


def apply(place: Jurisdiction, name: str, text: str, on: date | None = None) -> Model:
    """Brings a text into the entry, without saving; gives the row to check and save.

    It is the place itself, or a change of its history whose source was read on a day (default: today).
    Raises ValidationError as cast does.
    """
    return ALL_FACTS[name].apply(place, text, on or timezone.localdate())
