import pytest

from tests.content import factories as make

pytestmark = pytest.mark.django_db


def test_a_claim_never_stands_without_its_limits(client):
    make.claim(study=make.study())
    html = client.get("/evidence/").content.decode()
    for words in ("58% lower odds", "Compared with", "203 and 115 people", "Odds are not a count."):
        assert words in html


def test_studies_are_filtered_by_result_and_by_kind_at_once(client):
    make.study(slug="a", title="Study A", direction="favorable", rigor="comparison")
    make.study(slug="b", title="Study B", direction="mixed", rigor="comparison")
    make.study(slug="c", title="Study C", direction="mixed", rigor="process")
    html = client.get("/evidence/", {"result": "mixed", "kind": "comparison"}).content.decode()
    assert "Study B" in html
    assert "Study A" not in html
    assert "Study C" not in html
    assert "Showing 1 of 3 studies" in html


@pytest.mark.parametrize("value", ["nonsense", "", "x" * 1500, "<script>", "😀"])
def test_a_filter_that_nobody_offers_is_no_filter(client, value):
    make.study()
    response = client.get("/evidence/", {"result": value, "kind": value})
    assert response.status_code == 200
    assert "Showing 1 of 1 studies" in response.content.decode()


def test_filters_that_leave_nothing_say_so_and_lead_back(client):
    make.study(slug="a", direction="favorable", rigor="comparison")
    make.study(slug="b", direction="mixed", rigor="process")
    html = client.get("/evidence/", {"result": "mixed", "kind": "comparison"}).content.decode()
    assert "No study is recorded here yet" in html
    assert 'href="/evidence/#studies"' in html


def test_a_study_shows_everything_about_itself(client):
    study = make.study(doi="10.1016/j.x.2017.05.008", funder="A foundation", source_title="The journal")
    make.claim(study=study)
    make.rating().studies.add(study)
    html = client.get("/evidence/seattle-2017/").content.decode()
    for words in (
        "Favorable",
        "Two groups, not by lot.",
        "Lower odds of arrest.",
        "One city only.",
        "A foundation",
        "https://doi.org/10.1016/j.x.2017.05.008",
        "Collins SE. Evaluation and Program Planning 2017.",
        "Odds are not a count.",
        "Promising",
    ):
        assert words in html


def test_a_study_that_is_a_draft_is_nowhere(client):
    study = make.study(publish_at=None)
    make.claim(study=study, sentence="A hidden claim")
    assert client.get("/evidence/seattle-2017/").status_code == 404
    assert "A hidden claim" not in client.get("/evidence/").content.decode()


def test_the_evidence_on_real_content_takes_few_queries(client, site, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        html = client.get("/evidence/").content.decode()
    assert html.count('class="claim"') == 12
    for words in ("Honolulu after two years", "Unfavorable", "Mixed", "CrimeSolutions"):
        assert words in html
    with django_assert_max_num_queries(10):
        client.get("/evidence/seattle-recidivism-2017/")


def test_the_page_lists_what_it_holds_in_its_order(client):
    make.claim(study=make.study())
    html = client.get("/evidence/").content.decode()
    assert html.index('href="#claims"') < html.index('href="#studies"') < html.index('id="claims"')


def test_what_the_page_does_not_hold_is_not_listed(client):
    assert 'href="#claims"' not in client.get("/evidence/").content.decode()
