"""Lets letters that were stored before be found by the address that they went to."""

from django.db import migrations

from leadbureau.kit.encrypted import fingerprint


def fill(apps, schema_editor):
    letters = apps.get_model("mail", "Letter").objects
    for letter in letters.filter(to_fingerprint="").only("pk", "to").iterator():
        letters.filter(pk=letter.pk).update(to_fingerprint=fingerprint(letter.to))


class Migration(migrations.Migration):

    dependencies = [("mail", "0004_handling_and_fingerprint")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
