"""The small words of the site: labels, buttons, hints. Each has a standard text and may get one of staff."""

from string import Formatter

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html

from leadbureau.content.models import Wording
from leadbureau.content.wording import Default, defaults
from leadbureau.kit.set_filter import SetFilter

AREAS = {
    "assistance": "Asking for help",
    "certification": "Certification",
    "claim": "Claims about evidence",
    "contact": "Contact",
    "content": "All pages of text",
    "evidence": "Evidence: the list",
    "form": "All forms: errors",
    "forms": "All forms: labels",
    "frame": "Header, footer and menus",
    "home": "Home page",
    "layout": "Parts of many pages",
    "news": "News",
    "notice": "Notices",
    "pages": "Titles of pages that were deleted",
    "partners": "Partners",
    "rating": "Evidence: ratings",
    "resources": "Resources",
    "search": "Search",
    "sites": "Map, directory and places",
    "study": "Evidence: one study",
}
SEEN_AT = {
    "assistance": "/assistance/",
    "certification": "/certification/",
    "contact": "/contact/",
    "evidence": "/evidence/",
    "frame": "/",
    "home": "/",
    "news": "/news/",
    "partners": "/partners/",
    "resources": "/resources/",
    "search": "/search/",
    "sites": "/sites/",
}


def standard(key: str) -> Default:
    return defaults().get(key, Default(text="", note="The site does not use these words any more."))


def places_of(text: str) -> set[tuple]:
    """The {words in braces} of a text, as the formatter reads them; ValueError when a brace stands alone."""
    return {(name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None}


def keys_with(words: list[str]) -> list[str]:
    """The keys whose text, note or name holds all of the words.

    When none does, some words may be what the site filled in, as the 5 of "within 5 working days": then a
    text may lack one or two for each place that is filled in.
    """
    missing = {
        key: sum(word not in f"{key} {row.text} {row.note}".lower() for word in words)
        for key, row in defaults().items()
    }
    whole = [key for key, count in missing.items() if not count]
    return whole or [
        key
        for key, count in missing.items()
        if count <= min(2 * defaults()[key].text.count("{"), len(words) - 2)
    ]


class WordingForm(forms.ModelForm):
    def clean_text(self) -> str:
        """The site fills in exactly the places that the standard words have, and no other."""
        text = self.cleaned_data["text"].strip()
        wanted = places_of(standard(self.instance.key).text)
        try:
            found = places_of(text)
        except ValueError as error:
            raise forms.ValidationError("A brace { or } stands alone. Write each place as {word}.") from error
        if text and found != wanted:
            named = ", ".join(sorted(f"{{{name}}}" for name, _, _ in wanted))
            raise forms.ValidationError(
                f"Keep the same words in braces as the standard text has: {named}."
                if named
                else "The standard text has no words in braces { }, so yours cannot have any."
            )
        return text


class AreaFilter(admin.SimpleListFilter):
    title = "where it shows"
    parameter_name = "area"

    def lookups(self, request, model_admin):
        areas = sorted({key.split(".")[0] for key in defaults()})
        return [(area, AREAS.get(area, area.capitalize())) for area in areas]

    def queryset(self, request, queryset):
        return queryset.filter(key__startswith=f"{self.value()}.") if self.value() else queryset


class OwnWordsFilter(SetFilter):
    title = "whose words"
    parameter_name = "own"
    sets = {
        "yes": ("Ours", lambda rows: rows.exclude(text="")),
        "no": ("The standard words", lambda rows: rows.filter(text="")),
    }


@admin.register(Wording)
class WordingAdmin(admin.ModelAdmin):
    intro = (
        "The small words of the site: labels, buttons, hints and messages. Change one, and visitors see it "
        "at once; empty it, and the standard words are back. To find one, type the words that you see on the "
        "site. Longer texts are under Pages; the names in the menus under Menu items."
    )
    form = WordingForm
    list_display = ("shown", "where", "key", "ours")
    list_display_links = ("shown",)
    list_filter = (AreaFilter, OwnWordsFilter)
    search_fields = ("key", "text")
    search_help_text = "Search in what visitors read, in the notes on where it shows, and in the keys."
    fields = ("where", "key", "standard_words", "text")
    readonly_fields = ("where", "key", "standard_words")
    list_per_page = 60
    actions = None

    def get_search_results(self, request, queryset, search_term):
        """Searches the standard words and the notes too, which stand in files."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        words = search_term.lower().split()
        if words:
            found |= queryset.filter(Q(key__in=keys_with(words)))
        return found, may_repeat

    @admin.display(description="What visitors read")
    def shown(self, obj) -> str:
        return obj.text or standard(obj.key).text or "–"

    @admin.display(description="Where it shows")
    def where(self, obj) -> str:
        return standard(obj.key).note or "–"

    @admin.display(description="Standard words")
    def standard_words(self, obj) -> str:
        return format_html("<q>{}</q>", standard(obj.key).text)

    @admin.display(description="Whose words", ordering="text")
    def ours(self, obj) -> str:
        return "Ours" if obj.text else "Standard"

    def view_on_site(self, obj) -> str | None:
        """The page of its area on which one sees it, or from which one comes to it."""
        return SEEN_AT.get(obj.key.split(".")[0])

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
