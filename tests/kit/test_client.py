import pytest

from leadbureau.kit.client import client_address


def request(rf, forwarded=None, remote="10.0.0.9"):
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return rf.get("/", REMOTE_ADDR=remote, **extra)


def test_without_a_proxy_the_header_is_not_believed(rf, settings):
    settings.PROXY_COUNT = 0
    assert client_address(request(rf, "203.0.113.7")) == "10.0.0.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        (2, "1.1.1.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.9"),
        (1, "203.0.113.7:5511", "203.0.113.7"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "nonsense\x00", ""),
        (1, None, "10.0.0.9"),
    ],
)
def test_behind_proxies_the_address_is_counted_from_the_right(rf, settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies
    assert client_address(request(rf, forwarded)) == address


def test_a_socket_without_an_address_has_none(rf, settings):
    settings.PROXY_COUNT = 0
    assert client_address(request(rf, remote="")) == ""
