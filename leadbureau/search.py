"""Search over everything public: one query for how many, one for the page of hits, few for its snippets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, Length, Lower, StrIndex
from django.db.models.lookups import LessThanOrEqual
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from leadbureau.content.models import NewsItem, Page, Resource, Section, Study
from leadbureau.content.pages import page_or_blank
from leadbureau.content.wording import say
from leadbureau.kit.filter_links import FilterLink, filter_links
from leadbureau.kit.paging import page_of
from leadbureau.kit.search_text import LONGEST_QUERY, matches, plain, words_of
from leadbureau.kit.snippets import closeness, holds_all, mark, snippet
from partners.models import Partner
from sites.certification.models import Certificate
from sites.jurisdictions.models import Jurisdiction, State

HITS_A_PAGE = 15
TITLE, SLUG = F("title"), F("slug")
SEPARATOR = "\x1f"  # between the columns of a hit's text, so that a snippet comes from one of them


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    title: what the row's folded text begins with.
    key: what `address` turns into the row's address.
    text: columns whose words stand under the title of a hit; HTML is allowed in them.
    """

    kind: str
    rows: Callable[[], QuerySet]
    address: Callable[[str], str]
    title: Combinable = TITLE
    key: Combinable = SLUG
    text: tuple[str, ...] = ()


# In the order in which equally good hits stand.
SOURCES = (
    Source(
        "state",
        lambda: State.objects.all(),
        lambda key: reverse("jurisdictions:state", args=[key]),
        title=F("name"),
        key=Lower("usps"),
        text=("summary",),
    ),
    Source(
        "place",
        lambda: Jurisdiction.objects.public(),
        lambda key: reverse("jurisdictions:place", args=key.split("/")),
        title=F("name"),
        key=Concat(Lower("state__usps"), Value("/"), "slug", output_field=TextField()),
        text=("summary", "locality", "county", "state__name", "lead_agency", "note"),
    ),
    Source(
        "certificate",
        lambda: Certificate.objects.published(),
        lambda number: reverse("certification:certificate", args=[number]),
        title=Concat("number", Value(" "), "program", output_field=TextField()),
        key=F("number"),
        text=("jurisdiction__name", "jurisdiction__locality"),
    ),
    Source("page", lambda: Page.objects.public(), lambda slug: f"/{slug}/" if slug else "/", text=("lead",)),
    Source(
        "study",
        lambda: Study.objects.public(),
        lambda slug: reverse("content:study", args=[slug]),
        text=("design", "findings", "limits", "place"),
    ),
    Source(
        "resource",
        lambda: Resource.objects.public(),
        lambda slug: f"{reverse('content:resources')}#{slug}",
        text=("summary", "publisher", "audience"),
    ),
    Source(
        "news",
        lambda: NewsItem.objects.public(),
        lambda slug: reverse("content:news_item", args=[slug]),
        text=("summary", "body"),
    ),
    Source(
        "partner",
        lambda: Partner.objects.visible(),
        lambda key: f"{reverse('partners:index')}#partner-{key}",
        title=F("name"),
        key=Cast("pk", TextField()),
        text=("words", "place", "kind__name"),
    ),
)


@dataclass(frozen=True)
class Hit:
    kind: str
    label: str
    title: SafeString
    address: str
    snippet: SafeString


@dataclass
class Found:
    """What a query found: how many of each kind, and the rows of those that are wanted."""

    words: list[str]
    kind: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        if self.words:
            self.counts = _counts(self.words)
        if self.kind not in self.counts:
            self.kind = ""

    def count(self) -> int:
        """How many hits of the chosen kind; the paginator asks."""
        return self.counts[self.kind] if self.kind else sum(self.counts.values())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, stretch: slice) -> list[Hit]:
        sources = [
            source for source in SOURCES if source.kind in self.counts and self.kind in ("", source.kind)
        ]
        rows = [_rows(source, self.words) for source in sources]
        if not rows:
            return []
        union = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
        return _hits(list(union.order_by("hit_rank", "hit_title", "hit_key")[stretch]), self.words)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    found = Found(words_of(query), request.GET.get("kind", ""))
    context = {
        "page": page_or_blank("search"),
        "crumbs": [],
        "asked": query,
        "understood": bool(found.words),
        "links": _links(query, found),
        "page_obj": page_of(found, request.GET.get("page"), HITS_A_PAGE),
        "query": urlencode({"q": query, **({"kind": found.kind} if found.kind else {})}) + "&",
    }
    return render(request, "search/search.html", context)


