import pytest
from django.utils import timezone

from sites.assistance.models import Request
from sites.assistance.models.guarded import HasPassages
from sites.assistance.moves import Status
from sites.assistance.participant_data import find, passages, passages_in, unconfirmed
from sites.assistance.questions import PAGES
from tests.assistance.factories import a_request, staff_member

HITS = {
    "ssn": [
        "123-45-6789",
        "123 45 6789",
        "123\u201145\u20116789",
        "123.45.6789",
        "123456789",
        "SSN 123456789",
        "SSN: XXX-XX-6789",
        "SSN ending in 6789",
        "Social Security number: 6789",
        "899-99-9999",
    ],
    "birth": [
        "DOB 4/12/1985",
        "DOB: 04-12-85",
        "D.O.B. 1985-04-12",
        "DOB 1985",
        "date of birth is April 12, 1985",
        "born on 12 April 1985",
        "born April 12th, 2015",
        "4/12/1985 (DOB)",
        "John Smith, 4/12/1985",
        "Maria Elena Lopez (4/12/85)",
        "SMITH, JOHN 04/12/1985",
        "O'Brien, Sean: 1985-04-12",
        "José Ortíz-Baca – April 12, 1985",
        "client J.S., 4/12/1985",
    ],
    "case": [
        "Case No. CR-2021-00345",
        "case number 2021-345",
        "case # 21-00345",
        "case no 20210345",
        "Case: D-202-CR-2019-01234",
        "D-202-CR-2019-01234",
        "21-CR-00345",
        "docket no. 45678",
        "Docket # M-12-FR-2022-1234",
        "booking number 1234567",
        "Booking #1234567",
        "inmate ID: A12345",
        "arrest # 4567-21",
        "BK#1234567",
        "BK No. 1234567",
        "DOC# 123456",
        "police report no. 21-004567",
        "warrant number W-12345",
    ],
    "record": [
        "driver's license D1234567",
        "driver’s license no. 123456789",
        "Medical record number 0045678",
        "MRN 0045678",
        "DL# N12345678",
        "Medicaid ID 8812345",
        "passport no. 512345678",
    ],
}
ALIKE = [
    "Call 505-555-0123 or (505) 555-0123.",
    "505 555 0123, extension 12",
    "+1 505.555.0123",
    "Santa Fe, NM 87501-1234",
    "Santa Fe, NM 875011234",
    "ZIP code 875011234",
    "DUNS 123456789, EIN 85-6000123",
    "under § 12-34-5678 of the code",
    "Section 123-45-6789 of the statutes",
    "§ 30-31-23, § 30-31-23.1 and NMSA 1978",
    "42 U.S.C. 290aa-1",
    "$123,456,789 over three years",
    "123456789 dollars",
    "a budget of 1234567890",
    "000-12-3456, 666-12-3456, 900-12-3456",
    "123-00-4567 and 123-45-0000",
    "the award of 10/01/2023 to 9/30/2026",
    "The grant runs from October 1, 1999 to September 30, 2002.",
    "Grant no. 2020-AR-BX-0123, award number 15PBJA-22-GG-01234-COAP",
    "Second Chance Act, April 9, 2008",
    "Project Safe Neighborhoods (5/14/2001)",
    "Bureau of Justice Assistance, 6/3/1999",
    "Santa Fe, April 12, 1985",
    "Mayor Jane Smith, June 3, 1999",
    "Our program was born on June 3, 2015.",
    "Chief John Smith signed on March 3, 2024",
    "Jane Smith, June 3, 2024",
    "We met on 4/12/85 and on 5/12/85.",
    "In any case, no 1200 people a year.",
    "case management for 24000 people",
    "Case numbers rose to 1,200 in 2021.",
    "case no. 3 of 5",
    "The docket of 2020 had 12,000 cases.",
    "Bookings: 45210 in 2019; booking 4521 people costs much.",
    "Arrests: 1,200 a year; arrest number 1,200 was reached.",
    "See page 123, line 45, and table 6789.",
    "HB-2021-345, Resolution 2021-45, County Road CR 345",
    "The jail has 1234 beds, 210 of them empty.",
    "Date of birth and Social Security number are never stored.",
    "A showcase no. 12345 and a chart of 2021",
    "Narcan: 12-345-67 NDC",
    "35.6870, -105.9378",
    "https://example.gov/reports/2021/04/12/",
    "",
]


