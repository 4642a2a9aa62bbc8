"""Subjects name people, as "Dana Ruiz asks for your part" does: they are encrypted like the letters under them."""

from django.db import migrations

import leadbureau.kit.encrypted


def encrypt(apps, schema_editor):
    letters = apps.get_model("mail", "Letter").objects
    for letter in letters.only("pk", "subject").iterator():
        letters.filter(pk=letter.pk).update(subject=letter.subject)


class Migration(migrations.Migration):

    dependencies = [("mail", "0005_fill_fingerprints")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="subject",
            field=leadbureau.kit.encrypted.EncryptedTextField(max_length=250),
        ),
        migrations.RunPython(encrypt, migrations.RunPython.noop),
    ]
