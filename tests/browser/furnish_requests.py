"""Requests for help in every state that a page has a look of its own for; gives the ends of their addresses."""

from datetime import timedelta

GUARDED = "One of them, born 3/4/1985, was booked nine times. SSN 123-45-6789."


def requests() -> dict[str, str]:
    """Links by the name of a state, and the keys that addresses of staff need."""
    return {**_drafts(), **_by_status(), **_colleagues(), **_supporters(), **_closed_long_ago()}


def _request(**how):
    from tests.assistance.factories import a_request

    return a_request(**{"place": "Taos", "place_kind": "city", "county": "35055", **how})


def _drafts() -> dict[str, str]:
    """`near` is from a county that has asked before; `cut` lacks answers; `guarded` names a participant."""
    from tests.assistance.factories import a_request

    earlier = a_request(status="received")
    cut = _request(problem=None, timing=None)
    return {
        "draft": cut.token(),
        "draft_pk": str(cut.pk),
        "near": a_request().token(),
        "earlier_pk": str(earlier.pk),
        "whole": _request(place="Questa").token(),
        "guarded": _request(problem=GUARDED).token(),
        "full": _with_files(_request(), 5).token(),
    }


def _by_status() -> dict[str, str]:
    """Requests that were sent, by the standing that their own page shows."""
    from sites.assistance.models import Message, Supplement

    asked = _request(status="in_review", then=["ask_more"])
    active = _with_files(_request(status="active"), 1)
    Message.objects.write(active, "When would you come?")
    Supplement.objects.append(active, words="The council votes in May.")
    rows = {
        "received": _request(status="received", place="Red River", agency="Red River Police"),
        "in_review": _request(status="in_review"),
        "asked": asked,
        "active": active,
        **{status: _request(status=status) for status in ("declined", "referred", "withdrawn")},
        "held": _request(status="received", suspicion="It has 9 links."),
        "marked": _confirmed(GUARDED),
    }
    keys = {f"{name}_pk": str(row.pk) for name, row in rows.items()}
    more = {"file_pk": str(active.attachments.get().pk), "held_letter_pk": str(_held_letter().pk)}
    return {**{name: row.token() for name, row in rows.items()}, **keys, **more}


def _held_letter():
    """A decision whose letter waits for a second look."""
    from leadbureau.mail.models import Letter
    from tests.assistance.factories import WORDS, staff_member

    request = _request(status="in_review", place="Chamisal")
    request.refer(by=staff_member(), words=WORDS, held=True, to="bja_cossup")
    return Letter.objects.about(request.reference).get(state=Letter.State.DRAFTED)


def _confirmed(problem: str):
    """A request that was sent with passages whose sender says that they are about nobody."""
    from sites.assistance.participant_data import unconfirmed

    draft = _request(problem=problem)
    draft.confirm_passages([one.key for one in unconfirmed(draft)])
    draft.send()
    return draft


def _with_files(request, count: int):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from sites.assistance.models import Attachment

    for number in range(count):
        file = SimpleUploadedFile(f"Plan {number}.txt", f"What we know so far, part {number}.\n".encode())
        Attachment.objects.add(request, file, Attachment.Purpose.DOCUMENT)
    return request


def _colleagues() -> dict[str, str]:
    """One request whose sections are with colleagues; one of them has finished, from one it was taken back."""
    from sites.assistance.models import Share
    from sites.assistance.questions import PAGE_OF

    draft = _request(place="Arroyo Seco")
    given = {
        name: Share.hand_over(draft, PAGE_OF[page], name="Lee Ortiz", email=f"{name}@example.gov", note=note)
        for name, page, note in (
            ("colleague", "the-problem", "The numbers of last year,\nplease."),
            ("finished", "help-wanted", ""),
            ("taken_back", "where-you-stand", ""),
        )
    }
    given["finished"].finish()
    given["taken_back"].take_back()
    return {"shared": draft.token(), **{name: one.token() for name, one in given.items()}}


def _supporters() -> dict[str, str]:
    """One request that somebody supports, somebody is asked for, and somebody is no longer asked for."""
    from sites.assistance.models import Endorsement

    request = _request(status="received", place="El Prado")
    asked = {
        name: Endorsement.ask(request, office=office, name=f"Chris {name}", title=title, email=f"{name}@example.gov")
        for name, office, title in (
            ("endorser", "chief", "Chief of Police"),
            ("supporter", "mayor", "Mayor"),
            ("unasked", "prosecutor", "District Attorney"),
        )
    }  # fmt: skip
    asked["supporter"].support("We need this.")
    asked["unasked"].end()
    return {
        "supported": request.token(),
        "supported_pk": str(request.pk),
        **{name: one.token() for name, one in asked.items()},
    }


def _closed_long_ago() -> dict[str, str]:
    """Completed requests that are asked what came of it: one that can answer, one that did so long ago."""
    from django.utils import timezone

    from sites.assistance.models import Outcome, Request, Tombstone
    from sites.assistance.outcomes import answer

    now, tokens = timezone.now(), {}
    for name, days in (("completed", 31), ("answered", 200)):
        row = _request(status="completed")
        Request.objects.filter(pk=row.pk).update(closed_at=now - timedelta(days=days))
        asked = Outcome.objects.create(request=row, after=30, asked_at=now - timedelta(days=days - 30))
        tokens |= {name: row.token(), f"{name}_pk": str(row.pk)}
    answer(asked, stage="", helped="yes", words="The visit did it.", now=asked.asked_at + timedelta(days=1))
    Tombstone.objects.create(
        reference="TA-222-222-2", county_fips="35055", state_id="NM", outcome="completed",
        sent_on=now.date() - timedelta(days=900), closed_on=now.date() - timedelta(days=700), purged_on=now.date(),
    )  # fmt: skip
    return tokens
