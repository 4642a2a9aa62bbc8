"""The one table: what is allowed in every standing, by whom, what it leaves behind, and what stays when it is refused."""

import re
from contextlib import contextmanager
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from leadbureau.content.wording import defaults
from leadbureau.mail.models import Letter
from sites.assistance.models import Event, Request
from sites.assistance.moves import MOVES, Doer, NotAllowed, Status, Turn, moves_from
from sites.assistance.standing import BUTTONS, NAMES, buttons_of, name_of, standing_of
from tests.assistance.factories import a_request, staff_member
from tests.assistance.standings import ONLY_TRIED_BY, STANDINGS, do, with_a_file

pytestmark = pytest.mark.django_db
# What a sentence without its words would leave: braces, two spaces, nothing after a colon or before a full stop.
GAP = re.compile(r"[{}]|  |: ?$|“”|^ | \.$")
ALWAYS_WITH_WORDS = ("note", "file_held_back")
DOERS = (Doer.REQUESTER, Doer.STAFF, Doer.COLLEAGUE)


@contextmanager
def undone():
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def expected(request: Request, verb: str, doer: Doer):
    """What the table says: None when refused, else where it leads, the events in order and the letter."""
    move = MOVES[verb]
    if not request.may(verb, doer):
        return None
    turn = move.turn or request.turn
    events = [(verb, doer)]
    if verb == "message" and doer == Doer.REQUESTER and request.turn == Turn.REQUESTER:
        events, turn = [*events, ("hand_back", doer)], Turn.BUREAU  # their answer
    if verb == "edit" and request.is_draft:
        events = []  # a draft is its writer's own
    letters = sorted(MOVES[done].letter for done, _ in events if MOVES[done].has_letter)
    return move.path[Status(request.status)], turn, events, letters


def everything(request: Request):
    rows = (request.events, request.messages, request.supplements, request.attachments, request.shares)
    return [
        Request.objects.filter(pk=request.pk).values().get(),
        list(request.pages.values_list("page", "values", "version")),
        [rows.count() for rows in (*rows, request.endorsements)],
        Letter.objects.count(),
    ]


def tried(request: Request, verb: str, doer: Doer):
    """What came of it: None when it was refused and nothing at all has changed."""
    before = everything(request)
    known, letters = set(request.events.values_list("pk", flat=True)), Letter.objects.count()
    try:
        do(verb, request, doer)
    except NotAllowed:
        assert everything(request) == before
        return None
    now = Request.objects.get(pk=request.pk)
    events = [(event.action, event.doer) for event in request.events.exclude(pk__in=known)]
    newest = Letter.objects.order_by("pk")[letters:]
    names = sorted(letter.name for letter in newest if letter.name in {m.letter for m in MOVES.values()})
    return now.status, now.turn, events, [name for name in names if name != "assistance/message"]


@pytest.mark.parametrize("doer", DOERS)
@pytest.mark.parametrize("standing", STANDINGS)
def test_a_move_leads_where_the_table_says_with_one_event_and_one_letter_or_changes_nothing(standing, doer):
    request = with_a_file(STANDINGS[standing]())
    verbs = [verb for verb in MOVES if ONLY_TRIED_BY.get(verb, doer) == doer]
    if doer == Doer.COLLEAGUE:
        verbs = ["edit"]
    came = {}
    for verb in verbs:
        with undone():
            came[verb] = tried(Request.objects.get(pk=request.pk), verb, doer)
    assert came == {verb: expected(request, verb, doer) for verb in verbs}


@pytest.mark.parametrize("standing", STANDINGS)
def test_what_may_be_done_is_read_from_the_table_but_for_quarantine_and_late_resuming(standing):
    request = STANDINGS[standing]()
    for doer in Doer:
        allowed = {move.verb for move in moves_from(request.status, request.turn, doer)}
        allowed -= {"held": set(MOVES), "withdrawn_long_ago": {"resume"}}.get(standing, set())
        assert {verb for verb in MOVES if request.may(verb, doer)} == allowed
        assert [move.verb for move in request.moves_for(doer)] == [verb for verb in MOVES if verb in allowed]


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_page_has_a_button_for_what_is_allowed_and_for_nothing_else(client, standing):
    request = STANDINGS[standing]()
    token = request.token()
    page = client.get(reverse("assistance:status", args=[token])).content.decode()
    addresses = {verb: reverse(name, args=[token]) for verb, name in BUTTONS.items()}
    addresses["message"] += "#write"
    shown = {verb for verb, address in addresses.items() if f'="{address}"' in page}
    allowed = {verb for verb in BUTTONS if request.may(verb, Doer.REQUESTER)}
    assert shown == ({"edit"} if request.is_draft else allowed)
    assert {button.verb for button in buttons_of(request, token)} == shown
    assert ('id="write"' in page) == ("message" in allowed)


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_standing_has_its_own_words(standing):
    request = STANDINGS[standing]()
    told = standing_of(request)
    name = {"asked_while_active": "asked", "withdrawn_long_ago": "withdrawn"}.get(standing, standing)
    assert (name_of(request), told.name) == (name, name)
    assert told.title == defaults()[f"assistance.status.{name}.title"].text
    assert told.heading == defaults()[f"assistance.turn.{request.turn}"].text
    assert told.next and "{" not in told.next + told.since + told.count + told.more


def test_the_standings_of_the_tests_are_all_that_there_are():
    names = {name_of(make()) for make in STANDINGS.values()}
    assert names == set(NAMES)


@pytest.mark.parametrize("action", Event.Action.values)
def test_every_action_has_a_sentence_for_staff_and_a_public_one_unless_it_is_for_staff_only(action):
    assert f"assistance.event.{action}.staff" in defaults()
    assert (f"assistance.event.{action}.public" in defaults()) == (action not in Event.FOR_STAFF)


def test_every_move_is_an_action_with_a_sentence():
    assert set(MOVES) <= set(Event.Action.values)


@pytest.mark.parametrize("doer", Doer.values)
def test_every_doer_has_a_name(doer):
    assert defaults()[f"assistance.doer.{doer}"].text


@pytest.mark.parametrize("action", Event.Action.values)
def test_no_sentence_has_a_gap_and_no_public_one_names_staff(action):
    for doer, words in product(Doer, ["Lee Ortiz"] if action in ALWAYS_WITH_WORDS else ["", "Lee Ortiz"]):
        by = staff_member() if doer == Doer.STAFF else None
        event = Event(action=action, doer=doer, by=by, words=words)
        public = event.public_sentence() if event.is_public else "It is not told."
        assert not GAP.search(event.sentence()) and not GAP.search(public)
        assert "cass" not in public


def test_history_is_only_added_to():
    event = a_request(status=Status.RECEIVED).events.first()
    with pytest.raises(TypeError):
        event.save()
