"""Encrypts the addresses, texts and errors of the letters that were stored before."""

from django.db import migrations


def encrypt(apps, schema_editor):
    for letter in apps.get_model("mail", "Letter").objects.iterator():
        letter.save(update_fields=["to", "body", "last_error"])


class Migration(migrations.Migration):

    dependencies = [("mail", "0002_encrypted_and_held")]

    operations = [migrations.RunPython(encrypt, migrations.RunPython.noop)]
