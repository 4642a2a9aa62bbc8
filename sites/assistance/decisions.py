"""What is written down with a decision: why a request is declined, who can help better, what was done.

Reports count by these codes, so a code is never given another meaning; new ones may be added. The words
that go into letters are wordings (assistance.decline.<code>.…, assistance.refer.<code>.…): staff edit them.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.content.wording import say


class DeclineReason(models.TextChoices):
    NOT_ABOUT_LEAD = "not_about_lead", "It is not about LEAD or diversion"
    NO_CAPACITY = "no_capacity", "Nobody at the Bureau is free in time"
    PARTNERS_MISSING = "partners_missing", "Partners who are needed do not take part yet"
    ASKS_FOR_MONEY = "asks_for_money", "It asks for money, which the Bureau does not give"
    DUPLICATE = "duplicate", "The same place has asked already"
    NO_ANSWER = "no_answer", "We asked for more and heard nothing"
    NOT_A_JURISDICTION = "not_a_jurisdiction", "It comes from a person or firm, not from a place"
    OTHER = "other", "Another reason"


class ReferredTo(models.TextChoices):
    BJA_COSSUP = "bja_cossup", "The federal offer: BJA and its COSSUP program"
    PEER = "peer", "A place that has LEAD already"
    OTHER = "other", "Somebody else"


class Result(models.TextChoices):
    """What was done by the time a request is completed; several may hold."""

    PRESENTATION = "presentation", "A presentation was given"
    SITE_VISIT = "site_visit", "A site visit took place"
    PEER_MET = "peer_met", "They met a place that has LEAD"
    DESIGN = "design", "A design was worked out"
    TRAINING = "training", "People were trained"
    EVALUATION = "evaluation", "An evaluation was planned or done"
    ASSESSED = "assessed", "The program was assessed against the criteria"
    LAUNCHED = "launched", "A program started"
    EXPANDED = "expanded", "A program grew"
    ADVICE = "advice", "Advice by telephone or mail"
    NOTHING = "nothing", "Nothing came of it"


def reason_in_words(reason: str) -> str:
    """The passage of the letter that says why; empty where staff must find their own words."""
    return "" if reason == DeclineReason.OTHER else say(f"assistance.decline.{reason}.reason", **_places())


def better_door(reason: str) -> str:
    """The passage of the letter that says who or what may serve them better."""
    return say(f"assistance.decline.{reason}.door", **_places())


def helper_in_words(to: str) -> str:
    """The passage of the letter that names who can help; empty where staff must find their own words."""
    return "" if to != ReferredTo.BJA_COSSUP else say("assistance.refer.bja_cossup.who", **_places())


def how_to_reach(to: str) -> str:
    return say(f"assistance.refer.{to}.how", **_places())


def _places() -> dict[str, str]:
    """Addresses that the words may name; without a federal alternative on file its name stands alone."""
    bureau = layout().details
    return {
        "directory": settings.SITE_URL + reverse("jurisdictions:index"),
        "start": settings.SITE_URL + reverse("assistance:start"),
        "federal": bureau.federal_name or "BJA",
        "federal_url": bureau.federal_url,
    }
