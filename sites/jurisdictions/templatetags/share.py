"""{% share_picture place as shared %}: the picture that goes with a link; see sites/jurisdictions/share_picture.py."""

from django import template

from sites.jurisdictions import share_picture as pictures
from sites.jurisdictions.models import Jurisdiction, State

register = template.Library()


@register.simple_tag
def share_picture(about: State | Jurisdiction | None = None) -> pictures.SharePicture:
    """Of a place, of a state, or of the whole map."""
    if isinstance(about, Jurisdiction):
        return pictures.picture_of_place(about)
    return pictures.picture_of_state(about) if about else pictures.picture_of_map()
