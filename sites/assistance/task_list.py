"""What a request consists of and how far it is: the rows of its task list, read from the request alone."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format

from leadbureau.content.wording import say
from sites.assistance.models import Request, Share
from sites.assistance.models.answers import Missing
from sites.assistance.questions import PAGES, Page


@dataclass(frozen=True)
class Task:
    """One row: one link, one word for how far it is, and what else is worth knowing."""

    slug: str
    title: str
    address: str
    state: str  # done, begun, open, other: how it looks; the words are in `status`
    status: str
    hint: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    tasks: list[Task]


def tasks_of(found: Request, token: str, shares: dict[str, Share]) -> list[Group]:
    """The rows in their order. A sent request that may still be edited has no row for sending.

    shares: those of `shares_of`.
    """
    prefetch_related_objects([found], "pages")
    missing, told = found.missing(), found.answers()
    pages = [_page_task(found, token, page, missing, told, shares) for page in PAGES]
    groups = [
        Group(say("assistance.tasks.sections"), pages),
        Group(say("assistance.tasks.besides"), [_files_task(found, token), _support_task(found, token)]),
    ]
    if found.is_draft:
        groups.append(Group(say("assistance.tasks.end"), [_check_task(token, missing)]))
    return groups


def _page_task(
    found: Request, token: str, page: Page, missing: list[Missing], told: dict, shares: dict
) -> Task:
    lacks = sum(one.page == page for one in missing)
    begun = any(told.get(question.name) for question in page.questions)
    state = ("begun" if lacks else "done") if begun else ("open" if lacks else "optional")
    status = _lacking(lacks) if state == "begun" else say(f"assistance.tasks.{state}")
    if not found.is_draft and not lacks:
        status = say("assistance.tasks.change")
    share, hint = shares.get(page.slug), ""
    if share and share.is_current:
        state = "other"
        status = say("assistance.tasks.with", name=share.name)
        hint = say("assistance.tasks.with_since", date=_day(share.given_at), how=_lacking(lacks))
    elif share and share.done_at:
        hint = say("assistance.tasks.by_colleague", name=share.name, date=_day(share.done_at))
    return Task(page.slug, page.title, _address("ask_page", token, page.slug), state, status, hint)


def _files_task(found: Request, token: str) -> Task:
    count = found.attachments.filter(purged_at=None).count()
    state = "done" if count else "optional"
    status = say("assistance.tasks.files", count=count) if count else say("assistance.tasks.optional")
    title, hint = say("assistance.tasks.files_title"), say("assistance.tasks.files_hint")
    return Task("files", title, _address("files", token), state, status, hint)


def _support_task(found: Request, token: str) -> Task:
    asked = [one for one in found.endorsements.all() if one.ended_at is None]
    given = sum(one.is_given for one in asked)
    state = "optional" if not asked else "done" if given == len(asked) else "begun"
    words = say("assistance.tasks.support", given=given, asked=len(asked))
    title, hint = say("assistance.tasks.support_title"), say("assistance.tasks.support_hint")
    return Task(
        "support",
        title,
        _address("support", token),
        state,
        words if asked else say("assistance.tasks.optional"),
        hint,
    )


def _check_task(token: str, missing: list[Missing]) -> Task:
    state = "begun" if missing else "ready"
    status = _lacking(len(missing)) if missing else say("assistance.tasks.ready")
    title, hint = say("assistance.tasks.check_title"), say("assistance.tasks.check_hint")
    return Task("check", title, _address("check", token), state, status, hint)


def _lacking(count: int) -> str:
    """How many answers are missing, in words."""
    if count == 0:
        return say("assistance.tasks.lacks_none")
    return say("assistance.tasks.lacks_one") if count == 1 else say("assistance.tasks.lacks", count=count)


def shares_of(found: Request) -> dict[str, Share]:
    """The share of each section that counts: the newest that was not taken back."""
    return {share.page: share for share in found.shares.filter(ended_at=None).order_by("given_at", "pk")}


def _address(name: str, *args: str) -> str:
    return reverse(f"assistance:{name}", args=args)


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "F j")
