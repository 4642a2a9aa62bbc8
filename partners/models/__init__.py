from partners.models.listing import ListingRequest
from partners.models.partner import Partner, PartnerKind

__all__ = ["ListingRequest", "Partner", "PartnerKind"]
