"""The claims of a brief's second sheet: each whole, with its limits, or not there at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from leadbureau.content.models import Claim
from sites.jurisdictions.brief_fit import high

# Characters in a line of the sentence and of the other texts, by how many cards stand beside each other.
ACROSS = {3: (29, 42), 2: (47, 66), 1: (100, 138)}
SENTENCE_LINE, CARD_LINE, APART, FRAME = 14.0, 11.6, 5.0, 24.0  # points


@dataclass(frozen=True)
class Card:
    """A claim as its card has it."""

    sentence: str
    measure: str
    compared_with: str
    people: str
    limit: str
    study: str

    @classmethod
    def of(cls, claim: Claim) -> "Card":
        return cls(
            sentence=claim.sentence,
            measure=claim.measure,
            compared_with=claim.compared_with.removesuffix("."),
            people=claim.people.removesuffix("."),
            limit=claim.does_not_show,
            study=f"{claim.study.title}, {claim.study.year}" if claim.study.year else claim.study.title,
        )

    def height(self, sentence: int, line: int) -> float:
        """In points, by the characters in a line. An x stands for each character that the card puts before."""
        compared = f"{self.compared_with} {self.people} {'x' * 28}"
        texts = (self.measure, compared, f"{self.limit} {'x' * 24}", self.study)
        rest = sum(high(text, line, CARD_LINE) + APART for text in texts)
        return high(self.sentence, sentence, SENTENCE_LINE) + rest + FRAME


def that_fit_whole(claims: Sequence[Claim], room: float) -> list[Card]:
    """The first claims that find room beside each other, in points; fewer cards are wider and so hold more."""
    cards = [Card.of(claim) for claim in claims]
    for count in range(min(len(cards), max(ACROSS)), 0, -1):
        if height(cards[:count]) <= room:
            return cards[:count]
    return []


def height(cards: Sequence[Card]) -> float:
    """Of the tallest of so many cards beside each other, in points; 0 without a card."""
    return max((card.height(*ACROSS[len(cards)]) for card in cards), default=0.0)
