"""Who may read letters: some are about things that not everybody who looks after the mail may see.

An app says so for the references that it gives out: `guarded_by("TA-", "assistance.see_personal", noted=…)`.
"""

from collections.abc import Callable

from leadbureau.mail.models import Letter

_guards: dict[str, str] = {}  # how a reference begins: the permission that its letters ask for
_notes: dict[str, Callable] = {}


def guarded_by(prefix: str, permission: str, noted: Callable | None = None) -> None:
    """From now on letters about references that begin so are shown only to holders of the permission.

    noted(reference, user) writes down that somebody opened one.
    """
    _guards[prefix] = permission
    if noted:
        _notes[prefix] = noted


def note_reading(letter: Letter, user) -> None:
    """Whoever opens a letter reads what it is about: the app of its reference writes that down."""
    for prefix, noted in _notes.items():
        if letter.about.startswith(prefix):
            noted(letter.about, user)


def visible_to(user):
    """The letters that a member of staff may look at, provided that they may look at letters at all."""
    letters = Letter.objects.all()
    for prefix, permission in _guards.items():
        if not user.has_perm(permission):
            letters = letters.exclude(about__startswith=prefix)
    return letters
