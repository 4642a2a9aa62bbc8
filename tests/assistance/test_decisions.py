import pytest

from sites.assistance.decisions import (
    DeclineReason,
    ReferredTo,
    better_door,
    helper_in_words,
    how_to_reach,
    reason_in_words,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", DeclineReason)
def test_every_reason_has_words_for_the_letter_and_a_better_door(reason):
    assert bool(reason_in_words(reason)) == (reason != DeclineReason.OTHER)
    assert better_door(reason) and "{" not in reason_in_words(reason) + better_door(reason)


@pytest.mark.parametrize("to", ReferredTo)
def test_every_referral_says_how_to_reach_them_and_the_federal_one_names_them(to):
    assert how_to_reach(to) and "{" not in how_to_reach(to) + helper_in_words(to)
    assert bool(helper_in_words(to)) == (to == ReferredTo.BJA_COSSUP)
