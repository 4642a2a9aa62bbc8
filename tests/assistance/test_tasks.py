"""The list of all sections: what is done, what is missing, who has what, and where each row leads."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import strip_tags

from sites.assistance.models import Attachment, Endorsement, Share
from sites.assistance.moves import Status
from sites.assistance.questions import PAGE_OF, PAGES
from tests.assistance.factories import a_request

pytestmark = pytest.mark.django_db


def listed(client, request, more=""):
    return client.get(reverse("assistance:tasks", args=[request.token()]) + more)


def rows(client, request) -> dict[str, str]:
    """Each row by the end of its address, with all its words on one line."""
    page = listed(client, request).content.decode()
    found = re.findall(r'<li class="task">.*?href="([^"]*)".*?</li>', page, re.DOTALL)
    words = re.findall(r'<li class="task">(.*?)</li>', page, re.DOTALL)
    return {
        address.split("/")[-2]: " ".join(strip_tags(row).split())
        for address, row in zip(found, words, strict=True)
    }


def test_every_section_has_a_row_then_files_support_and_sending(client):
    expected = [page.slug for page in PAGES] + ["files", "support", "check"]
    assert list(rows(client, a_request())) == expected


def test_a_row_says_how_far_its_section_is(client):
    found = rows(client, a_request(stage=None, problem=None, timing=None, federal_grant=None))
    assert found["your-place"] == "Your place Complete"
    assert found["the-problem"] == "The problem Not started"
    assert found["timing-and-money"] == "Timing and money 2 answers missing"
    assert found["check"].endswith("4 answers missing")


def test_a_section_of_which_nothing_is_required_is_optional(client):
    assert rows(client, a_request(place_kind="state", place=None))["your-place"] == "Your place Optional"


def test_a_whole_draft_is_ready_to_send(client):
    assert rows(client, a_request())["check"].endswith("Ready to send")


def test_a_section_that_a_colleague_has_says_who_since_when_and_what_is_missing(client):
    request = a_request(problem=None)
    Share.hand_over(request, PAGE_OF["the-problem"], name="Ray Ortega", email="ray@example.gov")
    today = date_format(timezone.localtime(), "F j")
    row = rows(client, request)["the-problem"]
    assert row == f"The problem Since {today}: 1 answer missing With Ray Ortega"


def test_a_section_that_a_colleague_finished_says_so(client):
    request = a_request()
    Share.hand_over(request, PAGE_OF["the-problem"], name="Ray Ortega", email="ray@example.gov").finish()
    row = rows(client, request)["the-problem"]
    assert "Ray Ortega finished it on" in row and row.endswith("Complete")


def test_a_section_that_was_taken_back_is_ones_own_again(client):
    request = a_request()
    Share.hand_over(request, PAGE_OF["the-problem"], name="Ray Ortega", email="ray@example.gov").take_back()
    assert rows(client, request)["the-problem"] == "The problem Complete"


def test_files_and_support_are_counted(client):
    request = a_request()
    Attachment.objects.create(request=request, name="plan.pdf", kind="pdf", size=10)
    for name in ("Chief", "Mayor"):
        Endorsement.objects.create(
            request=request, office="chief", name=name, title=name, email="c@example.gov"
        )
    Endorsement.objects.filter(pk=Endorsement.objects.first().pk).update(supported_at=timezone.now())
    found = rows(client, request)
    assert found["files"].endswith("1 added") and found["support"].endswith("1 of 2 given")


def test_the_list_shows_the_private_link_and_until_when_the_draft_is_kept(client):
    request = a_request()
    page = listed(client, request).content.decode()
    until = timezone.localdate(request.saved_at + timedelta(days=90))
    assert request.private_link() in page
    assert f"The draft is kept until {date_format(until, 'j F Y')}" in page


def test_a_sent_request_that_nobody_works_on_lists_its_sections_to_change_and_no_sending(client):
    request = a_request(status=Status.RECEIVED)
    found = rows(client, request)
    assert list(found) == [page.slug for page in PAGES] + ["files", "support"]
    assert all(found[page.slug].endswith("Change") for page in PAGES)


@pytest.mark.parametrize("status", [one for one in Status if one not in (Status.DRAFTED, Status.RECEIVED)])
def test_where_nothing_can_be_edited_the_list_leads_to_where_the_request_stands(client, status):
    request = a_request(status=status)
    assert listed(client, request)["Location"] == reverse("assistance:status", args=[request.token()])


def test_the_list_asks_the_database_little(client, django_assert_max_num_queries):
    request = a_request()
    listed(client, request)
    with django_assert_max_num_queries(10):
        listed(client, request)


def test_a_row_has_one_link_whose_description_tells_how_far_it_is(client):
    page = listed(client, a_request()).content.decode()
    for row in re.findall(r'<li class="task">(.*?)</li>', page, re.DOTALL):
        assert row.count("<a ") == 1
        described = re.search(r'aria-describedby="([^"]*)"', row)[1].split()
        assert all(f'id="{name}"' in row for name in described)


def test_the_list_says_what_was_just_saved_and_nothing_of_made_up_names(client):
    request = a_request()
    assert "Saved: The problem" in listed(client, request, "?saved=the-problem").content.decode()
    assert "Saved:" not in listed(client, request, "?saved=%3Cb%3E").content.decode()
