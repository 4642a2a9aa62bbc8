"""The yearly letters in the staff's site: sent, answered or revoked; and what places confirmed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from leadbureau.kit.set_filter import SetFilter
from leadbureau.kit.verb_admin import Verb, VerbAdmin
from leadbureau.mail.models import NotAllowed
from leadbureau.mail.received_admin import by_whom_and_when
from sites.jurisdictions.dates import day_in_words
from sites.jurisdictions.models import Confirmation, ConfirmationLink, Jurisdiction, PrivateContact


class ContactInline(admin.StackedInline):
    """Its own table, so that no public query can reach it."""

    model = PrivateContact
    extra = 1  # an empty one stands ready where there is none, without a script too; there is never a second
    fields = (("name", "role"), ("email", "phone"))
    verbose_name_plural = "Private contact: for the Bureau alone, never shown to the public"


class ConfirmationForm(forms.Form):
    """A confirmation that did not come through the link."""

    said_by = forms.CharField(
        label="Who said so", max_length=120, help_text="Name and office. Never published."
    )
    how = forms.CharField(label="How", max_length=200, help_text="By telephone, by e-mail, in a meeting.")
    on = forms.DateField(
        label="When", initial=timezone.localdate, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        return self.cleaned_data["on"]


def may_be_asked(place: Jurisdiction) -> bool:
    """Whether there is somebody to write to, and something that is seen."""
    is_hidden = place.visibility == Jurisdiction.Visibility.HIDDEN
    return not is_hidden and PrivateContact.objects.filter(place=place).exists()


INVITE = Verb(
    name="invite",
    label="Send the yearly letter now",
    promise="The private contact gets a letter with a private link to this entry. It is good for 90 days. "
    "Letters leave by themselves once a year; use this when one should leave sooner.",
    done="The letter about {row} is on its way.",
    act=lambda place, by: ConfirmationLink.invite(place=place, by=by),
    may=may_be_asked,
)
CONFIRM = Verb(
    name="confirm",
    label="Record a confirmation",
    promise="Use this when somebody who speaks for the place told you that the whole entry is right. Readers "
    "then see “Confirmed by the jurisdiction” with the month. Nothing is sent.",
    done="{row} is recorded as confirmed.",
    act=lambda place, by, said_by, how, on: place.confirm(by=by, said_by=said_by, how=how, on=on),
    may=lambda place: True,
    form=ConfirmationForm,
)


class ConfirmedPlaceAdmin(VerbAdmin):
    """Mixed into the admin of places: the two buttons, and the letter to many at once."""

    verbs = (INVITE, CONFIRM)
    refusals = (NotAllowed,)

    @admin.action(description="Send the yearly letter now", permissions=["change"])
    def send_letters(self, request, queryset):
        """One by one: who cannot be written to is named, the others get theirs."""
        sent, refused = 0, []
        for place in Jurisdiction.objects.filter(pk__in=queryset.values("pk")):
            try:
                ConfirmationLink.invite(place=place, by=request.user)
            except NotAllowed as refusal:
                refused.append(str(refusal))
            else:
                sent += 1
                self.log_change(request, place, INVITE.label)
        if sent:
            self.message_user(request, f"Letters on their way: {sent}.", messages.SUCCESS)
        if refused:
            self.message_user(request, " ".join(refused), messages.WARNING)


class LinkFilter(SetFilter):
    title = "the link"
    parameter_name = "link"
    sets = {
        "good": ("Can be opened", lambda rows: rows.good()),
        "unanswered": ("Can be opened, no answer yet", lambda rows: rows.good().unanswered()),
        "revoked": ("Revoked", lambda rows: rows.exclude(revoked_at=None)),
    }


@admin.register(ConfirmationLink)
class ConfirmationLinkAdmin(VerbAdmin):
    list_intro = (
        "The letters that ask a place, once a year, whether its entry is still right. They leave by themselves "
        "to every place with a private contact, and one reminder follows after 30 days. The link in a letter is "
        "good for 90 days; it is shown to nobody here. Revoke one that went to a wrong address."
    )
    search_help_text = "Search in places and e-mail addresses."
    list_display = ("place", "sent_to", "made_at", "stands")
    list_filter = (LinkFilter, "made_at")
    list_select_related = ("place", "revoked_by")
    search_fields = ("place__name", "sent_to")
    date_hierarchy = "made_at"
    fields = readonly_fields = (
        "stands",
        "place",
        "sent_to",
        "made_at",
        "made_by",
        "reminded_at",
        "good_until",
    )
    refusals = (NotAllowed,)
    verbs = (
        Verb(
            name="revoke",
            label="Revoke the link",
            promise="The link opens nothing from now on. Nobody is told. To give the place a new one, send the "
            "yearly letter from its entry.",
            done="The link of {row} is revoked.",
            act=ConfirmationLink.revoke,
            may=lambda link: link.is_good(),
            is_grave=True,
        ),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="where it stands")
    def stands(self, link) -> str:
        if link.revoked_at:
            return f"Revoked {by_whom_and_when(link.revoked_by, link.revoked_at)}."
        if answered := link.answered_on():
            return f"Answered on {day_in_words(answered)}."
        if link.good_until <= timezone.now():
            return "Over, without an answer."
        if not link.is_good():
            return "Over: somebody else answers for the place now."
        return f"No answer yet. The link is good until {link.good_until_in_words}."

    @admin.display(description="good until")
    def good_until(self, link) -> str:
        return date_format(localtime(link.good_until))


@admin.register(Confirmation)
class ConfirmationAdmin(admin.ModelAdmin):
    """Nobody writes here: a place confirms by its link, staff record it on the place."""

    intro = (
        "Each time a place said that its entry is right: through its private link, or to one of you. To record "
        "one, press “Record a confirmation” on the place."
    )
    search_help_text = "Search in places and names."
    list_display = ("place", "on", "said_by", "way")
    list_select_related = ("place", "by")
    list_filter = ("on",)
    search_fields = ("place__name", "said_by")
    date_hierarchy = "on"
    fields = ("place", "on", "said_by", "way")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows: Any = super().get_queryset(request)
        return rows.select_related("link")

    @admin.display(description="how")
    def way(self, row) -> str:
        return f"{row.how}, recorded by {row.by}" if row.by else "Through its private link"
