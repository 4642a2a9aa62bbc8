"""Encrypts what was stored before, and gives requests their turn, their clock and the copies of their answers.

Apart from the changes of columns before and the rules after it: PostgreSQL does not mix them with changes of rows.
"""

from django.db import migrations
from django.utils import timezone

from leadbureau.kit import working_days
from leadbureau.kit.encrypted import fingerprint

CLOSED = ("completed", "declined", "withdrawn")
UNANSWERED = ("received", "in_review")
COPIED = ("sector", "place_kind", "population")


def fill(apps, schema_editor):
    for answers in apps.get_model("assistance", "Answers").objects.iterator():
        answers.save(update_fields=["values"])
    for event in apps.get_model("assistance", "Event").objects.iterator():
        event.save(update_fields=["words"])
    for request in apps.get_model("assistance", "Request").objects.prefetch_related("pages", "events"):
        _fill(request)
        request.save()
    for letter in apps.get_model("mail", "Letter").objects.filter(name__startswith="assistance/").iterator():
        found = apps.get_model("assistance", "Request").objects.filter(reference=letter.about).first()
        if found and not letter.name.startswith("assistance/staff"):
            letter.opens = f"assistance.request:{found.pk}"
            letter.save(update_fields=["opens"])


def _fill(request) -> None:
    told = {name: value for page in request.pages.all() for name, value in page.values.items()}
    for name in COPIED:
        setattr(request, name, told.get(name) or "")
    request.help = " ".join(told.get("help") or [])
    request.email_fingerprint = fingerprint(request.email)
    request.link_used_at = timezone.now()
    last = max((event.at for event in request.events.all()), default=request.started_at)
    if request.status in CLOSED:
        request.turn, request.turn_since, request.closed_at, request.answer_by = "nobody", last, last, None
    elif request.status != "drafted":
        request.turn, request.turn_since = "bureau", request.sent_at
        sent_on = timezone.localdate(request.sent_at)
        if request.answer_by:
            request.promised_days = max(1, working_days.between(sent_on, request.answer_by))
        if request.status not in UNANSWERED:
            request.answer_by = None


class Migration(migrations.Migration):

    dependencies = [("assistance", "0002_casework"), ("mail", "0003_encrypt_letters")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
