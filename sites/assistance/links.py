"""The salts of private links. How such links are kept: leadbureau/kit/private_links.py and models/link.py."""

from leadbureau.kit.private_links import Tokens, digest, new_seed

__all__ = ["COLLEAGUES", "ENDORSERS", "REQUESTERS", "digest", "new_seed"]

REQUESTERS = Tokens("sites.assistance.links")
COLLEAGUES = Tokens("sites.assistance.colleagues")
ENDORSERS = Tokens("sites.assistance.endorsers")
