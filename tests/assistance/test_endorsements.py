from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leadbureau.mail.letters import deliver_due
from leadbureau.mail.models import Letter
from sites.assistance.endorse_reminders import remind_endorsers
from sites.assistance.models import Endorsement, Request
from sites.assistance.models.endorsement import CannotAsk
from sites.assistance.moves import Doer, NotAllowed, Status
from sites.assistance.participant_data import unconfirmed
from sites.assistance.questions import PAGES
from tests.assistance.factories import a_request, staff_member

pytestmark = pytest.mark.django_db
CHIEF = {"office": "chief", "name": "Ada Roy", "title": "Chief of Police", "email": "roy@example.gov"}
LATER = timezone.now() + timedelta(days=8)


def asked_of(request=None, **fields):
    return Endorsement.ask(request or a_request(), **{**CHIEF, **fields})


def address(name, row, *more):
    return reverse(f"assistance:{name}", args=[row.token(), *more])


def shown(client, name, row):
    return client.get(address(name, row)).content.decode()


def letters(name):
    return Letter.objects.filter(name=f"assistance/{name}")


def save(request, name, value):
    page = next(page for page in PAGES if name in [one.name for one in page.questions])
    Request.objects.get(pk=request.pk).save_page(page, {name: value})


# Asking --------------------------------------------------------------------------------------------------


def test_who_is_named_gets_a_letter_with_a_link_of_their_own(client, mailoutbox):
    request = a_request()
    assert client.post(address("support", request), CHIEF).status_code == 302
    asked = Endorsement.objects.get()
    deliver_due()
    [letter] = [one for one in mailoutbox if one.to == ["roy@example.gov"]]
    assert asked.private_link() in letter.body and "Dana Ruiz (Rio Arriba County)" in letter.body
    assert request.token() not in letter.body and "dana@example.gov" not in letter.body
    assert asked.token() not in "".join(Letter.objects.values_list("body", flat=True))
    assert request.events.get(action="ask_endorsement").words == "Ada Roy"


def test_asking_the_same_address_twice_is_asking_once(client):
    request = a_request()
    for email in ("roy@example.gov", "ROY@example.gov"):
        client.post(address("support", request), {**CHIEF, "email": email})
    assert (Endorsement.objects.count(), letters("endorse_ask").count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"office": ""}, "Choose which office they hold"),
        ({"office": "king"}, "Choose which office they hold"),
        ({"name": " "}, "Enter their name"),
        ({"title": ""}, "Enter their title"),
        ({"email": "roy"}, "Enter an e-mail address like"),
        ({"email": "Dana@example.gov"}, "This is your own address"),
    ],
)
def test_a_wrong_answer_is_told_and_asks_nobody(client, wrong, complaint):
    page = client.post(address("support", a_request()), {**CHIEF, **wrong}).content.decode()
    assert complaint in page and 'class="error-summary"' in page
    assert not Endorsement.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFTED, Status.RECEIVED, Status.IN_REVIEW, Status.ACTIVE])
def test_support_can_be_asked_for_until_the_request_is_closed(client, status):
    client.post(address("support", a_request(status=status)), CHIEF)
    assert Endorsement.objects.count() == 1


def test_a_closed_request_asks_nobody_and_says_so(client):
    request = a_request(status=Status.COMPLETED)
    page = client.post(address("support", request), CHIEF).content.decode()
    assert "The request is closed" in page and not Endorsement.objects.exists()


def test_at_most_ten_are_asked_at_a_time_and_letters_a_day_are_counted():
    request, now = a_request(), timezone.now()
    for number in range(10):
        asked_of(request, email=f"{number}@example.gov", now=now - timedelta(days=3))
    Letter.objects.update(created_at=now - timedelta(days=2))
    with pytest.raises(CannotAsk) as refusal:
        asked_of(request, email="10@example.gov")
    assert refusal.value.reason == "too_many"
    Letter.objects.update(created_at=now)
    with pytest.raises(CannotAsk) as refusal:
        request.endorsements.first().mail_again()
    assert refusal.value.reason == "too_often"


