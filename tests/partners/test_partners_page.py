import pytest

from partners import seeding
from partners.models import Partner, PartnerKind
from tests.partners.factories import a_kind, a_partner

pytestmark = pytest.mark.django_db

FIVE = [
    "King County Executive Office",
    "King County Prosecuting Attorney&#x27;s Office",
    "City of Albany, New York - Mayor&#x27;s Office",
    "Harm Reduction Research and Treatment Center",
    "Racial Justice Action Center",
]


def page_of(client) -> str:
    return client.get("/partners/").content.decode()


def test_the_five_of_the_earlier_page_stand_under_its_two_headings(client, site):
    page = page_of(client)
    order = ["Law Enforcement &amp; Government Partners", *FIVE[:3]]
    order += ["National and State-based Organizations and Academic Institutions", *FIVE[3:]]
    places = [page.find(f">{words}</h") for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "in formation" in page


def test_seeds_are_loaded_once_and_never_over_the_work_of_staff():
    assert seeding.load() == 7
    Partner.objects.all().delete()
    assert seeding.load() == 0


def test_a_hidden_partner_and_an_empty_heading_are_not_shown(client):
    a_partner(name="Hidden Office", kind=a_kind(name="Only Hidden"), visible=False)
    a_kind(name="Nobody Yet")
    page = page_of(client)
    assert not any(words in page for words in ("Hidden Office", "Only Hidden", "Nobody Yet"))
    assert "No partner is listed yet" in page


def test_order_is_by_number_then_by_name(client):
    kind = a_kind()
    for name, order in (("Zebra", 1), ("Beta", 5), ("Alpha", 5)):
        a_partner(name=name, kind=kind, order=order)
    page = page_of(client)
    assert page.find("Zebra") < page.find("Alpha") < page.find("Beta")


def test_a_logo_has_words_and_its_size(client):
    partner = a_partner(name="Example Office", website="https://example.org/")
    Partner.objects.filter(pk=partner.pk).update(logo="pictures/logos/x.png", logo_width=300, logo_height=120)
    page = page_of(client)
    assert 'alt="Logo of Example Office"' in page
    assert 'width="300" height="120"' in page
    assert 'href="https://example.org/"' in page


def test_the_page_takes_the_same_queries_for_many_partners(client, django_assert_max_num_queries):
    kinds = [a_kind(name=f"Kind {number}", order=number) for number in range(5)]
    Partner.objects.bulk_create(Partner(name=f"Partner {n}", kind=kinds[n % 5]) for n in range(300))
    with django_assert_max_num_queries(8):
        page = page_of(client)
    assert page.count('class="partner"') == 300


def test_partners_are_found_by_words_of_their_heading():
    partner = a_partner(kind=PartnerKind.objects.create(slug="u", name="Universities"))
    assert "universities" in partner.search_text
