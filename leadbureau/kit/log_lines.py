"""Lines of the log, without the keys that some addresses are."""

import logging

from leadbureau.kit.private_links import hide_tokens


class WithoutTokens(logging.Formatter):
    """Any line, a traceback too, with "…" in place of what opens a private page.

    Django logs the address of whatever is answered with 4xx or 5xx, and the message of an exception may
    quote one; so it is the finished line that is looked at.
    """

    def format(self, record) -> str:
        return hide_tokens(super().format(record))
