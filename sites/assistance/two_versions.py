"""Two people on one page: what somebody saved meanwhile, what was typed here, and the choice between them.

The page of the choice carries everything that was typed, so that nothing is lost however it is left or sent.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString

from leadbureau.kit.word_diff import word_diff
from sites.assistance.questions import Page, Question

MINE, THEIRS = "mine", "theirs"
LONG = 80  # characters: longer answers show word by word what differs


@dataclass(frozen=True)
class Choice:
    """One question with two answers, in words. `chosen` is MINE, THEIRS or "" while nobody has chosen."""

    question: Question
    theirs: str
    mine: str
    chosen: str

    @property
    def field(self) -> str:
        return _field(self.question)

    @property
    def marked(self) -> SafeString | str:
        """What was typed here, marked where it differs, when the two are too long to compare at a glance."""
        is_long = self.theirs and self.mine and max(len(self.theirs), len(self.mine)) > LONG
        return word_diff(self.theirs, self.mine) if is_long else ""


class Undecided(Exception):
    """Questions of a choice are still open. `names` are those that the choice was about."""

    def __init__(self, names: list[str]):
        super().__init__("A choice between two versions is still open.")
        self.names = names


class TwoVersions:
    """The choice for a page. `typed` is what was posted; `stored` the answers as they stand; `names` what differs."""

    def __init__(self, page: Page, typed: QueryDict, good: dict, stored: dict, names, version: int):
        asked = [question for question in page.questions if question.name in names]
        self.version = version
        self.is_late = "differs" in typed  # the choice was sent before, and something is still open
        self.choices = [
            Choice(
                question,
                theirs=question.shown(stored.get(question.name)),
                mine=question.shown(good.get(question.name)),
                chosen=typed.get(_field(question), ""),
            )
            for question in asked
        ]
        # All that was typed, wrong answers too, as the form had them.
        self.carried = [
            (question.name, value) for question in page.questions for value in typed.getlist(question.name)
        ]
        self.carried += [("differs", question.name) for question in asked]

    @property
    def open(self) -> list[Choice]:
        """The questions for which nothing has been chosen yet."""
        return [choice for choice in self.choices if choice.chosen not in (MINE, THEIRS)]


def decided(page: Page, posted: QueryDict, stored: dict) -> QueryDict:
    """What was typed, with the stored answers in place of those given up. Raises Undecided."""
    names = set(posted.getlist("differs"))
    asked = [question for question in page.questions if question.name in names]
    keep = posted.get("keep")
    choices = {question.name: keep or posted.get(_field(question)) for question in asked}
    if any(choice not in (MINE, THEIRS) for choice in choices.values()):
        raise Undecided([question.name for question in asked])
    typed = posted.copy()
    for name, choice in choices.items():
        if choice == THEIRS:
            value = stored.get(name) or []
            typed.setlist(name, value if isinstance(value, list) else [value])
    return typed


def _field(question: Question) -> str:
    return f"choose_{question.name}"
