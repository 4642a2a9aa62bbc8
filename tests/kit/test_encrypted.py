import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from leadbureau.kit import encrypted
from leadbureau.mail.models import Letter
from tests.mail.factories import a_letter

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def _stored(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM mail_letter')  # noqa: S608
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_the_database_holds_nothing_readable():
    a_letter(to="dana@example.gov", body="Dana's words")
    assert "dana" not in (_stored("to") + _stored("body")).lower()
    assert Letter.objects.get().to == "dana@example.gov"


@pytest.mark.django_db
def test_an_empty_text_stays_empty_and_can_be_asked_for():
    letter = a_letter()
    assert _stored("last_error") == ""
    assert Letter.objects.filter(last_error="").get() == letter


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{"to": "dana@example.gov"}, {"to__contains": "dana"}, {"body__in": ["x"]}])
def test_a_search_that_could_only_find_nothing_is_refused(query):
    with pytest.raises(FieldError):
        list(Letter.objects.filter(**query))


@pytest.mark.django_db
def test_words_that_look_encrypted_are_words_all_the_same():
    a_letter(body="enc1:abc")
    assert Letter.objects.get().body == "enc1:abc\n"


@pytest.mark.django_db
def test_what_was_stored_before_encryption_still_reads():
    letter = a_letter()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mail_letter SET body = 'plain' WHERE id = %s", [letter.pk])
    assert Letter.objects.get().body == "plain"


def test_old_keys_open_and_the_first_one_closes(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    closed = encrypted.encrypt(b"words")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert encrypted.decrypt(closed) == b"words"
    anew = encrypted.encrypt(b"words")
    settings.ENCRYPTION_KEYS = [NEW]
    assert encrypted.decrypt(anew) == b"words"
    with pytest.raises(encrypted.CannotDecrypt):
        encrypted.decrypt(closed)


def test_a_fingerprint_is_the_same_whatever_the_case_and_tells_nothing():
    assert encrypted.fingerprint(" Dana@Example.gov") == encrypted.fingerprint("dana@example.gov")
    assert encrypted.fingerprint("dana@example.gov") != encrypted.fingerprint("dena@example.gov")
    assert encrypted.fingerprint("  ") == ""


def test_a_fingerprint_is_found_under_a_secret_key_that_was_replaced(settings):
    before = encrypted.fingerprint("dana@example.gov")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert encrypted.fingerprint("dana@example.gov") != before
    assert before in encrypted.fingerprints("dana@example.gov")
