from datetime import timedelta

import pytest
from django.utils import timezone

from leadbureau.content.models import Item, Page, Section
from leadbureau.content.pages import page_or_blank, with_sections
from leadbureau.content.views import render_page
from tests.content import factories as make

pytestmark = pytest.mark.django_db


def test_a_page_is_read_with_its_sections_and_entries_in_order(django_assert_max_num_queries):
    page = make.page()
    second = make.section(page=page, anchor="two", order=20)
    first = make.section(page=page, anchor="one", order=10)
    make.item(section=second, heading="B", order=20)
    make.item(section=second, heading="A", order=10)
    with django_assert_max_num_queries(2):
        found = page_or_blank("about")
        shown = [
            (section.anchor, [item.heading for item in section.items.all()])
            for section in found.sections.all()
        ]
    assert shown == [(first.anchor, []), (second.anchor, ["A", "B"])]


def test_a_page_that_staff_deleted_or_hid_leaves_a_title_behind():
    make.page(slug="partners", title="Hidden", publish_at=None)
    found = page_or_blank("partners")
    assert (found.title, list(found.sections.all()), found.section("x")) == ("Partners", [], None)


def test_the_folded_text_of_a_page_follows_its_sections_and_entries():
    page = make.page(title="About")
    section = make.section(page=page, heading="Española")
    item = make.item(section=section, heading="Huntington")
    page.refresh_from_db()
    assert " espanola huntington" in page.search_text
    item.heading = "Charleston"
    item.save()
    page.refresh_from_db()
    assert page.search_text.endswith(" espanola charleston")
    section.delete()
    page.refresh_from_db()
    assert page.search_text == " about"


def test_a_draft_and_a_page_of_tomorrow_are_not_found(client):
    make.page(slug="draft", publish_at=None)
    make.page(slug="tomorrow", publish_at=timezone.now() + timedelta(days=1))
    assert client.get("/draft/").status_code == 404
    assert client.get("/tomorrow/").status_code == 404


def test_every_layout_shows_its_entries_and_each_source(client):
    page = make.page(slug="all")
    for number, layout in enumerate(Section.Layout.values):
        section = make.section(
            page=page, anchor=f"s{number}", heading=f"H {layout}", layout=layout, order=number
        )
        fields = {"body": f"<p>body {layout}</p>", "source_title": f"source {layout}"}
        make.item(section=section, label="2015", heading=f"entry {layout}", **fields)
    html = client.get("/all/").content.decode()
    for layout in Section.Layout.values:
        assert f"H {layout}" in html
        assert f"body {layout}" in html
        assert f"source {layout}" in html


def test_a_script_in_a_section_does_not_reach_the_reader(client):
    page = make.page()
    make.section(page=page, body='<p onclick="x()">Hello<script>alert(1)</script></p>')
    html = client.get("/about/").content.decode()
    assert "<p>Hello</p>" in html
    assert "alert(1)" not in html


def test_a_long_page_lists_what_it_holds_and_a_short_one_does_not(client):
    page = make.page()
    for number in range(4):
        make.section(page=page, anchor=f"s{number}", order=number)
    assert "On this page" not in client.get("/about/").content.decode()
    make.section(page=page, anchor="s4", order=4)
    assert "On this page" in client.get("/about/").content.decode()


def test_a_page_below_another_leads_back_to_it(client):
    make.page(slug="lead", title="What LEAD is")
    make.page(slug="lead/principles", title="Core principles")
    assert '<a href="/lead/">What LEAD is</a>' in client.get("/lead/principles/").content.decode()


def test_a_page_that_was_never_saved_can_be_shown_to_staff(rf):
    section = Section(anchor="one", heading="A draft heading", body="<p>Draft</p>", layout="text")
    page = with_sections(Page(slug="new", title="New page"), [section])
    section.pk = 0
    section._prefetched_objects_cache = {"items": Item.objects.none()}
    request = rf.get("/new/")
    html = render_page(request, page).content.decode()
    assert "<h1>New page</h1>" in html
    assert "A draft heading" in html
    assert not Page.objects.exists()


@pytest.mark.parametrize("address", ["/a//b/", "/-/../", "/%00/", "/a%0Ab/", "/" + "a" * 500 + "/"])
def test_a_strange_address_gets_an_answer_and_no_crash(client, address):
    assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/About/", "/about/"), ("/LEAD/Principles/", "/lead/principles/"), ("/SITES/", "/sites/")],
)
def test_an_address_typed_with_capitals_leads_to_the_page(client, typed, meant):
    response = client.get(typed)
    assert (response.status_code, response.url) == (301, meant)


@pytest.mark.parametrize(
    "address", ["/static/Nope.css", "/certified/LB-NOPE/", "/assistance/r/AbC/", "/Nope//x/"]
)
def test_other_capitals_are_kept(client, address):
    assert client.get(address).status_code == 404
