from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.validators import URLValidator

from leadbureau.content.wording import say
from leadbureau.kit.spam import guard
from leadbureau.mail.kept_form import KeptForm
from partners.logos import check_logo
from partners.models import ListingRequest, PartnerKind

LONGEST_WORDS = 4000  # characters


class KindField(forms.ModelChoiceField):
    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        super().__init__(PartnerKind.objects.all(), empty_label=None, blank=False, **kwargs)


class WebsiteField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]  # Django's own takes ftp too


class JoinForm(KeptForm):
    """An organization asks to be listed."""

    area = "partners.join"

    organization = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "organization"}))
    kind = KindField()
    place = forms.CharField(max_length=120, required=False)
    website = WebsiteField(
        max_length=200, required=False, assume_scheme="https", widget=forms.URLInput({"inputmode": "url"})
    )
    why = forms.CharField(max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 6}))
    logo = forms.FileField(
        required=False, max_length=150, widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"})
    )
    contact_name = forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    role = forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "organization-title"}))
    email = forms.EmailField(max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))

    def layout(self) -> Layout:
        about, person = say("partners.join.about.title"), say("partners.join.person.title")
        return Layout(
            Fieldset(about, "organization", "kind", "place", "website", "why", "logo"),
            Fieldset(person, "contact_name", "role", "email"),
            guard(),
        )

    def clean_logo(self):
        logo = self.cleaned_data.get("logo")
        return check_logo(logo) if logo else None

    def keep(self) -> ListingRequest:
        """Stores the request once and returns it."""
        names = ("organization", "kind", "place", "website", "why", "contact_name", "role", "email", "logo")
        fields = {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}
        return ListingRequest.keep(once=self.once, suspicion=self.suspicion, **fields)
