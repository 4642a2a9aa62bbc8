from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from leadbureau.kit.encrypted import CannotDecrypt
from leadbureau.mail.models import Letter
from sites.assistance.models import Event, Request
from tests.assistance.factories import a_request, staff

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.mark.django_db
def test_after_a_rotation_the_old_key_may_go_and_every_word_is_there(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    request = a_request(status="in_review")
    request.add_note("A private note.", by=staff(username="nora"))
    told, letters = request.answers(), [(one.to, one.body) for one in Letter.objects.all()]
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    settings.ENCRYPTION_KEYS = [NEW]
    assert Request.objects.get().answers() == told
    assert [(one.to, one.body) for one in Letter.objects.all()] == letters
    assert Event.objects.last().words == "A private note."
    assert "under the first key now" in out.getvalue()


@pytest.mark.django_db
def test_without_a_rotation_the_old_key_is_needed(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    request = a_request()
    settings.ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CannotDecrypt):
        Request.objects.get(pk=request.pk)
