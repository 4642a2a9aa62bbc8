import pytest
from django.apps import apps
from django.urls import reverse

from leadbureau.kit.encrypted import encrypted_columns
from leadbureau.mail.models import Letter
from sites.assistance import redaction
from sites.assistance.models import (
    Answers,
    Attachment,
    Endorsement,
    Event,
    JoinRequest,
    Message,
    Outcome,
    Request,
    Share,
    Supplement,
)
from sites.assistance.moves import NotAllowed, Status
from sites.assistance.participant_data import BLACK
from sites.assistance.questions import PAGES
from sites.assistance.redaction import black_out, in_words, places
from tests.assistance.factories import a_request, staff, staff_member

pytestmark = pytest.mark.django_db
SECRET = "Joe Doe of Elm Street"


def everything():
    """All that the database holds about requests and letters, in plain words."""
    models = [*apps.get_app_config("assistance").get_models(), Letter]
    return str([list(model._base_manager.values()) for model in models])


def a_full_case():
    """A request with the secret wherever somebody can write."""
    request = a_request(
        problem=f"{SECRET} is in jail.", agency=f"Friends of {SECRET}", place=SECRET, contact_name=SECRET
    )
    Share.hand_over(request, PAGES[1], name="Lee", email="lee@example.gov", note=SECRET)
    asked = Endorsement.ask(request, office="chief", name="Roy", title="Chief", email="roy@example.gov")
    asked.support(f"For {SECRET}!")
    request.send()
    Supplement.objects.create(request=request, changes={"problem": [SECRET, f"not {SECRET}"]}, words=SECRET)
    Message.objects.create(request=request, words=SECRET.upper())
    JoinRequest.objects.create(request=request, name="A", email="a@example.gov", words=SECRET)
    Outcome.objects.create(request=request, after=30, words=SECRET)
    Attachment.objects.create(request=request, name=f"{SECRET}.pdf", kind="pdf", size=1)
    request.add_note(f"About {SECRET}", by=staff_member())
    request.plan_next(action=f"Call {SECRET}", on=None, by=staff_member())
    Request.objects.filter(pk=request.pk).update(plan=f"1. {SECRET}")
    request.refresh_from_db()
    return request


def test_a_passage_is_gone_from_everything_that_is_kept():
    request = a_full_case()
    count = sum(one.count for one in places(request, SECRET))
    assert black_out(request, SECRET, why="Names a participant", by=staff_member()) == count
    assert SECRET.lower() not in everything().lower()
    assert (request.place, request.plan, request.contact_name) == (BLACK, f"1. {BLACK}", BLACK)
    assert request.answers()["problem"] == f"{BLACK} is in jail."
    assert places(request, SECRET) == []


def test_the_count_before_says_where_it_stands():
    request = a_request(status=Status.RECEIVED, problem=f"{SECRET}. {SECRET}.")
    assert in_words(places(request, SECRET)) == "2 in the answers, 2 in letters"


def test_the_event_keeps_who_when_and_why_but_not_what():
    request = a_full_case()
    black_out(request, SECRET, why="Names a participant", by=staff_member())
    event = request.events.get(action="redact")
    assert (event.by, event.words) == (staff_member(), "Names a participant")
    assert "blacked out" in event.public_sentence() and SECRET not in event.sentence()


def test_whole_words_are_blacked_out_whatever_their_case_and_line_breaks():
    request = a_request(
        status=Status.RECEIVED, problem="ann planned.\nANN\n Lee went; Annette and Ann-Lee stayed. (Ann Lee)"
    )
    black_out(request, "Ann Lee", why="Names a participant", by=staff_member())
    assert (
        request.answers()["problem"] == f"ann planned.\n{BLACK} went; Annette and Ann-Lee stayed. ({BLACK})"
    )


def test_a_passage_over_several_lines_is_found_in_the_folded_letter_too():
    request = a_request(status=Status.RECEIVED, problem="First line\r\nzebra (line)")
    black_out(request, "line\n  zebra (line)", why="Names a participant", by=staff_member())
    assert "zebra" not in everything()


