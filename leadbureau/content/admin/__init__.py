"""What Bureau staff edit: a file per noun. Importing them registers them."""

from leadbureau.content.admin import (
    details,
    gallery,
    menu,
    news,
    pages,
    pictures,
    ratings,
    resources,
    studies,
    wording,
)

__all__ = [
    "details",
    "gallery",
    "menu",
    "news",
    "pages",
    "pictures",
    "ratings",
    "resources",
    "studies",
    "wording",
]
