"""Reference numbers that survive a telephone call: "TA-7K3-M9P-Q".

Two letters say what is numbered, then random characters in groups, then one check character. Left out are
0 O, 1 I L, U V, B 8 (the letter), S 5 (the letter), Z 2 (the letter), and all vowels, so that no number
spells a word.

The check is a weighted sum modulo 23. As 23 is prime, is the size of the alphabet, and the weights are the
different powers of a primitive root, every single wrong character and every swap of two characters changes
the sum. The prefix is summed too, so a request's number is never taken for a certificate's.
"""

import secrets
import unicodedata

ALPHABET = "23456789CDFGHJKMNPQRTWX"
# Letters that a prefix may have besides those of the alphabet stand for a digit of the same look or place,
# so that 23 letters have 23 values; I, O and U are in no number at all.
PREFIX_DIGITS = {"Z": "2", "E": "3", "A": "4", "S": "5", "Y": "6", "L": "7", "B": "8", "V": "9"}
# What a reader may take for a digit: forgiven, because the letter itself is never used after the prefix.
LOOKS_LIKE = str.maketrans("ZSB", "258")
ROOT = 5  # a primitive root modulo 23
PREFIX_LENGTH = 2
# Even lengths only: a lost or doubled character then gives a length that no number has.
LENGTHS = (4, 6, 8, 10)
LONGEST_TYPED = 60  # characters of what was typed that are looked at


def make(prefix: str, digits: int = 6) -> str:
    """A new random number. Whoever stores it makes sure that it is not taken (unique column, try again).

    prefix: two capital letters without I, O, U. digits: 4, 6, 8 or 10 characters besides prefix and check.
    Raises ValueError for anything else.
    """
    if len(prefix) != PREFIX_LENGTH or not all(letter in _PREFIX_LETTERS for letter in prefix):
        raise ValueError(f"The prefix must be two capital letters without I, O and U; it is {prefix!r}.")
    if digits not in LENGTHS:
        raise ValueError(f"digits must be one of {LENGTHS}; it is {digits}.")
    body = "".join(secrets.choice(ALPHABET) for _ in range(digits))
    return _written(prefix + body + _check_character(prefix + body))


def normalize(text: str, prefix: str = "") -> str | None:
    """The number that somebody typed, as it is printed, or None when it is none.

    Forgives case, spaces, dashes of any kind, and Z S B for 2 5 8. With a prefix, only numbers of that
    kind are taken, and the prefix may be left out.
    """
    return next((_written(bare) for bare in _readings(text, prefix) if _is_right(bare)), None)


def near(text: str, prefix: str = "") -> list[str]:
    """Numbers that may have been meant: right ones that differ by one wrong character or one swap."""
    found = []
    for bare in {_bare(text), _bare(prefix + text)}:
        for guess in _one_slip_away(bare):
            if _is_right(guess) and (not prefix or guess.startswith(prefix)):
                found.append(_written(guess))
    return sorted(set(found))


_PREFIX_LETTERS = frozenset("CDFGHJKMNPQRTWX") | frozenset(PREFIX_DIGITS)


def _bare(text: str) -> str:
    """What was typed: capitals and digits only, with look-alikes after the prefix read as digits."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TYPED]).upper()
    kept = "".join(character for character in folded if character.isascii() and character.isalnum())
    return kept[:PREFIX_LENGTH] + kept[PREFIX_LENGTH:].translate(LOOKS_LIKE)


def _readings(text: str, prefix: str) -> list[str]:
    """The ways to read what was typed: as it stands, and with the prefix that was left out."""
    readings = [_bare(text)]
    if prefix:
        readings = [bare for bare in readings if bare.startswith(prefix)] + [_bare(prefix + text)]
    return readings


def _is_right(bare: str) -> bool:
    if len(bare) - PREFIX_LENGTH - 1 not in LENGTHS:
        return False
    letters, rest = bare[:PREFIX_LENGTH], bare[PREFIX_LENGTH:]
    if not (_PREFIX_LETTERS.issuperset(letters) and set(ALPHABET).issuperset(rest)):
        return False
    return _check_character(bare[:-1]) == bare[-1]


def _value(character: str) -> int:
    return ALPHABET.index(PREFIX_DIGITS.get(character, character))


def _check_character(bare: str) -> str:
    """The character that makes the weighted sum of all characters zero; its own weight is one."""
    total = sum(_value(character) * ROOT**place for place, character in enumerate(reversed(bare), start=1))
    return ALPHABET[-total % len(ALPHABET)]


def _written(bare: str) -> str:
    prefix, body, check = bare[:PREFIX_LENGTH], bare[PREFIX_LENGTH:-1], bare[-1]
    size = 4 if len(body) % 4 == 0 else len(body) // 2
    groups = [body[start : start + size] for start in range(0, len(body), size)]
    return "-".join([prefix, *groups, check])


def _one_slip_away(bare: str):
    for place in range(len(bare)):
        for character in sorted(_PREFIX_LETTERS) if place < PREFIX_LENGTH else ALPHABET:
            yield bare[:place] + character + bare[place + 1 :]
    for place in range(len(bare) - 1):
        yield bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
