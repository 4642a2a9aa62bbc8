"""What may be said of a place in chosen words, so that places can be filtered and compared."""

from django.db import models


class Kind(models.TextChoices):
    CITY = "city", "City"
    COUNTY = "county", "County"
    STATE = "state", "State"
    TRIBAL_NATION = "tribal-nation", "Tribal nation"
    REGION = "region", "Region of several counties"


class Visibility(models.TextChoices):
    """The place's own choice of how much the public sees."""

    NAMED = "named", "Named: it has a page, and is on the map, in the lists and in the files"
    COUNTED = "counted", "Counted only: a number in its state's total, without a name"
    HIDDEN = "hidden", "Hidden: only staff know of it"


class Ground(models.TextChoices):
    """Why a place may be named."""

    PUBLIC_SOURCE = "public-source", "A public source already names it"
    CONSENT = "consent", "The place agreed to it"


class PopulationBand(models.TextChoices):
    UNDER_10K = "under-10k", "Under 10,000 people"
    FROM_10K = "10k-50k", "10,000 to 50,000 people"
    FROM_50K = "50k-250k", "50,000 to 250,000 people"
    FROM_250K = "250k-1m", "250,000 to 1 million people"
    OVER_1M = "over-1m", "More than 1 million people"


class Setting(models.TextChoices):
    URBAN = "urban", "Urban"
    RURAL = "rural", "Rural"
    MIXED = "mixed", "Urban and rural"


class AgencyKind(models.TextChoices):
    PROSECUTOR = "prosecutor", "Prosecutor"
    POLICE = "police", "Police department"
    SHERIFF = "sheriff", "Sheriff"
    HEALTH = "health", "Health or human services"
    DEFENDER = "defender", "Public defender"
    LOCAL_GOVERNMENT = "local-government", "City or county government"
    COURT = "court", "Court or probation"
    NONPROFIT = "nonprofit", "Nonprofit organization"
    COALITION = "coalition", "Several agencies together"


class HostsVisits(models.TextChoices):
    YES = "yes", "Yes, it welcomes visitors from other places"
    NO = "no", "No"
