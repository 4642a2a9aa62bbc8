"""The directory for machines, in the words of schema.org: a Dataset, places as services, the Bureau."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from leadbureau.content.layout import layout
from leadbureau.content.wording import say
from sites.jurisdictions.models import Jurisdiction

CONTEXT = "https://schema.org"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
FORMS = (
    ("directory_csv", "text/csv"),
    ("directory_json", "application/json"),
    ("directory_geojson", "application/geo+json"),
    ("changes_csv", "text/csv"),
)


def organization() -> dict[str, Any]:
    """The Bureau, as its details give it."""
    details = layout().details
    known = {"name": details.name, "email": details.email, "description": details.description}
    return {
        "@type": "Organization",
        "url": settings.SITE_URL + "/",
        **{key: value for key, value in known.items() if value},
    }


def dataset() -> dict[str, Any]:
    """https://schema.org/Dataset, as dataset searches read it."""
    where = settings.SITE_URL
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": say("sites.data.title"),
        "description": say("sites.data.description"),
        "url": where + reverse("jurisdictions:data"),
        "license": LICENSE if say("sites.data.license") == "CC BY 4.0" else say("sites.data.license"),
        "isAccessibleForFree": True,
        "creator": organization(),
        "spatialCoverage": "United States",
        "temporalCoverage": "2011/..",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form,
                "contentUrl": where + reverse(f"jurisdictions:{name}"),
            }
            for name, form in FORMS
        ],
    }


def service(place: Jurisdiction) -> dict[str, Any]:
    """https://schema.org/GovernmentService for a place that runs LEAD, prepares it or weighs it; not for an end."""
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "name": place.name,
        "serviceType": "Law Enforcement Assisted Diversion",
        "url": settings.SITE_URL + place.get_absolute_url(),
        "identifier": str(place.identifier),
        "areaServed": _area(place),
    }
    if place.summary:
        described["description"] = place.summary
    if place.website:
        described["sameAs"] = place.website
    if place.lead_agency:
        described["provider"] = {"@type": "Organization", "name": place.lead_agency}
    return described


def _area(place: Jurisdiction) -> dict[str, Any]:
    types = {"city": "City", "state": "State"}
    area: dict[str, Any] = {
        "@type": types.get(place.kind, "AdministrativeArea"),
        "name": place.locality or place.name,
        "containedInPlace": {"@type": "State", "name": place.state.name},
    }
    if place.geoid:
        area["identifier"] = place.geoid
    if place.latitude is not None:
        area["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return area
