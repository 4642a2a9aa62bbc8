from django.db import migrations, models

LONGEST = 120


def tell_apart(apps, schema_editor):
    """Two that were frozen at the same moment under one title: the later ones say so in theirs."""
    FrozenReport = apps.get_model("assistance", "FrozenReport")
    seen = set()
    for row in FrozenReport.objects.order_by("pk"):
        title, number = row.title, 1
        while (title, row.since, row.until) in seen:
            number += 1
            title = f"{row.title[: LONGEST - len(f' ({number})')]} ({number})"
        seen.add((title, row.since, row.until))
        if title != row.title:
            FrozenReport.objects.filter(pk=row.pk).update(title=title)


class Migration(migrations.Migration):
    dependencies = [("assistance", "0006_files")]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            "frozenreport",
            models.UniqueConstraint(fields=("title", "since", "until"), name="reports_frozen_once"),
        ),
    ]
