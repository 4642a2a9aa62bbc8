"""Pages of staff, the evidence, resources and news."""

from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from leadbureau.content.models import Claim, NewsItem, Page, Rating, Resource, Study
from leadbureau.content.pages import page_or_blank, read_page
from leadbureau.content.wording import say
from leadbureau.kit.filter_links import FilterLink, filter_links
from leadbureau.kit.paging import page_of

NEWS_A_PAGE = 12
LONG_PAGE = 5  # sections from which on a page lists what it holds


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Any page of staff that has no view of its own. A draft is not found."""
    found = read_page(slug)
    if found is None:
        raise Http404
    return render_page(request, found)


def render_page(request: HttpRequest, page: Page, **more) -> HttpResponse:
    """A page as visitors see it, saved or not; `more` goes to the template, like the words of a preview."""
    headed = [section for section in page.sections.all() if section.heading]
    context = {
        "page": page,
        "crumbs": _crumbs_above(page.slug),
        "contents": headed if len(headed) >= LONG_PAGE else [],
        **more,
    }
    return render(request, "content/page.html", context)


def _crumbs_above(slug: str) -> list[tuple[str, str]]:
    """The pages whose address is the beginning of this one's; one query, and none for a short address."""
    parts = slug.split("/")
    above = ["/".join(parts[:length]) for length in range(1, len(parts))]
    if not above:
        return []
    found = Page.objects.public().filter(slug__in=above).order_by("slug")
    return [(row.title, row.get_absolute_url()) for row in found]


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Ratings, claims and studies; the studies by result and by kind, through links that keep each other."""
    studies = list(Study.objects.public().defer("search_text"))
    result = _known(request.GET.get("result"), [row.direction for row in studies])
    kind = _known(request.GET.get("kind"), [row.rigor for row in studies])
    of_result = [row for row in studies if result in ("", row.direction)]
    of_kind = [row for row in studies if kind in ("", row.rigor)]
    results = {value: say(f"study.result.{value}") for value in Study.Direction.values}
    rigors = {value: say(f"study.rigor.{value}") for value in Study.Rigor.values}
    page = page_or_blank("evidence")
    claims = list(Claim.objects.filter(study__in=Study.objects.public()).select_related("study"))
    context = {
        "page": page,
        "crumbs": [],
        # Two sections stand between the lists; whatever else staff write comes after them.
        "in_short": page.section("in-short"),
        "about_ratings": page.section("ratings"),
        "sections": [row for row in page.sections.all() if row.anchor not in ("in-short", "ratings")],
        "contents": _contents_of_evidence(page, with_claims=bool(claims)),
        "ratings": Rating.objects.all(),
        "claims": claims,
        "studies": [row for row in of_result if row in of_kind],
        "all_count": len(studies),
        "by_result": _links("result", results, [row.direction for row in of_kind], result, kind=kind),
        "by_kind": _links("kind", rigors, [row.rigor for row in of_result], kind, result=result),
    }
    return render(request, "content/evidence.html", context)


def _contents_of_evidence(page: Page, *, with_claims: bool) -> list[dict[str, str]]:
    """The headings of the evidence in the order of its template: the lists stand between sections of staff."""
    rows = list(page.sections.all())
    of_staff = [{"anchor": row.anchor, "heading": row.heading} for row in rows if row.heading]
    before = [row for row in of_staff if row["anchor"] == "in-short"]
    between = [row for row in of_staff if row["anchor"] == "ratings"]
    after = [row for row in of_staff if row["anchor"] not in ("in-short", "ratings")]
    claims = [{"anchor": "claims", "heading": say("evidence.claims.heading")}] if with_claims else []
    studies = {"anchor": "studies", "heading": say("evidence.studies.heading")}
    return [*before, *claims, *between, studies, *after]


def _known(value: str | None, values: list[str]) -> str:
    """The value of a filter when some row has it; any other is as good as no filter."""
    return value if value in values else ""


def _links(name: str, names: dict[str, str], values: list[str], chosen: str, **kept: str) -> list[FilterLink]:
    choices = [(value, label, values.count(value)) for value, label in names.items()]
    return filter_links(name, choices, chosen, everything=say("content.filter.all"), kept=kept)


@require_safe
def study(request: HttpRequest, slug: str) -> HttpResponse:
    return render_study(request, get_object_or_404(Study.objects.public(), slug=slug))


def render_study(request: HttpRequest, study: Study, **more) -> HttpResponse:
    """A study as visitors see it; one that was never saved has no claims and ratings yet."""
    context = {
        "study": study,
        "claims": study.claims.all() if study.pk else [],
        "ratings": study.ratings.all() if study.pk else [],
        "page": _head(study.title, study.design),
        "eyebrow": f"{study.place}, {study.year}" if study.year else study.place,
        "crumbs": [(say("evidence.crumb"), "/evidence/")],
        **more,
    }
    return render(request, "content/study.html", context)


def _head(title: str, text: str) -> dict[str, str]:
    """What the head and the heading of a page need, for rows that are no Page."""
    return {"title": title, "lead": "", "description": Truncator(text).chars(155)}


@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    rows = list(Resource.objects.public().defer("search_text"))
    kinds = [row.kind for row in rows]
    kind = _known(request.GET.get("kind"), kinds)
    names = {value: say(f"resources.kind.{value}") for value in Resource.Kind.values}
    context = {
        "page": page_or_blank("resources"),
        "crumbs": [],
        "links": _links("kind", names, kinds, kind),
        "resources": [row for row in rows if kind in ("", row.kind)],
    }
    return render(request, "content/resources.html", context)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The news, newest first, of all years or of one."""
    public = NewsItem.objects.public()
    years = _years(public)
    year = _known(request.GET.get("year"), [value for value, _, _ in years])
    rows = public.filter(date__year=year) if year else public
    context = {
        "page": page_or_blank("news"),
        "crumbs": [],
        "links": filter_links("year", years, year, everything=say("news.filter.all"), kept={}),
        "page_obj": page_of(rows.select_related("picture"), request.GET.get("page"), NEWS_A_PAGE),
        "query": f"year={year}&" if year else "",
    }
    return render(request, "content/news.html", context)


def _years(public: QuerySet) -> list[tuple[str, str, int]]:
    """Each year that has news with the number of its items, newest first, as filter_links wants it."""
    years = public.order_by().annotate(year=ExtractYear("date")).values_list("year").annotate(Count("pk"))
    return [(str(year), str(year), count) for year, count in years.order_by("-year")]


@require_safe
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(NewsItem.objects.public().select_related("picture"), slug=slug)
    return render_news_item(request, found)


def render_news_item(request: HttpRequest, item: NewsItem, **more) -> HttpResponse:
    """A news item as visitors see it, saved or not, with the items before and after it in time."""
    public = NewsItem.objects.public().exclude(pk=item.pk)
    day: date = item.date
    context = {
        "item": item,
        "page": {
            "title": item.title,
            "lead": item.summary,
            "description": Truncator(item.summary).chars(155),
        },
        "eyebrow": date_format(item.date, "j F Y"),
        "crumbs": [(say("news.crumb"), "/news/")],
        "newer": public.filter(date__gte=day).order_by("date", "pk").first(),
        "older": public.filter(date__lt=day).first(),
        **more,
    }
    return render(request, "content/news_item.html", context)
