from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sites.certification.models import Certificate
from tests.certification.factories import a_certificate, a_manager, a_place, a_state

pytestmark = pytest.mark.django_db


def running(**fields):
    today = timezone.localdate()
    return a_certificate(first=today - timedelta(days=10), last=today + timedelta(days=10), **fields)


def past(**fields):
    today = timezone.localdate()
    return a_certificate(first=today - timedelta(days=10), last=today - timedelta(days=1), **fields)


def withdrawn(**fields):
    certificate = running(**fields)
    certificate.withdraw(by=a_manager(), reason="The program has ended.")
    return certificate


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_empty_list_says_so_and_whom_to_ask(client):
    page = text(client.get("/certified/"))
    assert "The Bureau has not recorded a certified program here yet" in page
    assert "/contact/?about=certification" in page
    assert "Check a certificate" in page


def test_valid_ones_stand_under_their_state_and_the_rest_below_as_such(client):
    ohio = a_state(usps="OH", name="Ohio", fips="39")
    running(program="LEAD Santa Example")
    running(program="LEAD Ohio Example", place=a_place(state=ohio))
    past(program="LEAD Past Example")
    withdrawn(program="LEAD Withdrawn Example")
    page = text(client.get("/certified/"))
    order = [
        "Valid today",
        "New Mexico",
        "LEAD Santa Example",
        "Ohio",
        "LEAD Ohio Example",
        "No longer valid",
    ]
    order += ["LEAD Past Example", "Expired", "LEAD Withdrawn Example", "Withdrawn"]
    assert [page.find(words, page.find("<main")) for words in order] == sorted(
        page.find(words, page.find("<main")) for words in order
    )
    assert all(words in page for words in order)


def test_the_list_takes_the_same_queries_for_few_and_for_many(client, django_assert_max_num_queries):
    for _ in range(70):
        running(place=a_place())
    with django_assert_max_num_queries(10):
        first = text(client.get("/certified/"))
    assert first.count('class="certified__row"') == 60
    assert text(client.get("/certified/?page=2")).count('class="certified__row"') == 10
    assert text(client.get("/certified/?page=owl")).count('class="certified__row"') == 60


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (running, "Valid today, "),
        (past, "Not valid today: it ran out on "),
        (withdrawn, "Not valid today: withdrawn on "),
    ],
)
def test_the_page_of_a_certificate_says_in_one_line_whether_it_is_valid(client, make, line):
    certificate = make(conditions="Meet every month.")
    page = text(client.get(certificate.get_absolute_url()))
    assert line in page
    assert "Meet every month." in page
    assert ("The program has ended." in page) == (make is withdrawn)


def test_a_number_written_another_way_leads_to_the_page(client):
    certificate = running()
    response = client.get(f"/certified/{certificate.number.lower().replace('-', '')}/")
    assert response.status_code == 301
    assert response.url == certificate.get_absolute_url()


def test_a_certificate_to_come_is_not_told_before_its_day(client):
    today = timezone.localdate()
    certificate = a_certificate(first=today + timedelta(days=1), last=today + timedelta(days=9))
    assert client.get(certificate.get_absolute_url()).status_code == 404
    assert certificate.program not in text(client.get("/certified/"))
    assert certificate.program not in text(client.get("/certified/", {"number": certificate.number}))


def test_a_hidden_place_is_named_on_its_certificate_but_not_linked(client):
    certificate = running(place=a_place(visibility="hidden"))
    assert certificate.jurisdiction.get_absolute_url() not in text(client.get(certificate.get_absolute_url()))


def test_the_box_finds_a_certificate_despite_slips_of_writing(client):
    certificate = running(program="LEAD Found")
    for typed in (
        certificate.number,
        certificate.number.lower(),
        certificate.number[3:],
        f" {certificate.number} ",
    ):
        page = text(client.get("/certified/", {"number": typed}))
        assert f"{certificate.number} is the certificate of LEAD Found." in page


def test_the_box_suggests_a_certificate_when_one_character_is_wrong(client):
    certificate = running(program="LEAD Meant")
    last = "2" if certificate.number[-1] != "2" else "3"
    page = text(client.get("/certified/", {"number": certificate.number[:-1] + last}))
    assert "is not a number that the Bureau gives" in page
    assert certificate.get_absolute_url() in page


def test_the_box_says_when_a_number_is_none_of_the_bureaus(client):
    known = running()
    number = known.number
    Certificate.objects.filter(pk=known.pk).update(number="LB-222-222-2")
    page = text(client.get("/certified/", {"number": number}))
    assert f"The Bureau has granted no certificate with the number {number}." in page


@pytest.mark.parametrize("typed", ["", "🦉", "<script>alert(1)</script>", "' OR 1=1", "x" * 3000, "%", "LB-"])
def test_whatever_is_typed_gets_a_calm_answer(client, typed):
    response = client.get("/certified/", {"number": typed})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)
    assert ("is not a number that the Bureau gives" in text(response)) == bool(typed)


@pytest.mark.parametrize("number", ["LB-222-222-2", "owl", "🦉", "x" * 2000])
def test_an_unknown_number_gets_a_page_that_helps(client, number):
    response = client.get(reverse("certification:certificate", args=[number]))
    assert response.status_code == 404
    assert "No certificate with this number" in text(response)
    assert "/contact/?about=certification" in text(response)
    assert 'name="number"' in text(response)


def test_the_page_about_certification_leads_to_a_person(client, site):
    page = text(client.get("/certification/"))
    assert "/contact/?about=certification" in page
    assert "How it works" in page
