"""What a place's page lists: the facts that are recorded, in order, and the names of those that are not."""

from dataclasses import dataclass

from leadbureau.content.wording import say
from sites.jurisdictions.correctable import FACTS, Fact, current, in_words
from sites.jurisdictions.models.places import Jurisdiction

# The others stand elsewhere on the page: the name and the summary at its head, the stage, the map.
LISTED = (
    "locality", "kind", "county", "population", "setting", "launched", "lead_agency", "lead_agency_kind",
    "local_partners", "offers", "hosts_visits", "public_contact", "website", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One recorded fact as the page shows it."""

    name: str
    label: str
    words: str
    small: str = ""  # quiet words after it
    href: str = ""  # where its words lead
    is_unsure: bool = False

    @property
    def has_lines(self) -> bool:
        return "\n" in self.words


@dataclass(frozen=True)
class Facts:
    recorded: list[Shown]
    missing: list[Fact]


def facts_of(place: Jurisdiction) -> Facts:
    """From a place with its history and its state."""
    texts = {name: current(place, name) for name in LISTED}
    return Facts(
        recorded=[_shown(place, name, text) for name, text in texts.items() if text],
        # A note is not missed where there is none.
        missing=[FACTS[name] for name, text in texts.items() if not text and name != "note"],
    )


def _shown(place: Jurisdiction, name: str, text: str) -> Shown:
    words = in_words(name, text)
    more: dict = {}
    if name == "county" and place.county_fips:
        more = {"small": say("sites.fact.county.census", codes=place.county_fips.replace(" ", ", "))}
    if name == "website":
        words, more = place.website_host, {"href": place.website}
    if name == "note":
        words = words[:1].upper() + words[1:]
    if name == "launched":
        start = place.launch()
        more = {"is_unsure": start is not None and not start.is_sure}
    return Shown(name, FACTS[name].label, words, **more)
