"""A filter of an admin list over the sets that a model's QuerySet names."""

from django.contrib import admin


class SetFilter(admin.SimpleListFilter):
    """`sets` gives each choice its label and its rows: {"due": ("Due", lambda rows: rows.due())}.

    Nothing chosen, or nothing known, shows all rows.
    """

    sets: dict = {}

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.sets.items()]

    def queryset(self, request, queryset):
        chosen = self.sets.get(self.value())
        return chosen[1](queryset) if chosen else queryset
