"""What every test may use: a clean cache, quick passwords, the site filled with its first content."""

import pytest
from django.core.cache import cache

from leadbureau.content import layout
from leadbureau.management.commands.prepare import load_first_content


@pytest.fixture(autouse=True)
def _quick_and_clean(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.CLAMAV_URL = ""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    layout._kept.update(stamp=None, layout=None)
    cache.clear()


@pytest.fixture
def site(db):
    """The database with the Bureau's real first content."""
    load_first_content()
