from itertools import count
from uuid import uuid4

from partners.models import ListingRequest, Partner, PartnerKind
from tests.contact.factories import guard

_numbers = count(1)


def a_kind(*, name="Government Partners", slug=None, order=10):
    return PartnerKind.objects.create(name=name, slug=slug or f"kind-{next(_numbers)}", order=order)


def a_partner(*, name="Example Office", kind=None, **fields):
    return Partner.objects.create(name=name, kind=kind or a_kind(), **fields)


def request_fields(*, kind, **changes) -> dict:
    words = {
        "organization": "Example Alliance",
        "place": "Dayton, Ohio",
        "website": "",
        "why": "We train officers.",
    }
    person = {"contact_name": "Ana Example", "role": "Director", "email": "ana@example.org"}
    return {**guard(), **words, **person, "kind": kind.pk, **changes}


def a_request(*, kind=None, suspicion="", **fields):
    words = {"organization": "Example Alliance", "why": "We train officers.", "contact_name": "Ana Example"}
    person = {"role": "Director", "email": "ana@example.org", "kind": kind or a_kind()}
    return ListingRequest.keep(once=uuid4(), suspicion=suspicion, **{**words, **person, **fields})