def page_of(name):
    return next(page for page in PAGES if name in [one.name for one in page.questions])


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in HITS.items() for text in texts])
def test_personal_data_is_found_whole_in_the_middle_of_a_sentence(why, text):
    before, after = "Last winter a man with ", " came back to us."
    found = find(before + text + after)
    assert [(one.why, (before + text)[one.start : one.end]) for one in found] == [(why, text)]


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_looks_alike_is_left_alone(text):
    assert [(one.why, text[one.start : one.end]) for one in find(text)] == []


def test_several_in_one_text_come_in_order_and_none_inside_another():
    text = "John Smith, DOB 4/12/1985, SSN 123-45-6789, case no. CR-2021-00345."
    assert [text[one.start : one.end] for one in find(text)] == [
        "John Smith, DOB 4/12/1985",
        "SSN 123-45-6789",
        "case no. CR-2021-00345",
    ]


def test_a_date_too_recent_for_a_person_in_a_program_is_no_birth():
    this = timezone.localdate().year
    assert [bool(find(f"John Smith, 4/12/{this - years}")) for years in (5, 30, 120)] == [False, True, False]


def test_long_texts_are_searched_without_delay():
    for text in ("1" * 4000, "A-" * 2000, "case no. " * 440, "Aa Bb " * 660, "- " * 2000, "1/1/85 " * 570):
        find(text)


@pytest.mark.django_db
def test_a_passage_has_its_surroundings_and_equal_ones_come_once():
    [one] = passages_in("x " * 60 + "SSN 123-45-6789 and again SSN 123-45-6789" + " y" * 60)
    assert one.before.startswith("… x") and one.after.endswith("y …")
    assert (one.text, one.reason) == ("SSN 123-45-6789", "This looks like a Social Security number.")


@pytest.mark.django_db
def test_the_free_answers_of_a_request_are_searched_and_the_contact_is_not():
    request = a_request(
        contact_name="John Smith 4/12/1985", problem="BK#1234567", award="case no. 12345", phone="123-45-6789"
    )
    assert [(one.question.name, one.text) for one in passages(request)] == [
        ("problem", "BK#1234567"),
        ("award", "case no. 12345"),
    ]


@pytest.mark.django_db
def test_a_request_with_a_passage_is_not_sent_before_somebody_looked_at_it():
    request = a_request(problem="He is BK#1234567.")
    with pytest.raises(HasPassages) as refusal:
        request.send()
    assert [one.text for one in refusal.value.passages] == ["BK#1234567"]
    assert Request.objects.get().status == Status.DRAFTED


@pytest.mark.django_db
def test_a_confirmation_holds_for_that_very_passage_and_question_only():
    request = a_request(problem="He is BK#1234567.")
    request.confirm_passages([one.key for one in unconfirmed(request)])
    assert unconfirmed(request) == []
    for name, text in (("problem", "BK#7654321"), ("steps", "BK#1234567")):
        request.save_page(page_of(name), {name: text})
        assert [one.text for one in unconfirmed(request)] == [text]
        request.save_page(page_of(name), {name: "Nothing about anybody."})


@pytest.mark.django_db
def test_only_passages_that_are_there_can_be_confirmed_and_none_is_stored_readably():
    request = a_request(problem="He is BK#1234567.")
    [one] = unconfirmed(request)
    request.confirm_passages(["made up", one.key, one.key])
    assert Request.objects.get().confirmed_passages == [one.key]
    assert "1234567" not in one.key


@pytest.mark.django_db
def test_what_staff_write_down_at_the_telephone_is_not_held_up():
    request = a_request(problem="He is BK#1234567.")
    request.send(by=staff_member())
    assert (request.status, [one.text for one in unconfirmed(request)]) == (Status.RECEIVED, ["BK#1234567"])
