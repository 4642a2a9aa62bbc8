"""Every letter of the site with sample data: for tests that read them all, and for people who want to look.

To write each as <name>.txt and .html into a folder that exists, with the database of the settings:
`python manage.py shell -c "from tests.mail.samples import write_all; write_all('FOLDER')"`.
"""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone

FOLDER = Path(settings.BASE_DIR) / "templates" / "mail"
GAPS = {
    "[what we need]": "- the name of somebody in the prosecutor's office who can talk with us;\n- how many people the "
    "county jail booked last year.",
    "[plan]": "1. We meet by video in the week of December 7, and send you three times to choose from.\n2. In "
    "January two of us come for a day to talk with police, prosecutor and providers.",
    "[peers]": "- Santa Fe, New Mexico: ask for the program manager.",
    "[reason]": "You ask for money to pay case managers. We give advice and training, and have no grants to give.",
    "[better door]": "Your State Administering Agency gives the federal Byrne JAG grants.",
    "[who it is]": "The county next to yours has run the same program since 2021.",
    "[how you reach them, and what we have told them about you]": "Their program manager writes to you this week. We "
    "have passed on your name and that you ask about dispatch, nothing else.",
}


def names() -> list[str]:
    """Every kind of letter that has a template, like "assistance/send"."""
    found = sorted(FOLDER.rglob("*.subject.txt"))
    return [str(file.relative_to(FOLDER)).removesuffix(".subject.txt") for file in found]


def words(name: str, request):
    """The words of a kind with sample data, its gaps filled as a caseworker would; `request` is a stored one."""
    from leadbureau.mail import letters

    subject, body = letters.write(name, context(name, request))
    for gap, filled in GAPS.items():
        body = body.replace(gap, filled)
    return letters.Words(subject, body.replace("[private link]", request.private_link()))


def context(name: str, request) -> dict:
    """All that templates may name: of assistance from a real request, of the others from stand-ins."""
    from leadbureau.content.layout import layout

    url = f"{settings.SITE_URL}/admin/something/7/change/"
    if name.startswith("assistance/"):
        return {**request._letter_context(), **_people(request), "url": url, "days": 90}
    return {**_rows(), "bureau": layout().details, "url": url}


def _people(request) -> dict:
    from sites.assistance.models import Endorsement, Share
    from sites.assistance.questions import PAGES

    who = {"request": request, "email": "lee@example.gov"}
    return {
        "share": Share(page=PAGES[1].slug, name="Lee Brown", note="You know the figures.", **who),
        "endorsement": Endorsement(name="Alma Reyes", title="District Attorney", **who),
        "join": SimpleNamespace(
            name="Lee Brown",
            agency="City of Española",
            email="lee@example.gov",
            words="We have the same jail.\nMay we ask together?",
        ),
        "own": request,
        "missing": 0,
        "after": 30,
    }


def _rows() -> dict:
    place = SimpleNamespace(name="Rio Arriba County", state=SimpleNamespace(name="New Mexico"), is_named=True)
    fact = {
        "label": "Stage",
        "proposed": "launched",
        "proposed_in_words": "Launched in May 2026",
        "was_in_words": "Developing",
        "present_in_words": "Operating",
        "outcome": "accepted",
        "answer": "The county's page says so.",
    }
    row = SimpleNamespace(
        number="CO-234-567-8",
        name="Dana Ruiz",
        contact_name="Dana Ruiz",
        received_at=timezone.now(),
        organization="Casa de Salud",
        kind=SimpleNamespace(name="Health"),
        reason="We list organizations that work in more than one state.",
        get_topic_display="Press",
        reporter_email="dana@example.gov",
        joined_history_only=False,
        **fact,
    )
    rows = dict.fromkeys(("correction", "message", "introduction", "listing"), row)
    site = settings.SITE_URL
    return {
        **rows,
        "place": place,
        "contact": row,
        "sheet": [SimpleNamespace(**fact, joined_history_only=False)] * 2,
        "rest_is_right": True,
        "said_by": "Dana Ruiz",
        "number": row.number,
        "until": date.today() + timedelta(days=90),
        "link": f"{site}/sites/confirm/{'a' * 43}/",
        "place_url": f"{site}/sites/nm/rio-arriba-county/",
        "contact_url": f"{site}/contact/",
        "partners_url": f"{site}/partners/",
    }


def write_all(folder: str) -> None:
    """Writes all samples into a folder, of a request that is made for it and taken back."""
    from django.db import transaction

    from leadbureau.mail.reading import as_html, as_text
    from sites.assistance.moves import Status
    from tests.assistance.factories import a_request

    with transaction.atomic():
        request = a_request(status=Status.RECEIVED)
        for name in names():
            subject, body = words(name, request)
            file = Path(folder) / name.replace("/", "-")
            file.with_suffix(".txt").write_text(f"{subject}\n\n{as_text(body)}", encoding="utf-8")
            file.with_suffix(".html").write_text(as_html(subject, body), encoding="utf-8")
        transaction.set_rollback(True)
