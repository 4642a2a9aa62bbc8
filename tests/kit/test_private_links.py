from hashlib import sha256

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from leadbureau.kit.private_links import Tokens, digest, new_seed, private_page

SEED = "0" * 32
TOKENS = Tokens("a kind of link")


def test_a_token_is_43_characters_that_may_stand_in_an_address():
    token = TOKENS.of(SEED)
    assert len(token) == 43 and token.replace("-", "").replace("_", "").isalnum()


def test_seeds_differ_and_so_do_their_tokens():
    seeds = {new_seed() for _ in range(20)}
    assert len(seeds) == len({TOKENS.of(seed) for seed in seeds}) == 20


def test_the_token_of_one_kind_of_link_opens_no_other():
    assert TOKENS.of(SEED) != Tokens("another kind").of(SEED)


def test_the_database_is_given_only_a_digest():
    assert digest("token") == sha256(b"token").hexdigest()


def test_a_token_is_found_again_under_an_older_key(settings):
    given_out = TOKENS.of(SEED)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret key" * 3
    assert TOKENS.of(SEED) != given_out
    assert TOKENS.with_digest(SEED, digest(given_out)) == given_out


def test_a_token_made_with_a_lost_key_is_not_found(settings):
    given_out = TOKENS.of(SEED)
    settings.SECRET_KEY = "another secret key" * 3
    assert TOKENS.with_digest(SEED, digest(given_out)) is None


def test_the_tokens_of_requests_are_those_that_were_given_out_before():
    """Made with the key below when the links were first written; a change here would lock everybody out."""
    from sites.assistance import links

    key = "a key for this test only"
    assert links.REQUESTERS.of(SEED, key) == "-4_tjOoMMwgcn4Qt6Qe56xm6aIv2phedWvgbMTrixtI"


@pytest.mark.parametrize("status", [200, 302, 404])
def test_a_private_page_is_not_stored_indexed_logged_or_named_in_a_referrer(status):
    @private_page
    def view(request, token):
        return HttpResponse(status=status)

    response = view(RequestFactory().get("/"), token="t")
    assert (response.status_code, response._has_been_logged) == (status, True)
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_a_private_page_needs_no_cookie_against_forgery():
    assert private_page(lambda request: HttpResponse()).csrf_exempt is True
