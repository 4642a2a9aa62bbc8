"""What a request says: a row of answers a page, read and checked through the list of questions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from leadbureau.content.wording import say
from leadbureau.kit.encrypted import EncryptedJSONField, fingerprint
from sites.assistance import places
from sites.assistance.forms import form_for
from sites.assistance.models.event import Event
from sites.assistance.moves import Doer, NotAllowed
from sites.assistance.questions import PAGE_WITH, PAGES, QUESTION_OF, Page, Question


class Answers(models.Model):
    """What was answered on one page of a request. A row a page: two people on two pages never meet."""

    request = models.ForeignKey("assistance.Request", on_delete=models.CASCADE, related_name="pages")
    page = models.CharField(max_length=40)
    values: Any = EncryptedJSONField(default=dict)
    # One more at each save that changed something; a form says which one it began with.
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "page"], name="answers_once_a_page")]
        verbose_name_plural = "answers"

    def __str__(self):
        return f"{self.request.reference}: {self.page}"


@dataclass(frozen=True)
class Answered:
    """One question with its answer in words, for every page and letter that shows answers."""

    question: Question
    text: str


@dataclass(frozen=True)
class Missing:
    """Why a request cannot be sent yet: a line of the summary, with the page and field that mend it."""

    page: Page
    field_id: str
    message: str


class NotComplete(Exception):
    """Answers are missing; `missing` says which."""

    def __init__(self, missing: list[Missing]):
        super().__init__(f"{len(missing)} answers are missing.")
        self.missing = missing


class ChangedMeanwhile(Exception):
    """Somebody else saved the page after its form was opened. `theirs` holds their answers, by question."""

    def __init__(self, theirs: dict, version: int):
        super().__init__("The page was saved by somebody else meanwhile.")
        self.theirs = theirs
        self.version = version


class HasAnswers(models.Model):
    """The half of a request that is its answers."""

    pages: Any  # the manager of Answers, from the other side

    class Meta:
        abstract = True

    def answers(self) -> dict:
        """All answers by the name of their question, as they are stored.

        A question may have stood on another page when an old draft was saved: its answer counts until the
        page where it stands now is saved.
        """
        kept = [(row.page, name, value) for row in self.pages.all() for name, value in row.values.items()]
        kept.sort(key=lambda one: PAGE_WITH.get(one[1]) == one[0])
        return {name: value for _, name, value in kept}

    def version_of(self, page: Page) -> int:
        """How often a page was saved; a form carries it, so that nobody overwrites another silently."""
        return next((row.version for row in self.pages.all() if row.page == page.slug), 0)

    def chapters(self, pages: tuple[Page, ...] = PAGES) -> list[tuple[Page, list[Answered]]]:
        """Every page with every question and its answer, in the order of the form."""
        found = self.answers()
        return [
            (
                page,
                [Answered(one, one.shown(found.get(one.name))) for one in page.asked(found)],
            )
            for page in pages
        ]

    def save_page(
        self, page: Page, values: dict, *, version: int | None = None, now: datetime | None = None
    ) -> int:
        """Keep answers to questions of a page, whatever is missing; the others stay as they were.

        `version` is the one that the form began with (None: whatever there is); gives the one after the save.
        Raises ChangedMeanwhile, and keeps nothing, when the page was saved since with other answers to the
        questions that are being saved.
        """
        now = now or timezone.now()
        with transaction.atomic():
            row, _ = Answers.objects.select_for_update().get_or_create(request_id=self.pk, page=page.slug)
            other = {name for name in values if _differ(row.values.get(name), values[name])}
            if other and version is not None and version != row.version:
                raise ChangedMeanwhile({name: row.values.get(name) for name in other}, row.version)
            row.values = {**row.values, **values}
            row.saved_at = now
            row.version += bool(other)
            row.save()
            own_row = type(self)._default_manager.filter(pk=self.pk)
            own_row.update(**_facts(values), saved_at=now)  # type: ignore[misc]
            if other.intersection(places.QUESTIONS):
                places.recognize(self)
        self.refresh_from_db()
        return row.version

    def edit_page(
        self,
        page: Page,
        values: dict,
        *,
        version: int | None = None,
        doer: Doer = Doer.REQUESTER,
        now: datetime | None = None,
    ) -> int:
        """The requester or a colleague saves a page: a draft whatever is missing, a sent request whole.

        Gives the page's version after it. Raises NotAllowed when the Bureau has begun its work, NotComplete
        when a sent request would lack an answer, ChangedMeanwhile as `save_page` does; then nothing is kept.
        """
        with transaction.atomic():
            row: Any = type(self)._default_manager.select_for_update().get(pk=self.pk)
            if not row.may("edit", doer, now):
                raise NotAllowed("The answers of this request cannot be changed any more.")
            before = row.version_of(page)
            after = row.save_page(page, values, version=version, now=now)
            if not row.is_draft:
                if missing := row.missing((page,)):
                    raise NotComplete(missing)
                if after != before:
                    row.record(Event.Action.EDIT, doer=doer, words=page.title, now=now)
        self.refresh_from_db()
        return after

    def missing(self, pages: tuple[Page, ...] = PAGES) -> list[Missing]:
        """What must be answered or mended before the request can be sent, in the order of the form."""
        found = self.answers()
        return [
            Missing(page, QUESTION_OF[name].field_id, str(message))
            for page in pages
            for form in [form_for(page)(_posted(page, found), known=found, demand=True)]
            for name, messages in form.errors.items()
            for message in messages
        ]

    def answers_as_text(self) -> str:
        """All questions and answers in plain text, for the receipt."""
        lines = []
        for page, answered in self.chapters():
            lines += [page.title.upper(), ""]
            for one in answered:
                lines += [one.question.label, *_indented(one.text or say("assistance.no_answer")), ""]
        return "\n".join(lines).strip()


def _posted(page: Page, found: dict) -> dict:
    """Stored answers in the shape in which a browser would send them."""
    return {question.name: found[question.name] for question in page.questions if found.get(question.name)}


def _differ(one: Any, other: Any) -> bool:
    """Whether two stored answers differ; no answer is like an empty one."""
    return (one or None) != (other or None)


def _facts(values: dict) -> dict:
    """The columns of Request that copy some of the answers; several choices stand with spaces between."""
    facts = {
        QUESTION_OF[name].fact: " ".join(value) if isinstance(value, list) else value or ""
        for name, value in values.items()
    }
    facts.pop("", None)
    if facts.get("state_id") == "":
        facts["state_id"] = None
    if "email" in facts:
        facts["email_fingerprint"] = fingerprint(facts["email"])
    return facts


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]
