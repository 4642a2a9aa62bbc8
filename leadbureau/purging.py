"""Deleting what is over its time, as leadbureau/retention.toml says: by the worker every hour, or by hand."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from leadbureau.kit.retention import Purge


def purges() -> Iterator[Purge]:
    """What the apps delete, each in its retention.py."""
    for config in apps.get_app_configs():
        if config.name.startswith(("leadbureau.", "sites.", "partners")) and module_has_submodule(
            config.module, "retention"
        ):
            yield from import_module(f"{config.name}.retention").PURGES


def chores(now: datetime | None = None) -> int:
    """Carries out every purge; tells how many rows it touched."""
    now = now or timezone.now()
    return sum(purge.run(now) for purge in purges())
