"""Brings places from a CSV into the directory: all rows, or none."""

from pathlib import Path
from time import monotonic
from typing import TextIO, cast

from django.core.management.base import BaseCommand, CommandError

from sites.jurisdictions.importing import FileError, PlaceResource, Report, read
from sites.jurisdictions.importing.progress import Progress

SHOWN = 50  # lines of one sort


class Command(BaseCommand):
    help = "Imports places from a CSV with the columns of the open data. Nothing is stored unless all rows are right."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and store nothing."
        )

    def handle(self, *, file: Path, dry_run: bool, **options):
        started = monotonic()
        try:
            rows = read(file.read_bytes())
        except (OSError, FileError) as error:
            raise CommandError(f"{file}: {error}") from error
        progress = Progress(cast(TextIO, self.stderr._out))
        result = PlaceResource(on_row=progress).import_data(
            rows, dry_run=dry_run, rollback_on_validation_errors=True
        )
        progress.end()
        self._tell(Report(result), dry_run, monotonic() - started)

    def _tell(self, report: Report, dry_run: bool, seconds: float) -> None:
        for column in report.unknown:
            self.stderr.write(f"The column {column} is not known and was not read.")
        self._list(
            [f"Row {row.number} may tell of the same place as {', '.join(row.like)}." for row in report.alike]
        )
        self._list([str(slip) for slip in report.gathered])
        if not report.is_right:
            raise CommandError("Nothing was stored. Mend the rows above and try again.")
        done = "Would be stored" if dry_run else "Stored"
        self.stdout.write(f"{done}: {report.in_words()}, in {seconds:.0f} seconds.")

    def _list(self, lines: list[str]) -> None:
        for line in lines[:SHOWN]:
            self.stderr.write(line)
        if len(lines) > SHOWN:
            self.stderr.write(f"And {len(lines) - SHOWN:,} more like these.")