def test_choices_are_left_as_they_are_so_that_the_answers_still_fit_the_form():
    request = a_request(status=Status.RECEIVED, problem="Training is the county design.")
    black_out(request, "design", why="Names a participant", by=staff_member())
    assert request.answers()["help"] == ["design", "training"] and request.answers()["place_kind"] == "county"
    assert request.missing() == []


@pytest.mark.parametrize(
    ("passage", "why"),
    [("Jo", "Too short"), ("  J  o ", "Too short"), ("Nowhere", "Not there"), (SECRET, f"For {SECRET}")],
)
def test_too_short_not_found_or_repeated_in_the_reason_is_refused(passage, why):
    request = a_full_case()
    before = everything()
    with pytest.raises(NotAllowed):
        black_out(request, passage, why=why, by=staff_member())
    assert everything() == before


def test_without_the_permission_nothing_is_blacked_out():
    request = a_full_case()
    with pytest.raises(NotAllowed):
        black_out(request, SECRET, why="Names a participant", by=staff(username="kim", superuser=False))
    assert SECRET in Request.objects.get().plan


def test_support_stays_given_to_the_answers_that_it_was_given_to():
    request = a_full_case()
    black_out(request, SECRET, why="Names a participant", by=staff_member())
    assert not request.endorsements.get().is_outdated


def test_who_has_the_page_open_cannot_put_the_passage_back_unseen():
    request = a_full_case()
    page = next(page for page in PAGES if "problem" in [one.name for one in page.questions])
    version = request.version_of(page)
    black_out(request, SECRET, why="Names a participant", by=staff_member())
    assert Answers.objects.get(request=request, page=page.slug).version == version + 1


def test_every_encrypted_column_of_a_request_is_looked_through_or_left_on_purpose():
    related = {
        Request.objects.model._meta.get_field(name).related_model: set(columns)
        for _, name, columns in redaction.COLUMNS
    }
    looked = {**related, Request: set(redaction.OF_THE_CASE), Letter: set(redaction.OF_A_LETTER)}
    for model, columns in encrypted_columns():
        if model._meta.app_label in ("assistance",) or model is Letter:
            left = redaction.LEFT_ALONE.get(model._meta.label_lower, set())
            assert set(columns) <= looked.get(model, set()) | left, model


# The button ----------------------------------------------------------------------------------------------


def do(client, request, **posted):
    client.force_login(staff_member())
    address = reverse("admin:assistance_request_do", args=[request.pk, "black-out"])
    return client.post(address, {"passage": SECRET, "why": "Names a participant", **posted})


def counted(page):
    return page.partition('name="counted" value="')[2].partition('"')[0]


def test_the_button_first_counts_and_blacks_out_only_after_the_box_is_ticked(client):
    request = a_full_case()
    page = do(client, request).content.decode()
    assert ("Black it out in" in page and "3 in the answers" in page) or "in the answers" in page
    assert "Nothing is blacked out yet" in page and SECRET in Request.objects.get().plan
    assert do(client, request, sure="on", counted=counted(page)).status_code == 302
    assert SECRET not in Request.objects.get().plan
    assert Event.objects.filter(action="redact").count() == 1


def test_a_passage_that_was_changed_after_the_count_is_counted_again(client):
    request = a_full_case()
    key = counted(do(client, request).content.decode())
    page = do(client, request, passage="Joe Doe", sure="on", counted=key).content.decode()
    assert "Nothing is blacked out yet" in page and SECRET in Request.objects.get().plan


def test_the_button_says_no_beside_the_field(client):
    request = a_full_case()
    assert "This stands nowhere" in do(client, request, passage="Nobody at all").content.decode()
    assert "at least 3 characters" in do(client, request, passage="Jo").content.decode()
    assert "must not stand in it" in do(client, request, why=f"It is {SECRET}").content.decode()


def test_the_log_of_the_admin_does_not_repeat_the_passage(client):
    from django.contrib.admin.models import LogEntry

    request = a_full_case()
    do(client, request, sure="on", counted=counted(do(client, request).content.decode()))
    assert SECRET not in str(list(LogEntry.objects.values()))
