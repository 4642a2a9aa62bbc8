"""What the admin of everything that visitors send has in common: read, never typed in, moved by verbs."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.timezone import localtime

from leadbureau.kit.verb_admin import Verb, VerbAdmin
from leadbureau.mail.models import NotAllowed


class ReceivedAdmin(VerbAdmin):
    """A queue of Received rows. A subclass says in `standing` where a row stands that is not held back."""

    date_hierarchy = "received_at"
    refusals = (NotAllowed,)

    def has_add_permission(self, request):
        return False

    def standing(self, row) -> str:
        raise NotImplementedError

    @admin.display(description="where it stands")
    def stands(self, row) -> str:
        if row.quarantined:
            return f"In quarantine: {row.suspicion} Nobody was written to."
        return self.standing(row)


def release_verb(model, *, promise: str, done: str) -> Verb:
    """The button that lets a row out of quarantine."""
    return Verb(
        name="release",
        label="Let it in: it is no spam",
        promise=promise,
        done=done,
        act=model.release,
        may=lambda row: row.quarantined,
    )


def by_whom_and_when(who, at) -> str:
    """The end of a sentence: "by somebody on Nov. 23, 2026"."""
    return f"by {who} on {date_format(localtime(at))}"
