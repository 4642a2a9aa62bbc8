from django.core.management.base import BaseCommand

from leadbureau.permissions import make_groups


class Command(BaseCommand):
    help = "Makes the groups Editor, Caseworker and Manager as leadbureau/permissions.py wants them."

    def handle(self, *args, **options):
        changed = make_groups()
        if options["verbosity"]:
            self.stdout.write(
                f"Changed: {', '.join(changed)}." if changed else "The groups are as they should be."
            )
