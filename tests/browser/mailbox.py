"""What the people of a journey find in their mailboxes."""

import re

LINK = re.compile(r"http://\S+/assistance/(?:r|c|e|ask)/[\w/-]+/(?:\?\S+)?")


def letters_to(site, receiver: str, subject: str) -> list[str]:
    """The letters that have left to somebody under a subject, newest last."""
    return [
        letter
        for letter in site.deliver_letters()
        if letter.startswith(f"To: {receiver}\nSubject: ") and subject in letter.split("\n")[1]
    ]


def letter_to(site, receiver: str, subject: str) -> str:
    """The one letter that has left to somebody under a subject."""
    found = letters_to(site, receiver, subject)
    assert len(found) == 1, f"{len(found)} letters about {subject!r}"
    return found[0]


def link_in(letter: str) -> str:
    return LINK.search(letter).group()