def test_under_suspicion_nothing_is_mailed_before_it_is_released():
    request = a_request(suspicion="It has 9 links.")
    asked_of(request)
    assert (remind_endorsers(LATER), Letter.objects.count()) == (0, 0)
    request.send()
    assert remind_endorsers() == 0
    Request.objects.get().release(by=staff_member())
    assert (remind_endorsers(), remind_endorsers(), letters("endorse_ask").count()) == (1, 0, 1)


def test_a_name_with_a_web_address_in_it_asks_nobody():
    with pytest.raises(CannotAsk):
        asked_of(a_request(agency="Win at www.example.com"))


def test_too_many_askings_of_one_network_are_refused_with_the_words_kept(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.endorsing.ASKS", 0)
    response = client.post(address("support", a_request()), CHIEF)
    assert response.status_code == 429 and 'value="Ada Roy"' in response.content.decode()
    assert not Endorsement.objects.exists()


def test_too_many_repeated_letters_of_one_network_are_refused_with_a_reason(client, monkeypatch):
    monkeypatch.setattr("sites.assistance.views.endorsing.ASKS", 0)
    asked = asked_of()
    response = client.post(address("support_again", asked.request, asked.pk))
    assert response.status_code == 429 and "Please try again tomorrow" in response.content.decode()
    assert letters("endorse_ask").count() == 1


def test_the_letter_is_mailed_again_on_request_and_not_after_support_was_given(client):
    asked = asked_of()
    again = address("support_again", asked.request, asked.pk)
    assert client.post(again).status_code == 302 and letters("endorse_ask").count() == 2
    asked.support()
    client.post(again)
    assert letters("endorse_ask").exclude(state="voided").count() == 0
    assert client.get(again).status_code == 405


def test_who_is_no_longer_asked_finds_a_dead_link_and_is_told_so(client):
    asked = asked_of()
    end = address("support_end", asked.request, asked.pk)
    assert "No longer ask Ada Roy?" in client.get(end).content.decode()
    assert Endorsement.objects.awaited().count() == 1
    client.post(end)
    response = client.get(address("endorse", asked))
    assert (response.status_code, "no longer asked for support" in response.content.decode()) == (404, True)
    assert letters("endorse_ask").get().state == "voided"
    assert (
        client.post(address("endorse", asked)).status_code == 404 and not Endorsement.objects.given().exists()
    )


def test_one_request_cannot_touch_who_is_asked_for_another(client):
    asked, other = asked_of(), a_request()
    for name in ("support_again", "support_end"):
        assert client.post(address(name, other, asked.pk))["Location"] == address("support", other)
    assert (Endorsement.objects.awaited().count(), letters("endorse_ask").count()) == (1, 1)


# Supporting ----------------------------------------------------------------------------------------------


def test_the_endorser_reads_all_answers_but_not_how_to_reach_who_asks(client):
    asked = asked_of(a_request(phone="505-555-0142"))
    page = shown(client, "endorse", asked)
    assert "Jail is where people end." in page and "Dana Ruiz" in page
    assert "dana@example.gov" not in page and "505-555-0142" not in page
    assert asked.request.token() not in page


def test_the_endorser_does_not_read_what_may_tell_who_a_participant_is(client):
    asked = asked_of(a_request(problem="He is BK#1234567, in short."))
    assert "He is █████, in short." in shown(client, "endorse", asked)
    asked.request.confirm_passages([one.key for one in unconfirmed(asked.request)])
    assert "He is BK#1234567, in short." in shown(client, "endorse", asked)


def test_reading_supports_nothing_and_is_as_private_as_other_links(client):
    asked = asked_of()
    before = list(Endorsement.objects.values())
    for _ in range(2):
        response = client.get(address("endorse", asked))
    assert list(Endorsement.objects.values()) == before
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert asked.token() not in response.content.decode().partition("</head>")[0]


def test_pressing_the_button_keeps_name_office_sentence_and_time_and_tells_who_asked(client):
    asked = asked_of()
    response = client.post(address("endorse", asked), {"sentence": "We need this."}, follow=True)
    assert "You support this request" in response.content.decode()
    given = Endorsement.objects.given().get()
    assert (given.name, given.office, given.sentence) == ("Ada Roy", "chief", "We need this.")
    event = asked.request.events.get(action="endorsed")
    assert (event.doer, event.words) == (Doer.ENDORSER, "Ada Roy")
    letter = letters("endorsed").get()
    assert letter.to == "dana@example.gov" and "Ada Roy" in letter.body and "Ada Roy" not in letter.subject
    page = shown(client, "support", asked.request)
    assert "Supports this since" in page and "We need this." in page and "Mail the link again" not in page


def test_an_empty_post_and_two_clicks_are_one_support(client):
    asked = asked_of()
    for _ in range(2):
        assert client.post(address("endorse", asked)).status_code == 302
    assert (asked.request.events.filter(action="endorsed").count(), letters("endorsed").count()) == (1, 1)


def test_support_is_taken_back_and_given_again_without_a_second_letter(client):
    asked = asked_of()
    asked.support("First words.")
    client.post(address("endorse_back", asked))
    assert "You took your support back" in shown(client, "endorse", asked)
    assert "Took the support back" in shown(client, "support", asked.request)
    client.post(address("endorse", asked), {"sentence": "Other words."})
    assert [one.sentence for one in Endorsement.objects.given()] == ["Other words."]
    assert letters("endorsed").count() == 1


def test_support_can_neither_be_given_nor_taken_back_once_the_request_is_closed(client):
    request = a_request(status=Status.RECEIVED)
    given, asked = asked_of(request), asked_of(request, email="da@example.gov")
    given.support()
    request.withdraw()
    for row, verb in ((given, given.take_back), (asked, asked.support)):
        with pytest.raises(NotAllowed):
            verb()
        page = client.post(address("endorse", row), follow=True).content.decode()
        assert "This request was withdrawn" in page and "Jail is where people end." not in page
    assert [one.pk for one in Endorsement.objects.given()] == [given.pk]


def test_answers_that_changed_after_it_are_told_with_the_support(client):
    asked = asked_of()
    asked.support()
    save(asked.request, "problem", "Another problem.")
    for page in (shown(client, "support", asked.request), shown(client, "check", asked.request)):
        assert "Given before the answers of" in page
    assert "The answers have changed since" in shown(client, "endorse", asked)


def test_saving_the_same_answers_or_another_telephone_number_changes_no_support(client):
    asked = asked_of()
    asked.support()
    save(asked.request, "problem", "Jail is where people end.")
    save(asked.request, "phone", "505-555-0199")
    assert "Given before" not in shown(client, "support", asked.request)


def test_a_sentence_about_a_participant_is_asked_back(client):
    asked = asked_of()
    words = {"sentence": "It helped BK#1234567."}
    page = client.post(address("endorse", asked), words).content.decode()
    assert "<mark>BK#1234567</mark>" in page and not Endorsement.objects.given().exists()
    key = page.partition('name="confirm" value="')[2][:64]
    client.post(address("endorse", asked), {**words, "confirm": key})
    assert Endorsement.objects.given().count() == 1


def test_a_sentence_that_is_too_long_is_kept_in_the_page(client):
    page = client.post(address("endorse", asked_of()), {"sentence": "word " * 300}).content.decode()
    assert "word word" in page and "1000 characters" in page


def test_an_endorsers_link_opens_no_page_of_the_request(client):
    asked = asked_of()
    for name in ("status", "check", "support"):
        assert client.get(address(name, asked)).status_code == 404
    assert client.get(reverse("assistance:endorse", args=[asked.request.token()])).status_code == 404


# Reminding -----------------------------------------------------------------------------------------------


def test_who_has_not_answered_is_reminded_once_after_a_week():
    asked = asked_of()
    week = asked.asked_at + timedelta(days=7)
    assert [
        remind_endorsers(week - timedelta(minutes=1)),
        remind_endorsers(week),
        remind_endorsers(LATER),
    ] == [0, 1, 0]
    assert letters("endorse_remind").get().to == "roy@example.gov"
    assert asked.request.events.get(action="remind").doer == Doer.SITE


@pytest.mark.parametrize("answer", ["support", "end"])
def test_who_has_answered_or_is_no_longer_asked_is_not_reminded(answer):
    getattr(asked_of(), answer)()
    assert remind_endorsers(LATER) == 0


def test_nobody_is_reminded_of_a_withdrawn_request_or_an_expired_draft():
    asked_of(withdrawn := a_request(status=Status.RECEIVED))
    withdrawn.withdraw()
    asked_of(a_request(days_old=90))
    assert remind_endorsers(LATER) == 0
