"""The private link of a request. How such links are kept: leadbureau/kit/private_links.py."""

from leadbureau.kit.private_links import Tokens, digest, new_seed

__all__ = ["digest", "new_seed", "token_for", "token_with_digest"]

SALT = "sites.assistance.links"
TOKENS = Tokens(SALT)

token_for = TOKENS.of
token_with_digest = TOKENS.with_digest
