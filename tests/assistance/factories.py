from datetime import timedelta
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils import timezone

from leadbureau.kit.spam import opening_time
from leadbureau.mail.letters import Words
from sites.assistance.models import Request
from sites.assistance.moves import Status
from sites.assistance.questions import PAGES
from sites.jurisdictions.models import State

# A whole request, as a browser sends it.
ANSWERS = {
    "contact_name": "Dana Ruiz",
    "role": "Health director",
    "agency": "Rio Arriba County",
    "sector": "health",
    "email": "dana@example.gov",
    "place_kind": "county",
    "state": "NM",
    "place": "Rio Arriba County",
    "stage": "exploring",
    "problem": "Jail is where people end.",
    "help": ["design", "training"],
    "training_roles": ["officers"],
    "timing": "no_date",
    "money": ["none"],
    "federal_grant": "no",
}
WORDS = Words("About your request", "Here is our answer.\n\nWhere it stands: [private link]")
# How a request gets to a status from a draft.
PATHS = {
    Status.DRAFTED: [],
    Status.RECEIVED: ["send"],
    Status.IN_REVIEW: ["send", "start_review"],
    Status.ACTIVE: ["send", "activate"],
    Status.COMPLETED: ["send", "activate", "complete"],
    Status.DECLINED: ["send", "decline"],
    Status.REFERRED: ["send", "refer"],
    Status.WITHDRAWN: ["send", "withdraw"],
}


def a_state(*, usps="NM", name="New Mexico", fips="35"):
    return State.objects.get_or_create(usps=usps, defaults={"name": name, "fips": fips})[0]


def staff(*, username="cass", superuser=True, **fields):
    create = get_user_model().objects.create_superuser if superuser else get_user_model().objects.create_user
    return create(username, f"{username}@example.org", "a long password", is_staff=True, **fields)


def a_request(*, status=Status.DRAFTED, by=None, suspicion="", days_old=0, then=(), **answers):
    """A request with all answers (None leaves one out) that took the shortest way to a status, `then` more verbs."""
    a_state()
    told = {name: value for name, value in {**ANSWERS, **answers}.items() if value is not None}
    found = Request.objects.begin(PAGES[0], {}, suspicion=suspicion)
    for page in PAGES:
        found.save_page(page, {one.name: told[one.name] for one in page.questions if one.name in told})
    for verb in [*PATHS[status], *then]:
        if verb in ("send", "withdraw", "hand_back", "resume"):
            getattr(found, verb)()
        else:
            getattr(found, verb)(by=by or staff_member(), words=WORDS)
    if days_old:
        Request.objects.filter(pk=found.pk).update(saved_at=timezone.now() - timedelta(days=days_old))
        found.refresh_from_db()
    return found


def staff_member():
    return get_user_model().objects.filter(username="cass").first() or staff()


def posted(page_number: int, **changes) -> dict:
    """What a browser posts for a page: the answers of ANSWERS that stand on it."""
    names = [question.name for question in PAGES[page_number].questions]
    return {**{name: ANSWERS[name] for name in names if name in ANSWERS}, **changes}


def first_page(**changes) -> dict:
    """The first page with the fields of the spam guard, opened a minute ago."""
    guard = {"leave_empty": "", "opened": opening_time(seconds_ago=60), "nonce": str(uuid4())}
    return {**posted(0), **guard, **changes}