def _links(query: str, found: Found) -> list[FilterLink]:
    """Links that narrow the hits to one kind, when there is more than one."""
    kinds = [(kind, say(f"search.kind.{kind}"), count) for kind, count in found.counts.items()]
    if len(kinds) < 2:
        return []
    return filter_links("kind", kinds, found.kind, everything=say("search.kind.all"), kept={"q": query})


def _matching(source: Source, words: list[str]) -> QuerySet:
    return source.rows().filter(matches(" ".join(words))).order_by()


def _counts(words: list[str]) -> dict[str, int]:
    """How many rows of each kind match, for the kinds that have any; one query."""
    each = [
        _matching(source, words)
        .annotate(hit_kind=Value(source.kind, TextField()))
        .values("hit_kind")
        .annotate(hits=Count("pk"))
        .values_list("hit_kind", "hits")
        for source in SOURCES
    ]
    found = dict(each[0].union(*each[1:], all=True))
    return {source.kind: found[source.kind] for source in SOURCES if found.get(source.kind)}


def _rows(source: Source, words: list[str]) -> QuerySet:
    """The matching rows of a kind in the shape that all kinds share, so that they can be united."""
    text = [part for name in source.text for part in (Value(SEPARATOR), F(name))]
    return (
        _matching(source, words)
        .annotate(
            hit_kind=Value(source.kind, TextField()),
            hit_rank=_rank(source, words),
            hit_title=source.title,
            hit_key=source.key,
            hit_text=Concat(Value(""), *text, output_field=TextField()),
        )
        .values_list("hit_kind", "hit_rank", "hit_title", "hit_key", "hit_text")
    )


def _rank(source: Source, words: list[str]) -> Case:
    """Smaller is better: the title begins with the query, or holds all its words; the text holds it as it was
    typed, or only its words.

    The folded text of a row begins with its folded title, which is no longer than the title and one space.
    """
    weight = [one.kind for one in SOURCES].index(source.kind)
    in_title = Q()
    for word in words:
        at = StrIndex("search_text", Value(f" {word}"))
        in_title &= Q(LessThanOrEqual(at, Length(source.title) + 1))
    phrase = "".join(f" {word}" for word in words)
    return Case(
        When(search_text__startswith=phrase, then=Value(weight)),
        When(in_title, then=Value(100 + weight)),
        When(search_text__contains=phrase, then=Value(200 + weight)),
        default=Value(300 + weight),
        output_field=IntegerField(),
    )


def _hits(rows: list[tuple], words: list[str]) -> list[Hit]:
    """What is shown of each row: its first text when the title holds all words, else the one that holds most.

    A page of which neither the title nor the lead holds a word gives the section that does.
    """
    sources = {source.kind: source for source in SOURCES}
    texts = {
        (kind, key): _best(text.split(SEPARATOR), [] if holds_all(title, words) else words)
        for kind, _, title, key, text in rows
    }
    wanting = [
        key
        for kind, _, title, key, _ in rows
        if kind == "page" and not holds_all(title, words) and not holds_all(texts[kind, key], words)
    ]
    texts |= {("page", slug): text for slug, text in _page_texts(wanting, words).items()}
    return [
        Hit(
            kind=kind,
            label=say(f"search.one.{kind}"),
            title=mark(title, words),
            address=sources[kind].address(key),
            snippet=snippet(texts[kind, key], words),
        )
        for kind, _, title, key, _ in rows
    ]


def _best(parts: Iterable[str], words: list[str]) -> str:
    """The part, as plain text, that holds most of the words; of equals the first that holds anything."""
    texts = [text for part in parts if (text := plain(part))]
    return max(texts, key=lambda text: closeness(text, words), default="")


def _page_texts(slugs: list[str], words: list[str]) -> dict[str, str]:
    """For each page the section or entry that holds most of the words; two queries for all pages."""
    if not slugs:
        return {}
    parts: dict[str, list[str]] = {}
    sections = Section.objects.filter(page__slug__in=slugs).select_related("page").prefetch_related("items")
    for section in sections:
        found = parts.setdefault(section.page.slug, [])
        found += [section.body, section.heading]
        found += [
            f"{item.heading}. {item.body}" if item.heading else item.body for item in section.items.all()
        ]
    return {slug: _best(found, words) for slug, found in parts.items()}
