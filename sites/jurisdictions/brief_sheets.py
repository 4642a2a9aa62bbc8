"""The two sheets of a brief: their texts, cut so that each fills one Letter page and never more."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil

from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.content.models import Claim
from leadbureau.content.wording import say
from sites.jurisdictions.brief_fit import ACROSS, LINE, RESERVE, SHEET, clip, high, that_fit
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.models import Jurisdiction, Stage, StageChange, State

WAYS, QUESTIONS = range(1, 4), range(1, 7)
ROOM = SHEET - RESERVE
LEAST_ROWS, LEAST_ROWS_OF_STATE = 4, 8  # places that come before laws and further facts
MOST_MEASURES, MEASURES_OF_PLACE = 6, 3
HEAD, HEADING, GAP, SMALL, TOTALS = 19.0, 20.0, 11.0, 12.0, 18.0  # heights of what repeats
ROW, NAME_COLUMN, WHEN_COLUMN = 17.5, 47, 31  # of the list of places
HALF, CARD, CARD_LINE = 58, 42, 11.6  # characters in a line of two columns, of three cards


@dataclass(frozen=True)
class ClaimOfSheet:
    """A claim in the length that its card holds."""

    sentence: str
    measure: str
    compared_with: str
    people: str
    limit: str
    study: str

    @classmethod
    def of(cls, claim: Claim, share: float) -> "ClaimOfSheet":
        """Each text at most at a share of the length that it may have when the sheet has room."""
        year = f", {claim.study.year}" if claim.study.year else ""
        return cls(
            sentence=clip(claim.sentence, round(140 * share)),
            measure=clip(claim.measure, round(110 * share)),
            compared_with=clip(claim.compared_with, round(110 * share)).removesuffix("."),
            people=clip(claim.people, round(90 * share)).removesuffix("."),
            limit=clip(claim.does_not_show, round(330 * share)),
            study=clip(f"{claim.study.title}{year}", 80),
        )

    def height(self) -> float:
        texts = (
            self.measure,
            f"{self.compared_with} {self.people} {'':28}",
            f"{self.limit} {'':24}",
            self.study,
        )
        return high(self.sentence, 29, 14) + sum(high(text, CARD, CARD_LINE) + 5 for text in texts) + 24


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
    found_measures: list[tuple[str, str]]
    found_claims: list[Claim]
    day: date
    host: str

    @cached_property
    def what(self) -> list[str]:
        return [clip(say(f"sites.brief.what.{number}"), 420) for number in (1, 2)]

    @cached_property
    def ways(self) -> list[tuple[str, str]]:
        return [
            (clip(say(f"sites.brief.way.{n}.name"), 40), clip(say(f"sites.brief.way.{n}.text"), 150))
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
            ("source", clip(source, 110) or unknown),
            ("agency", clip(place.lead_agency, 120) or unknown),
            ("certified", say("sites.place.certified_by") if getattr(place, "certified", False) else ""),
            ("confirmed", self._confirmed(place)),
            ("partners", clip("; ".join(place.local_partners.splitlines()), 160)),
            ("offers", clip(place.offers, 200)),
        ]
        return [(say(f"sites.brief.fact.{name}"), text) for name, text in facts if text]

    def _confirmed(self, place: Jurisdiction) -> str:
        """The day on which the place confirmed its entry, unless that came after the day of the sheet."""
        on = place.confirmed_on
        return day_in_words(on) if on and on <= self.day else ""

    @cached_property
    def _kept(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The facts and measures that leave room for some places: measures give way first, then facts."""
        facts = list(self._found_facts)
        measures = self.found_measures[: MEASURES_OF_PLACE if self.place else MOST_MEASURES]
        rows = LEAST_ROWS if self.place else LEAST_ROWS_OF_STATE
        least = sum(_height_of_row(row) for row in self.found_rows[:rows])
        while ROOM - self._first_without_rows(facts, measures) < least and (measures or facts):
            (measures or facts).pop()
        return facts, measures

    @property
    def facts(self) -> list[tuple[str, str]]:
        return self._kept[0]

    @property
    def measures(self) -> list[tuple[str, str]]:
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
        )
        laws = HEADING + (TOTALS if self.place else 0) + SMALL
        laws += sum(high(f"{when} {title}", ACROSS) + 3 for when, title in measures) or LINE
        return top + HEADING + max(left, right) + own + places + laws + self._foot + 4 * GAP

    @cached_property
    def claims(self) -> list[ClaimOfSheet]:
        """In full length unless the claims and the contacts together are more than the sheet holds."""
        for share in (1.0, 0.85, 0.7, 0.55, 0.4):
            claims = [ClaimOfSheet.of(claim, share) for claim in self.found_claims]
            if self._second_without_pair(claims) + HEADING + self._height_of_contacts <= ROOM:
                break
        return claims

    @cached_property
    def questions(self) -> list[str]:
        """What a council may ask; the last ones give way when the sheet is full."""
        texts = [clip(say(f"sites.brief.question.{number}"), 190) for number in QUESTIONS]
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

    def _second_without_pair(self, claims: list[ClaimOfSheet]) -> float:
        """Without the questions, the contacts and the stages."""
        evidence = HEADING + high(say("sites.brief.evidence.text")) + SMALL + 8
        cards = max((claim.height() for claim in claims), default=LINE)
        note = high(say("sites.brief.stages.text", day="24 November 2026"), 135, SMALL)
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
            clip(", ".join(text for text in (bureau.phone, bureau.email) if text), 96),
            clip(", ".join(line for line in bureau.address.splitlines() if line.strip()), 96),
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
            own = "\n".join(clip(text, 96) for text in reach if text) or say("sites.place.not_recorded")
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
