import pytest
from django.core.cache import cache

from leadbureau.kit.rate import too_many


@pytest.fixture(autouse=True)
def memory_cache(settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr("leadbureau.kit.rate.time.time", lambda: 7200.0)
    cache.clear()


def tries(rf, count, address="203.0.113.7", scope="contact"):
    return [too_many(rf.post("/", REMOTE_ADDR=address), scope, limit=2, seconds=60) for _ in range(count)]


def test_the_call_after_the_limit_is_one_too_many(rf):
    assert tries(rf, 4) == [False, False, True, True]


def test_visitors_and_scopes_are_counted_apart(rf):
    tries(rf, 3)
    assert tries(rf, 1, address="203.0.113.8") == [False]
    assert tries(rf, 1, scope="partners") == [False]


def test_one_network_of_ipv6_is_one_visitor(rf):
    tries(rf, 2, address="2001:db8:1:1::1")
    assert tries(rf, 1, address="2001:db8:1:1:ffff::2") == [True]
    assert tries(rf, 1, address="2001:db8:1:2::1") == [False]


def test_a_new_window_counts_anew(rf, monkeypatch):
    tries(rf, 3)
    monkeypatch.setattr("leadbureau.kit.rate.time.time", lambda: 7260.0)
    assert tries(rf, 1) == [False]


def test_no_address_is_kept(rf):
    tries(rf, 1)
    assert not [key for key in cache._cache if "203.0.113.7" in key]


def test_nothing_is_counted_for_longer_than_an_hour(rf):
    with pytest.raises(ValueError, match="3600"):
        too_many(rf.post("/"), "contact", limit=1, seconds=3601)
