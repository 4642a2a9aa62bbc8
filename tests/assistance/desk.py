"""The desk of a caseworker: addresses of the staff's pages about requests, and what they show."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.assistance.factories import staff

LIST = "/admin/assistance/request/"
ADD = f"{LIST}add/"


def case(request) -> str:
    return reverse("admin:assistance_request_change", args=[request.pk])


def step(request, verb: str) -> str:
    """The page of a button, by the name of a move or of the button."""
    return reverse("admin:assistance_request_do", args=[request.pk, verb.replace("_", "-")])


def shown(client, **query) -> list:
    """The requests that the queue lists, in its order."""
    return list(client.get(LIST, query).context["cl"].queryset)


def letter(client, request, verb: str, **changes) -> dict:
    """What a browser posts for a letter that is sent as it is prefilled, with some fields filled in."""
    form = client.get(step(request, verb), changes).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return {**values, **changes}


def staff_with(*codenames: str, username: str = "eve"):
    """Somebody of the staff who has these permissions of requests and no others."""
    user = staff(username=username, superuser=False)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user
