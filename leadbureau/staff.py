"""The staff's own site: Django's admin, with a first page that shows the work that is waiting."""

from importlib import import_module

from django.apps import apps
from django.contrib import admin
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.module_loading import module_has_submodule
from django.views.decorators.cache import never_cache

from leadbureau.content.layout import layout
from leadbureau.kit.rate import too_many
from leadbureau.kit.waiting import Waiting

# What staff may do, in words that they use. An entry is a model ("content.page") or all of an app ("mail").
GROUPS = (
    ("Words and pages", ("content.page", "content.menuitem", "content.wording", "content.bureaudetails")),
    (
        "Evidence, news, resources",
        ("content.study", "content.rating", "content.newsitem", "content.resource"),
    ),
    ("Pictures", ("content.picture", "content.gallerypicture")),
    ("Places", ("jurisdictions",)),
    ("Requests", ("assistance",)),
    ("Certification", ("certification",)),
    ("Partners", ("partners",)),
    ("Letters and messages", ("mail",)),
    ("People and permissions", ("auth",)),
)
# A page that belongs to no model, in the shape of a line of Django's list of models.
REPORT = {"name": "Report on a period", "object_name": "Report", "add_url": None}

LOGIN_TRIES = 10
LOGIN_WINDOW = 300  # seconds


class StaffSite(admin.AdminSite):
    index_title = "What is waiting"
    site_url = "/"
    empty_value_display = "–"

    def each_context(self, request) -> dict:
        name = layout().details.short_name
        return {
            **super().each_context(request),
            "site_header": f"{name}, staff",
            "site_title": f"{name}, staff",
        }

    def get_urls(self):
        from sites.assistance.reports import views as reports  # needs the apps to be ready

        own = [path("style-guide/", self.admin_view(self.style_guide), name="style_guide")]
        return own + reports.urls(self) + super().get_urls()

    def index(self, request, extra_context=None):
        return super().index(request, {"waiting": waiting(request.user), **(extra_context or {})})

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Django's login, except that an address that tries too often is told to wait."""
        if request.method == "POST" and too_many(request, "login", limit=LOGIN_TRIES, seconds=LOGIN_WINDOW):
            context = {**self.each_context(request), "title": "Too many tries", "minutes": LOGIN_WINDOW // 60}
            response = render(request, "admin/too_many_logins.html", context, status=429)
            response.headers["Retry-After"] = str(LOGIN_WINDOW)
            return response
        return super().login(request, extra_context)

    def get_app_list(self, request, app_label=None) -> list[dict]:
        """The models that the user may open, under the headings of GROUPS instead of the names of apps."""
        found = super().get_app_list(request, app_label)
        if app_label:
            return found
        left = {row["model"]._meta.label_lower: row for app in found for row in app["models"]}
        groups = [(name, _taken(left, members)) for name, members in GROUPS]
        groups.append(("More", list(left.values())))
        if request.user.has_perm("assistance.view_request"):
            dict(groups)["Requests"].append(REPORT | {"admin_url": reverse("admin:assistance_report")})
        return [_as_app(name, rows) for name, rows in groups if rows]

    def style_guide(self, request):
        """Every component and every state of a field, in real markup, for whoever changes the look."""
        from leadbureau.style_guide import context  # imports forms, which need the apps to be ready

        return render(request, "admin/style_guide.html", {**self.each_context(request), **context()})


def waiting(user) -> list[Waiting]:
    """What waits for a member of staff, as the apps tell it in their waiting.py: the urgent first."""
    lines: list[Waiting] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "waiting") and not config.name.startswith("django."):
            lines += import_module(f"{config.name}.waiting").waiting(user)
    return sorted((line for line in lines if line.count), key=lambda line: not line.urgent)


def _taken(left: dict[str, dict], members: tuple[str, ...]) -> list[dict]:
    """Takes out of `left` the models that `members` names, in the order of `members`."""
    rows = []
    for member in members:
        labels = [label for label in left if label == member or label.split(".")[0] == member]
        rows += [left.pop(label) for label in labels]
    return rows


def _as_app(name: str, rows: list[dict]) -> dict:
    """A group in the shape in which Django's templates expect an app."""
    slug = name.lower().replace(",", "").replace(" ", "-")
    return {"name": name, "app_label": slug, "app_url": "", "has_module_perms": True, "models": rows}
