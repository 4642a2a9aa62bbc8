"""The two sheets of a brief: their texts, cut so that each fills one Letter page and never more."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil

from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.content.models import Claim
from leadbureau.content.wording import say
from sites.jurisdictions import brief_claims
from sites.jurisdictions.brief_claims import CARD_LINE, Card
from sites.jurisdictions.brief_fit import (
    LINE,
    RESERVE,
    SHEET,
    clip,
    high,
    that_fit,
    whole_or_none,
    whole_sentences,
)
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State
from sites.jurisdictions.models.confirmed import FRESH

WAYS, QUESTIONS = range(1, 4), range(1, 7)
LONG_DAY = "24 September 2026"
ROOM = SHEET - RESERVE
LONGEST_FACT = 400  # characters of a fact of the place
LEAST_ROWS, LEAST_ROWS_OF_STATE = 4, 8  # places that come before laws and further facts
MOST_MEASURES, MEASURES_OF_PLACE = 6, 3
HEAD, HEADING, GAP, SMALL, TOTALS = 19.0, 20.0, 11.0, 12.0, 18.0  # heights of what repeats
ROW, NAME_COLUMN, WHEN_COLUMN = 17.5, 47, 31  # of the list of places
HALF = 58  # characters in a line of two columns


@dataclass(frozen=True)
class MeasureOfSheet:
    """A law or money of a state in full, or its date and title alone: a text without its end may promise too much."""

    when: str
    title: str
    body: str = ""

    def height(self) -> float:
        return high(f"{self.when}: {self.title}. {self.body}") + 3


@dataclass(frozen=True)
class Sheets:
    """What a brief shows; `rows` and `measures` are all that were found, the sheets take what has room.

    host: the site's address without its scheme, as it is read on paper.
    """

    state: State
    place: Jurisdiction | None
    current: StageChange | None
    started: StageChange | None
    title: str
    summary: str
    found_rows: list[Jurisdiction]
    found_outside: list[Jurisdiction]
    totals: list[tuple[str, int]]
    count: int  # places of the state, of which the rows of a state's brief are the first
    unnamed: str  # the sentence on places of the state that are counted only
    found_measures: list[MeasureOfSheet]  # in full
    found_claims: list[Claim]
    day: date
    host: str

    @cached_property
    def what(self) -> list[str]:
        return [whole_sentences(say(f"sites.brief.what.{number}"), 420) for number in (1, 2)]

    @cached_property
    def ways(self) -> list[tuple[str, str]]:
        return [
            (
                clip(say(f"sites.brief.way.{n}.name"), 40),
                whole_sentences(say(f"sites.brief.way.{n}.text"), 150),
            )
            for n in WAYS
        ]

    @cached_property
    def _found_facts(self) -> list[tuple[str, str]]:
        """Of the place itself, what matters most first: since when, by whose word, who leads it, with whom."""
        place, unknown = self.place, say("sites.place.not_recorded")
        if place is None:
            return []
        unsure = "" if self.started is None or self.started.is_sure else f" ({say('sites.unsure')})"
        source = self.current.source_title if self.current else place.source_title
        facts = [
            ("launched", f"{self.started.when_in_words()}{unsure}" if self.started else unknown),
            ("source", source or unknown),
            ("agency", place.lead_agency or unknown),
            ("certified", say("sites.place.certified_by") if getattr(place, "certified", False) else ""),
            ("confirmed", self._confirmed(place)),
            ("partners", whole_or_none("; ".join(place.local_partners.splitlines()), LONGEST_FACT)),
            ("offers", whole_or_none(place.offers, LONGEST_FACT)),
        ]
        return [(say(f"sites.brief.fact.{name}"), text) for name, text in facts if text]

    def _confirmed(self, place: Jurisdiction) -> str:
        if place.confirmed_on is None or place.confirmed_on > self.day:
            return ""
        is_fresh = place.confirmation_state(self.day) == FRESH
        return day_in_words(place.confirmed_on) if is_fresh else place.confirmation_in_words(self.day)

    @cached_property
    def _kept(self) -> tuple[list[tuple[str, str]], list[MeasureOfSheet]]:
        """The facts and measures that leave room for some places: measures give way first, then facts.

        Measures stand there in full as long as one of them does, then by date and title alone.
        """
        facts = list(self._found_facts)
        most = self.found_measures[: MEASURES_OF_PLACE if self.place else MOST_MEASURES]
        titles = [replace(measure, body="") for measure in most]
        rows = LEAST_ROWS if self.place else LEAST_ROWS_OF_STATE
        room = ROOM - sum(_height_of_row(row) for row in self.found_rows[:rows])
        for measures in [*_fewer_and_fewer(most), *_fewer_and_fewer(titles)]:
            if self._first_without_rows(facts, measures) <= room:
                return facts, measures
        while facts and self._first_without_rows(facts, []) > room:
            facts.pop()
        return facts, []

    @property
    def facts(self) -> list[tuple[str, str]]:
        return self._kept[0]

    @property
    def measures(self) -> list[MeasureOfSheet]:
        return self._kept[1]

    @property
    def measures_rest(self) -> int:
        return len(self.found_measures) - len(self.measures)

    @cached_property
    def rows(self) -> list[Jurisdiction]:
        """As many places as the other texts of the first sheet leave room for."""
        room = ROOM - self._first_without_rows(self.facts, self.measures)
        return that_fit(self.found_rows, room, _height_of_row)

    @cached_property
    def near_rows(self) -> list[Jurisdiction]:
        """Under the few places of a state, the nearest elsewhere, where room is left."""
        room = ROOM - self._first_without_rows(self.facts, self.measures)
        room -= sum(_height_of_row(row) for row in self.rows) + 2 * LINE + SMALL + GAP
        return that_fit(self.found_outside, room, _height_of_row)

    @property
    def rest(self) -> int:
        """How many places of the state stand only on its page; a place or an empty state names the nearest."""
        return self.count - len(self.rows) if self.count and not self.place else 0

    def _first_without_rows(self, facts: list, measures: list) -> float:
        summary = high(self.summary, 98, 15) + 4 if self.summary else 0
        top = HEAD + SMALL + high(self.title, 38, 29) + summary
        left = sum(high(text, 66) + 4 for text in self.what)
        right = sum(high(f"{name} {text}", 42) + 4 for name, text in self.ways)
        own = 0.0
        if self.place:
            own = GAP + 16 + HEADING + 2 * LINE + sum(high(f"{name} {text}", 98) for name, text in facts)
        introduced = self.count or self.place
        places = (
            HEADING
            + TOTALS
            + high(f"{self.list_address}{'':48}", 135, SMALL)
            + (0 if introduced else 5 * LINE)
            + (high(self.unnamed) if self.unnamed and introduced else 0)
        )
        laws = HEADING + (TOTALS if self.place else 0) + SMALL
        laws += sum(measure.height() for measure in measures) or LINE
        return top + HEADING + max(left, right) + own + places + laws + self._foot + 4 * GAP

    @cached_property
    def claims(self) -> list[Card]:
        """The first ones that the sheet holds whole, beside the contacts."""
        room = ROOM - self._second_without_pair([]) - HEADING - self._height_of_contacts
        return brief_claims.that_fit_whole(self.found_claims, room)

    @cached_property
    def questions(self) -> list[str]:
        """What a council may ask; the last ones give way when the sheet is full."""
        texts = [say(f"sites.brief.question.{number}") for number in QUESTIONS]
        room = ROOM - self._second_without_pair(self.claims) - _height_of_stages(self.stages) - HEADING
        return that_fit(texts, max(room, self._height_of_contacts), lambda text: high(text, HALF) + 4)

    @cached_property
    def stages(self) -> list[str]:
        """Those of the first sheet, to be explained; none when claims and contacts fill the second."""
        changes = [getattr(row, "current", None) for row in [*self.rows, *self.near_rows]]
        shown = {change.stage for change in [*changes, self.current] if change}
        shown.update(stage for stage, _ in self.totals)
        stages = [stage for stage in Stage.values if stage in shown]
        room = ROOM - self._second_without_pair(self.claims) - HEADING - self._height_of_contacts
        return stages if _height_of_stages(stages) <= room else []

    def _second_without_pair(self, claims: list[Card]) -> float:
        """Without the questions, the contacts and the stages."""
        evidence = HEADING + high(say("sites.brief.evidence.text")) + SMALL + 8
        cards = brief_claims.height(claims) or LINE
        note = high(say("sites.brief.stages.text", day=LONG_DAY, today=LONG_DAY), 135, SMALL)
        head = max(HEAD, high(self.title, 80) + 6)
        return head + evidence + cards + note + self._foot + 4 * GAP

    @property
    def _height_of_contacts(self) -> float:
        return sum(
            high(name, 42) + sum(high(line, 44) for line in text.splitlines()) + 4
            for name, text in self.contacts
        )

    @property
    def _foot(self) -> float:
        """The height of the last lines, with the address of the sheet."""
        return 8 + high(f"{self.list_address}{'':48}", 105, SMALL)

    @cached_property
    def contacts(self) -> list[tuple[str, str]]:
        """Whom to call or write to: the Bureau, this place, and where a person in need turns."""
        bureau = layout().details
        reach = [
            ", ".join(text for text in (bureau.phone, bureau.email) if text),
            ", ".join(line for line in bureau.address.splitlines() if line.strip()),
        ]
        known = [text for text in reach if text]
        days = bureau.reply_days
        found = [
            (clip(bureau.name, 60), "\n".join([*known, self._at("mail:contact")])),
            (
                say("sites.brief.call.help"),
                f"{self._at('assistance:start')}\n{say('sites.brief.call.answers', days=days)}",
            ),
        ]
        if self.place:
            reach = [self.place.public_contact, self.place.website_host]
            own = "\n".join(text for text in reach if text) or say("sites.place.not_recorded")
            found.append((clip(self.place.name, 60), own))
        return [*found, (say("sites.brief.call.need"), say("sites.brief.call.need_text"))]

    def _at(self, name: str) -> str:
        return f"{self.host}{reverse(name)}"

    @property
    def state_address(self) -> str:
        return f"{self.host}{self.state.get_absolute_url()}"

    @property
    def list_address(self) -> str:
        """Where the sources of the rows stand: the page of the place, of the state, or the whole list."""
        if self.place:
            return f"{self.host}{self.place.get_absolute_url()}"
        return self.state_address if self.count else self._at("jurisdictions:index")

    @property
    def evidence_address(self) -> str:
        return self._at("content:evidence")


def _height_of_row(row) -> float:
    """Of the taller of its two columns: the name with where it is, and the day with how certain it is."""
    certainty = "" if row.current.is_sure else f"; {say('sites.unsure')}"
    name, when = f"{row.label} {row.whereabouts} {'':4}", f"{row.when}{certainty}"
    return max(high(name, NAME_COLUMN), high(when, WHEN_COLUMN)) + ROW - LINE


def _height_of_stages(stages: list[str]) -> float:
    """Three beside each other, of three lines at most."""
    return HEADING + ceil(len(stages) / 3) * (3 * CARD_LINE + 2) if stages else 0


def _fewer_and_fewer(measures: list[MeasureOfSheet]) -> list[list[MeasureOfSheet]]:
    """All of them, then one less, down to the newest."""
    return [measures[:count] for count in range(len(measures), 0, -1)]
