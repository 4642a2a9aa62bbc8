"""Pages that belong to the whole site."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadbureau.content.models import Claim, NewsItem, Study
from leadbureau.content.pages import page_or_blank
from partners.models import Partner
from sites.certification.models import Certificate
from sites.jurisdictions.gallery import gallery
from sites.jurisdictions.map import small_map

# The prose of the home page by what it introduces; staff edit the sections under these anchors.
HOME_SECTIONS = {
    "short": "lead-in-short",
    "where": "where",
    "gallery": "gallery",
    "evidence": "evidence",
    "certified": "certified",
    "news": "news",
    "partners": "partners",
    "ask": "ask",
}


@require_safe
def home(request):
    """What the Bureau and LEAD are, the two ways on, and what is new: nine queries."""
    page = page_or_blank("")
    drawn = small_map()
    return render(
        request,
        "home.html",
        {
            "page": page,
            "sections": {name: page.section(anchor) for name, anchor in HOME_SECTIONS.items()},
            "small_map": drawn,
            "gallery": gallery(),
            "claims": Claim.objects.filter(on_home=True, study__in=Study.objects.public()).select_related(
                "study"
            ),
            "certificates": Certificate.objects.valid().select_related("jurisdiction")[:5],
            "news": NewsItem.objects.public()[:3],
            "partners": Partner.objects.filter(visible=True).select_related("kind"),
        },
    )
