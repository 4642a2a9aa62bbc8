"""What every test may use: a clean cache, quick passwords, the site filled with its first content."""

from importlib import import_module

import pytest
from django.core.cache import cache

from leadbureau.content import layout


@pytest.fixture(autouse=True)
def _quick_and_clean(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    layout._kept.update(stamp=None, layout=None)
    cache.clear()


def load_first_content() -> None:
    """The seeds, as `make run` loads them into an empty database; pictures without their renditions."""
    for app in ("leadbureau.content", "sites.jurisdictions", "partners"):
        import_module(f"{app}.seeding").load()
    import_module("leadbureau.content.seeding").sync_wordings()


@pytest.fixture
def site(db):
    """The database with the Bureau's real first content."""
    load_first_content()
