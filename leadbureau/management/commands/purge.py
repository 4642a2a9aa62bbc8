"""Deletes what is over its time, as the worker does every hour; or says what that would be."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from leadbureau.kit.retention import rules
from leadbureau.purging import purges


class Command(BaseCommand):
    help = "Deletes what is over its time by leadbureau/retention.toml; with --dry-run, only says what."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Delete nothing; say what would go.")

    def handle(self, *, dry_run: bool, **options):
        now, total = timezone.now(), 0
        for purge in purges():
            rows = purge.due(now)
            if not rows:
                continue
            rule, names = rules()[purge.rule], [_name(row) for row in rows]
            count = len(rows) if dry_run else purge.carry_out(rows)
            total += count
            time = f"after {rule.days} days, counted from {rule.counted_from}" if rule.days else "at once"
            self.stdout.write(f"{purge.rule}: {count}. {rule.what} ({time}).")
            self.stdout.write(f"  {', '.join(names)}")
        verb = "would be deleted or stripped" if dry_run else "were deleted or stripped"
        self.stdout.write(f"{total} rows {verb}." if total else "Nothing is over its time.")


def _name(row) -> str:
    """How the row is called among people, without anybody's name."""
    return str(getattr(row, "reference", "") or getattr(row, "number", "") or f"no. {row.pk}")
