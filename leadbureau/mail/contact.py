"""The contact page: how to reach the Bureau, and a form whose messages are kept."""

import re
from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leadbureau.content.models import Page
from leadbureau.content.pages import apart, page_or_blank
from leadbureau.content.wording import say
from leadbureau.kit import sayable
from leadbureau.mail.kept_form import KeptForm, show_or_keep
from leadbureau.mail.models import ContactMessage

LONGEST_WORDS = 5000  # characters
# An address of this site that a "this is wrong" link may name: /sites/nm/santa-fe/
OWN_PAGE = re.compile(r"^/[a-z0-9/_-]{0,250}$")


class ContactForm(KeptForm):
    """A message to the Bureau."""

    area = "contact"

    topic = forms.ChoiceField(choices=lambda: topics())
    page = forms.CharField(max_length=300, required=False)
    words = forms.CharField(max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 8}))
    name = forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    organization = forms.CharField(
        max_length=200, required=False, widget=forms.TextInput({"autocomplete": "organization"})
    )
    email = forms.EmailField(max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))

    def keep(self) -> ContactMessage:
        """Stores the message once and returns it."""
        names = ("topic", "page", "words", "name", "organization", "email")
        fields = {name: self.cleaned_data[name] for name in names}
        return ContactMessage.keep(once=self.once, suspicion=self.suspicion, **fields)


def topics() -> list[tuple[str, str]]:
    """The subjects in the words of staff, read anew for each form."""
    known = [(topic, say(f"contact.topic.{topic}")) for topic in ContactMessage.Topic.values]
    return [("", say("contact.topic.choose")), *known]


def first_answers(about: str) -> dict[str, str]:
    """What ?about= fills in: a topic, or a page of this site that is to be corrected; else nothing."""
    if about in ContactMessage.Topic.values:
        return {"topic": about}
    if OWN_PAGE.match(about):
        return {"topic": ContactMessage.Topic.CORRECTION, "page": about}
    return {}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the Bureau, and the form."""
    form = partial(ContactForm, initial=first_answers(request.GET.get("about", "")))
    page = page_or_blank("contact")
    context = {"page": page, "crumbs": [], **apart(page, "in-need")}
    return show_or_keep(
        request,
        form,
        scope="contact",
        template="contact/contact.html",
        context=context,
        thanks="mail:contact_sent",
    )


@never_cache
@require_safe
def contact_sent(request: HttpRequest, number: str) -> HttpResponse:
    """Thanks, with the reference. It reads no row: the page tells nothing that its address does not say."""
    if sayable.normalize(number, prefix=ContactMessage.prefix) != number:
        raise Http404
    crumbs = [(say("contact.crumb"), reverse("mail:contact"))]
    context = {"page": Page(title=say("contact.sent.title")), "number": number, "crumbs": crumbs}
    return render(request, "contact/sent.html", context)
