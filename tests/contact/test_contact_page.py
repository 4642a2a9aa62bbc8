import pytest

from leadbureau.content.models import BureauDetails
from leadbureau.mail.models import ContactMessage
from tests.contact.factories import message_fields

pytestmark = pytest.mark.django_db


def page_of(response) -> str:
    return response.content.decode()


def test_the_page_says_plainly_that_nothing_is_recorded(client, site):
    assert "No e-mail address, telephone number or postal address of the Bureau is recorded" in page_of(
        client.get("/contact/")
    )


def test_the_page_shows_what_is_recorded_and_says_what_is_not(client, site):
    BureauDetails.objects.update(email="office@example.org", address="1 Example Street\nSeattle WA")
    BureauDetails.objects.get().save()
    page = page_of(client.get("/contact/"))
    assert 'href="mailto:office@example.org"' in page
    assert "1 Example Street<br>Seattle WA" in page
    assert page.count("Not recorded here. Use the form.") == 1


@pytest.mark.parametrize("topic", ContactMessage.Topic.values)
def test_a_link_may_choose_the_subject(client, topic):
    assert f'<option value="{topic}" selected>' in page_of(client.get("/contact/", {"about": topic}))


def test_a_link_may_name_the_page_that_is_wrong(client):
    page = page_of(client.get("/contact/", {"about": "/sites/nm/santa-fe/"}))
    assert '<option value="correction" selected>' in page
    assert 'value="/sites/nm/santa-fe/"' in page


@pytest.mark.parametrize(
    "about", ["", "owl", "//evil.example/", "/a\nb", "https://evil.example", "x" * 999, "🦉"]
)
def test_a_link_that_asks_for_something_else_gets_the_plain_form(client, about):
    response = client.get("/contact/", {"about": about})
    assert response.status_code == 200
    assert '<option value="" selected>' in page_of(response)


def test_every_subject_is_kept(client):
    for number, topic in enumerate(ContactMessage.Topic.values):
        client.post("/contact/", message_fields(topic=topic, words=f"Words {number}"))
    assert set(ContactMessage.objects.values_list("topic", flat=True)) == set(ContactMessage.Topic.values)


def test_a_subject_that_is_not_in_the_list_is_an_error(client):
    page = page_of(client.post("/contact/", message_fields(topic="owl")))
    assert "Choose one of the subjects in the list." in page
