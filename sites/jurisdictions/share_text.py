"""Words on a picture: fonts that come with the site, lines that never leave their column."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS, STRONG = "SourceSerif4-SemiBold", "PublicSans-Regular", "PublicSans-SemiBold"


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size)


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than so many pixels; a word that is wider than that is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and face.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def fitted(
    text: str, name: str, sizes: range, width: int, most: int
) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The text in at most so many lines of much the same length, as large as the sizes allow.

    At the smallest size a word that is too wide is broken, and what has no room is cut with an ellipsis.
    """
    for size in sizes:
        face = font(name, size)
        lines = wrapped(text, face, width)
        if len(lines) <= most and " ".join(lines) == " ".join(text.split()):
            return _balanced(text, lines, face), face
    return shortened(lines, face, width, most), face


def _balanced(text: str, lines: list[str], face: ImageFont.FreeTypeFont) -> list[str]:
    """The same number of lines with the longest one as short as it can be: no word stands alone."""
    narrow = max((face.getlength(word) for word in text.split()), default=0)
    best = lines
    for width in range(round(max(map(face.getlength, lines), default=0)), round(narrow), -6):
        tried = wrapped(text, face, width)
        if len(tried) > len(lines):
            break
        best = tried
    return best


def shortened(lines: list[str], face: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and face.getlength(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' ,;:.–')}…"]
