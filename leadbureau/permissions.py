"""Who may do what: the three groups of staff, as one table.

A row names a model ("content.page") or all models of an app ("partners"). What it gives stands in words of
Django's permissions; "publish" exists for what is published. Nobody but a superuser may delete what is part
of a case, a certificate or a letter: these are closed, never wiped out by hand.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

READ = ("view",)
WORK = ("view", "add", "change")
KEEP = ("view", "change")
ALL = ("view", "add", "change", "delete")
PUBLISH = (*ALL, "publish")

# A wrong step of a history may be taken out again. What came in by a form, and who confirmed what, is kept.
PLACES = {
    "jurisdictions.jurisdiction": WORK,
    "jurisdictions.state": KEEP,
    "jurisdictions.statemeasure": WORK,
    "jurisdictions.stagechange": ALL,
    "jurisdictions.privatecontact": ALL,
    "jurisdictions.correction": KEEP,
    "jurisdictions.introduction": KEEP,
    "jurisdictions.confirmationlink": KEEP,
    "jurisdictions.confirmation": KEEP,
    "jurisdictions.changenote": READ,
}
EDITOR = {
    "content.page": PUBLISH,
    "content.section": ALL,
    "content.item": ALL,
    "content.newsitem": PUBLISH,
    "content.study": PUBLISH,
    "content.claim": ALL,
    "content.rating": ALL,
    "content.resource": PUBLISH,
    "content.picture": ALL,
    "content.gallerypicture": ALL,
    "content.menuitem": ALL,
    "content.wording": KEEP,
    "content.bureaudetails": KEEP,
    **PLACES,
    "partners": WORK,
}
# What belongs to a request is shown on its page and moves by verbs; none of it has a form of its own.
REQUESTS = {
    "assistance.request": WORK,
    "assistance.attachment": KEEP,  # the right to add files for somebody, and to delete what is in one
    "assistance.tombstone": READ,
    "assistance.frozenreport": READ,
}
CASEWORKER = {
    **REQUESTS,
    "certification": WORK,
    "partners": WORK,
    "mail": KEEP,
    **PLACES,
    "content": READ,
}
MANAGER = {
    **CASEWORKER,
    **EDITOR,
    "partners": ALL,
    "jurisdictions.jurisdiction": ALL,
    "jurisdictions.statemeasure": ALL,
    "auth.user": WORK,
    "auth.group": READ,
}
GROUPS = {"Editor": EDITOR, "Caseworker": CASEWORKER, "Manager": MANAGER}
# Besides: rights that are no action on one model.
RIGHTS = {
    "Caseworker": ("see_personal", "redact_request"),
    "Manager": ("see_personal", "redact_request", "export_personal", "freeze_report"),
}


def make_groups() -> list[str]:
    """Makes the groups, or brings them back to the table; gives the names of those that it changed.

    Raises LookupError when the table names a model that does not exist.
    """
    changed = []
    for name, policy in GROUPS.items():
        group, made = Group.objects.get_or_create(name=name)
        rights = Q(content_type__app_label="assistance", codename__in=RIGHTS.get(name, ()))
        wanted = set(Permission.objects.filter(_named(policy) | rights))
        if made or set(group.permissions.all()) != wanted:
            group.permissions.set(wanted)
            changed.append(name)
    return changed


def _named(policy: dict[str, tuple[str, ...]]) -> Q:
    """The permissions that a policy gives, as one filter."""
    found = Q(pk__in=[])
    for place, actions in policy.items():
        label, _, name = place.partition(".")
        models = [apps.get_model(place)] if name else apps.get_app_config(label).get_models()
        for model in models:
            codenames = [f"{action}_{model._meta.model_name}" for action in actions]
            found |= Q(content_type__app_label=label, codename__in=codenames)
    return found
