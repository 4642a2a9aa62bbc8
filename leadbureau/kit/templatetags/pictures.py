"""{% picture %}: one image with its renditions, its words and its size.

    {% load pictures %}{% picture row sizes="(min-width: 60rem) 50vw, 100vw" eager=False class="" %}

`row` is anything with file, width, height, alt, decorative, focal_x, focal_y and renditions. Until it has
renditions the original file is shown. The point that a crop must keep comes as two classes on the image,
rounded to tenths (focus-x-40 focus-y-60), because an inline style is refused by the security policy; give
the image a size and `object-fit: cover`, and css/components/picture.css does the rest. Only the first
picture of a page is `eager`.
"""

from django import template
from django.core.files.storage import default_storage

register = template.Library()

# In the order in which a browser is offered them; the last is the <img> that every browser can read.
OFFERED = (("avif", "image/avif"), ("webp", "image/webp"))
FALLBACKS = ("jpeg", "png")


@register.inclusion_tag("components/picture.html")
def picture(row, sizes: str = "100vw", eager: bool = False, **attributes) -> dict:
    fallback = _of(row, *FALLBACKS)
    widest = fallback[-1] if fallback else None
    return {
        "sources": [
            {"type": kind, "srcset": _srcset(rows)} for name, kind in OFFERED if (rows := _of(row, name))
        ],
        "src": default_storage.url(widest["path"]) if widest else (row.file.url if row and row.file else ""),
        "srcset": _srcset(fallback),
        "width": widest["width"] if widest else getattr(row, "width", 0),
        "height": widest["height"] if widest else getattr(row, "height", 0),
        "sizes": sizes,
        "alt": "" if not row or row.decorative else row.alt,
        "eager": eager,
        "focus": _focus(row) if row else "",
        "class": attributes.get("class", ""),
    }


def smallest(row, width: int) -> dict:
    """The narrowest fallback rendition that fills `width` pixels, or the original: {url, width, height}."""
    rows = _of(row, *FALLBACKS)
    found = next((each for each in rows if each["width"] >= width), rows[-1] if rows else None)
    if found is None:
        return {"url": row.file.url, "width": row.width, "height": row.height}
    return {"url": default_storage.url(found["path"]), "width": found["width"], "height": found["height"]}


def _of(row, *formats: str) -> list[dict]:
    """The renditions in some formats, narrowest first; none when they were cut from another file."""
    if not row or not row.file or row.renditions_of != row.file.name:
        return []
    return sorted(
        (each for each in row.renditions if each["format"] in formats), key=lambda each: each["width"]
    )


def _srcset(rows: list[dict]) -> str:
    return ", ".join(f"{default_storage.url(row['path'])} {row['width']}w" for row in rows)


def _focus(row) -> str:
    """The classes for a focal point that is not in the middle."""
    x, y = (round(share * 10) * 10 for share in (row.focal_x, row.focal_y))
    return "" if (x, y) == (50, 50) else f"focus-x-{x} focus-y-{y}"
