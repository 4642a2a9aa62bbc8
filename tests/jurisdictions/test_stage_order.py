"""A corrected stage or launch against the dated history: what stays today's stage, and what staff are asked first."""

import pytest
from django.urls import reverse

from leadbureau.mail.models import Letter
from sites.jurisdictions.models import ChangeNote, Correction, Jurisdiction
from sites.jurisdictions.models.corrections import Moved
from tests.contact.factories import a_colleague
from tests.jurisdictions.corrections import a_correction, a_sheet, an_entry
from tests.jurisdictions.factories import make_change
from tests.jurisdictions.test_correction_queue import LIST, do

pytestmark = pytest.mark.django_db

ENDED = "ended\n2018\nThe New Mexican"
LATER = (
    "A later step (Operating, 22 December 2021) stays today's stage; accepting adds this one to the history."
)


@pytest.fixture
def staff(client):
    client.force_login(a_colleague())
    return client


def a_running_place():
    """Seen operating on 22 December 2021, and nothing before."""
    place = an_entry(stage=None)
    make_change(place, stage="operating", year=2021, month=12, day=22)
    return place


def an_older_stage(**fields) -> Correction:
    return a_correction(place=a_running_place(), field="stage", proposed=ENDED, **fields)


def steps() -> list[str]:
    return [str(change) for change in Jurisdiction.objects.get().history()]


def page_of(client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_stage_that_is_older_than_todays_is_not_accepted_unseen():
    row = an_older_stage()
    with pytest.raises(Moved) as refusal:
        row.accept(by=a_colleague())
    assert str(refusal.value) == LATER
    assert steps() == ["Operating, 22 December 2021"] and Correction.objects.get().is_waiting


def test_one_press_on_an_older_stage_asks_first_and_then_adds_it_to_the_history(staff):
    row = an_older_stage()
    asked = do(staff, row, "accept", back="").content.decode()
    assert LATER.replace("'", "&#x27;") in asked and Correction.objects.get().is_waiting
    done = staff.post(f"{LIST}{row.pk}/do/accept/", {"despite": LATER, "answer": ""}, follow=True)
    assert steps() == ["Ended, 2018", "Operating, 22 December 2021"]
    [message] = done.context["messages"]
    assert str(message).endswith("it is added to the history; a later step stays today's stage.")


def test_the_note_and_the_letter_say_that_an_older_stage_was_added_to_the_history(client):
    an_older_stage().accept(by=a_colleague(), despite=LATER)
    notes = page_of(client, "/sites/nm/santa-fe/").partition("Corrections to this entry")[2]
    assert "Added to the history:</span> Ended, in 2018" in notes
    assert "Before:" not in notes and "Now:" not in notes
    letter = Letter.objects.get(name="correction_accepted").body
    assert "Added to the history: Ended, in 2018" in letter and "Operating, on 22 December 2021" in letter
    assert "now says" not in letter


def test_a_stage_that_becomes_todays_is_told_as_before_and_now(client):
    place = a_running_place()
    a_correction(place=place, field="stage", proposed="paused\n2025\nThe New Mexican").accept(
        by=a_colleague()
    )
    note = ChangeNote.objects.get()
    assert (note.is_addition, note.was_in_words) == (False, "Operating, on 22 December 2021")
    assert note.now_in_words == "Paused, in 2025"


def test_an_older_stage_that_the_history_has_already_is_not_added_twice():
    row, same = (
        an_older_stage(),
        a_correction(place=Jurisdiction.objects.get(), field="stage", proposed=ENDED),
    )
    row.accept(by=a_colleague(), despite=LATER)
    same = Correction.objects.get(pk=same.pk)
    assert same.warning.endswith("stays today's stage; the history has this one already.")
    same.accept(by=a_colleague(), despite=same.warning)
    assert same.result == "The entry says so already; the correction is marked accepted."
    assert len(steps()) == 2 and ChangeNote.objects.count() == 1


def test_accepting_an_equal_second_correction_says_that_the_entry_says_so_already(staff):
    place = a_running_place()
    paused = "paused\n2025\nThe New Mexican"
    rows = [a_correction(place=place, field="stage", proposed=paused) for _ in range(2)]
    answers = [staff.post(f"{LIST}{row.pk}/do/accept/", {"back": ""}, follow=True) for row in rows]
    first, second = (str(next(iter(answer.context["messages"]))) for answer in answers)
    assert first.endswith("the entry is changed.")
    assert second.endswith("The entry says so already; the correction is marked accepted.")
    assert len(steps()) == 2


def test_a_launch_that_comes_after_the_place_ran_is_asked_about_and_one_on_record_too(staff):
    place = a_running_place()
    make_change(place, stage="launched", year=2014)
    row = a_correction(place=place, field="launched", proposed="launched\n2023\nThe New Mexican")
    asked = do(staff, row, "accept", back="").content.decode()
    assert "The launch on record (Launched, 2014, Santa Fe Reporter) is replaced." in asked
    assert "it has earlier steps (Operating, 22 December 2021)" in asked
    assert steps()[0] == "Launched, 2014"
    do(staff, row, "accept", despite=row.warning)
    assert steps() == ["Operating, 22 December 2021", "Launched, 2023"]


def test_a_first_launch_that_the_history_agrees_with_takes_one_press(staff):
    row = a_correction(place=a_running_place(), field="launched", proposed="launched\n2021\nThe New Mexican")
    assert row.warning == ""
    do(staff, row, "accept", back="")
    assert steps() == ["Launched, 2021", "Operating, 22 December 2021"]


def test_what_was_sent_together_asks_before_an_older_stage_too(staff):
    [row] = a_sheet(a_running_place(), stage=ENDED)
    address = reverse("admin:jurisdictions_correction_sheet", args=[row.sheet])
    page = page_of(staff, address)
    assert LATER.replace("'", "&#x27;") in page
    data = {f"decision-{row.pk}": "accept", f"seen-{row.pk}": row.present}
    staff.post(address, data)
    assert len(steps()) == 1
    staff.post(address, {**data, f"despite-{row.pk}": row.warning})
    assert "- Stage: added to the history" in Letter.objects.get().body and len(steps()) == 2


@pytest.mark.parametrize(
    ("origin", "chosen", "certainty"),
    [
        ("visitor", {}, "unsure"),
        ("jurisdiction", {}, "sure"),
        ("visitor", {"certainty": "sure"}, "sure"),
        ("jurisdiction", {"certainty": "unsure"}, "unsure"),
    ],
)
def test_a_readers_stage_is_not_certain_unless_somebody_has_said_so(staff, origin, chosen, certainty):
    proposed = "paused\n2025\nThe New Mexican"
    row = a_correction(place=a_running_place(), field="stage", proposed=proposed, origin=origin)
    do(staff, row, "accept", **chosen)
    assert Jurisdiction.objects.get().change_on().certainty == certainty


def test_the_page_of_a_stage_asks_whether_the_source_says_it_plainly(staff):
    row = an_older_stage()
    page = page_of(staff, f"{LIST}{row.pk}/change/")
    assert 'name="certainty" value="unsure" checked' in page and 'name="certainty" value="sure">' in page
    other = a_correction(place=row.place)
    assert 'name="certainty"' not in page_of(staff, f"{LIST}{other.pk}/change/")
