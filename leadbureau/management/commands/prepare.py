"""Brings a checkout to the state in which it can serve: safe to run at every start."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from leadbureau.content import chores
from leadbureau.content import seeding as content_seeding
from partners import seeding as partners_seeding
from sites.jurisdictions import seeding as jurisdictions_seeding
from sites.jurisdictions.models import PreparedFile

# In the order of the floors: a certificate or a partner may point to a place, never the other way.
SEEDED = (content_seeding, jurisdictions_seeding, partners_seeding)


class Command(BaseCommand):
    help = "Migrates, loads the first content into empty tables, collects static files, cuts pictures."

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        for app, made in load_first_content().items():
            if made:
                self.stdout.write(f"Loaded {made} rows of first content into {app}.")
        call_command("groups", verbosity=0)
        # A new version of the site may make them otherwise.
        PreparedFile.objects.all().delete()
        if not settings.DEBUG:
            self._collect_static()
        cut = chores.cut_pictures()
        if cut:
            self.stdout.write(f"Cut the renditions of {cut} pictures.")

    def _collect_static(self) -> None:
        """Collects, hashes and compresses, unless nothing changed since the last time."""
        stamp_file = Path(settings.STATIC_ROOT) / ".stamp"
        stamp = _stamp_of_sources()
        if stamp_file.exists() and stamp_file.read_text(encoding="ascii") == stamp:
            return
        self.stdout.write("Collecting and compressing static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp_file.write_text(stamp, encoding="ascii")


def load_first_content() -> dict[str, int]:
    """Fills empty tables and adds new wordings; gives the rows that each app made. Safe to run again."""
    made = {str(seeded.__package__): seeded.load() for seeded in SEEDED}
    content_seeding.sync_wordings()
    return made


def _stamp_of_sources() -> str:
    """A fingerprint of all static sources by path, size and time; reading their content would be slow."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
