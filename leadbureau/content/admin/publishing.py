"""Saving and publishing: buttons that say what will happen, and one table behind them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from leadbureau.content.admin.preview import PreviewMixin
from leadbureau.content.admin.versions import VersionsMixin
from leadbureau.content.models.publishing import Publishable
from leadbureau.kit.search_text import matches, words_of
from leadbureau.kit.set_filter import SetFilter

DRAFT, SCHEDULED, PUBLIC = "draft", "scheduled", "public"


@dataclass(frozen=True)
class Move:
    """What a save button does to a row: its name in the form, what it says, what was done, who may."""

    name: str
    state: str
    says: str
    done: str
    apply: Callable[[Publishable, forms.Form], None] = lambda row, form: None
    publishes: bool = True  # needs the permission to publish
    quiet: bool = True  # not the first thing that one wants


def _publish(row: Publishable, form) -> None:
    row.publish()


def _on_the_day(row: Publishable, form) -> None:
    row.publish_on(form.cleaned_data["publish_on"])


def _take_off(row: Publishable, form) -> None:
    row.take_off()


# In each state the first move is what the Enter key does: it never shows visitors what they do not see yet.
MOVES = (
    Move(
        "_draft",
        DRAFT,
        "Save as a draft: visitors will not see it",
        "is saved as a draft. Visitors do not see it.",
        publishes=False,
    ),
    Move(
        "_publish",
        DRAFT,
        "Publish now: visitors see it at once",
        "is published. Visitors see it now.",
        _publish,
        quiet=False,
    ),
    Move("_schedule", DRAFT, "Publish on this day", "is saved and will appear on {day}.", _on_the_day),
    Move(
        "_keep",
        SCHEDULED,
        "Save: it still appears on {day}",
        "is saved and will appear on {day}.",
        quiet=False,
    ),
    Move(
        "_publish",
        SCHEDULED,
        "Publish now: visitors see it at once",
        "is published. Visitors see it now.",
        _publish,
    ),
    Move(
        "_schedule",
        SCHEDULED,
        "Publish on this day instead",
        "is saved and will appear on {day}.",
        _on_the_day,
    ),
    Move(
        "_take_off",
        SCHEDULED,
        "Back to a draft: it will not appear",
        "is a draft again. It will not appear by itself.",
        _take_off,
    ),
    Move(
        "_keep",
        PUBLIC,
        "Save: visitors see the change at once",
        "is saved. Visitors see it now.",
        quiet=False,
    ),
    Move(
        "_take_off",
        PUBLIC,
        "Take off the site: visitors will not see it any more",
        "is off the site and kept as a draft.",
        _take_off,
    ),
)
# What each button is called in the history.
DEEDS = {
    "_draft": "Saved as a draft.",
    "_publish": "Published.",
    "_schedule": "Saved, to appear on {day}.",
    "_keep": "Saved.",
    "_take_off": "Taken off: a draft again.",
}
NAMES = set(DEEDS)


def state_of(row: Publishable | None) -> str:
    if row is None or row.publish_at is None:
        return DRAFT
    return PUBLIC if row.is_public() else SCHEDULED


def moves_for(state: str, may_publish: bool) -> list[Move]:
    return [move for move in MOVES if move.state == state and (may_publish or not move.publishes)]


class PublishingForm(forms.ModelForm):
    """A form that knows which of the save buttons was pressed: `move`, set by clean()."""

    publish_on = forms.DateField(
        label="Day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="It appears in the first minute of that day, by the Bureau's own clock.",
    )
    may_publish = False
    move: Move | None = None

    def clean(self):
        cleaned = super().clean() or {}
        # The state as the database has it now; somebody else may have published since the form was opened.
        pressed = next((name for name in self.data if name in NAMES), None)
        allowed = moves_for(state_of(self.instance if self.instance.pk else None), self.may_publish)
        self.move = next((move for move in allowed if pressed in (None, move.name)), None)
        if self.move is None:
            raise forms.ValidationError(
                "Nothing was saved: meanwhile somebody changed whether this is on the site, or you may not "
                "do that. Look at the buttons below again and press the one that you mean."
            )
        if self.move.name == "_schedule":
            self._check_day(cleaned.get("publish_on"))
        return cleaned

    def _check_day(self, day) -> None:
        if "publish_on" in self.errors:
            return
        if day is None:
            self.add_error("publish_on", "Choose the day on which it is to appear.")
        elif day <= timezone.localdate():
            self.add_error("publish_on", "Choose a day to come, or press “Publish now”.")


class StateFilter(SetFilter):
    title = "on the site"
    parameter_name = "state"
    sets = {
        DRAFT: ("Drafts", lambda rows: rows.drafts()),
        SCHEDULED: ("Will appear by themselves", lambda rows: rows.scheduled()),
        PUBLIC: ("On the site", lambda rows: rows.public()),
    }


class PublishableAdmin(VersionsMixin, PreviewMixin, admin.ModelAdmin):
    """A ModelAdmin whose save buttons are MOVES. Needs Publishable and its permission to publish."""

    form = PublishingForm
    change_form_template = "admin/publishable/change_form.html"
    exclude = ("publish_at",)
    actions = None

    @admin.display(description="On the site", ordering="publish_at")
    def state_words(self, obj) -> str:
        return obj.state()

    def view_on_site(self, obj) -> str | None:
        """Only what visitors see has an address that answers; before that there is the preview."""
        return obj.get_absolute_url() if obj.is_public() else None

    def get_search_results(self, request, queryset, search_term):
        """Finds a sentence copied from the site too, whatever its commas and quotation marks are."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if words_of(search_term):
            found |= queryset.filter(matches(search_term))
        return found, may_repeat

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_change_permission(self, request, obj=None) -> bool:
        """Who may not publish may change drafts only: what is on the site changes before visitors' eyes."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (state_of(obj) == DRAFT or self.has_publish_permission(request))

    def get_readonly_fields(self, request, obj=None):
        fixed = ("slug",) if obj and obj.publish_at else ()  # links from elsewhere keep working
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj and obj.publish_at else super().get_prepopulated_fields(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_publish = self.has_publish_permission(request)  # type: ignore[attr-defined]
        return form

    def save_model(self, request, obj, form, change):
        form.move.apply(obj, form)
        obj.done = form.move.done
        obj.deed = DEEDS[form.move.name].format(day=_day(obj))
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, **kwargs):
        obj = kwargs.get("obj")
        moves = [
            {"name": move.name, "says": move.says.format(day=_day(obj)), "quiet": move.quiet}
            for move in moves_for(state_of(obj), self.has_publish_permission(request))
        ]
        more = {"moves": moves, "state_words": obj.state() if obj else "Not saved yet"}
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self._done(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._done(request, obj) or super().response_change(request, obj)

    def _done(self, request, obj):
        """Back to the form with a sentence that says what happened; None where Django's own answer serves."""
        if getattr(request, "preview_asked", False) or "_popup" in request.POST:
            return None
        says = format_html("“{}” {}", obj, obj.done.format(day=_day(obj)))
        if obj.is_public():
            says = format_html('{} <a href="{}">Look at it on the site</a>', says, obj.get_absolute_url())
        messages.success(request, says)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        )


def _day(obj: Publishable | None) -> str:
    if obj is None or obj.publish_at is None:
        return ""
    return date_format(timezone.localtime(obj.publish_at), "j F Y")
