"""Writes everything that is encrypted anew under the first of ENCRYPTION_KEYS, so that older keys may go."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from leadbureau.kit.encrypted import CannotDecrypt, encrypted_columns
from sites.assistance.files import storage

AT_ONCE = 200  # rows a transaction: the site goes on meanwhile


class Command(BaseCommand):
    help = "Encrypts everything anew under the first of ENCRYPTION_KEYS. Safe to stop and to run again."

    def handle(self, *args, **options):
        for model, names in encrypted_columns():
            count = _rotate_rows(model, names)
            self.stdout.write(f"{model._meta.verbose_name_plural}: {count} rows.")
        try:
            self.stdout.write(f"Files of requests: {storage.rotate()}.")
        except CannotDecrypt as error:
            raise CommandError(f"{error} Keep all keys.") from error
        self.stdout.write(
            "Everything is under the first key now. The other keys may go from ENCRYPTION_KEYS."
        )


def _rotate_rows(model, names: list[str]) -> int:
    """Each row is read and written under its lock, so that nothing saved meanwhile is overwritten."""
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            rows = model._default_manager.select_for_update().filter(pk__in=keys[start : start + AT_ONCE])
            for row in rows.only("pk", *names):
                model._default_manager.filter(pk=row.pk).update(
                    **{name: getattr(row, name) for name in names}
                )
    return len(keys)
