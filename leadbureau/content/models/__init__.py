from leadbureau.content.models.details import BureauDetails, MenuItem
from leadbureau.content.models.evidence import Claim, Rating, Study
from leadbureau.content.models.news import NewsItem
from leadbureau.content.models.pages import Item, Page, Section
from leadbureau.content.models.pictures import GalleryPicture, Picture
from leadbureau.content.models.resources import Resource
from leadbureau.content.models.wording import Wording

__all__ = [
    "BureauDetails",
    "Claim",
    "GalleryPicture",
    "Item",
    "MenuItem",
    "NewsItem",
    "Page",
    "Picture",
    "Rating",
    "Resource",
    "Section",
    "Study",
    "Wording",
]
