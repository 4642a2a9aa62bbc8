from typing import Any

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "sites.assistance"
    label = "assistance"
    verbose_name = "Assistance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from leadbureau.mail.guards import guarded_by
        from leadbureau.mail.letters import fills
        from sites.assistance.forms import LINK_MARK
        from sites.assistance.models.request import REFERENCE_PREFIX

        guarded_by(f"{REFERENCE_PREFIX}-", "assistance.see_personal", noted=_note_reading)

        @fills(LINK_MARK)
        def private_link(letter) -> str:
            """The link of the row that the letter was written for; others may quote somebody who typed the mark."""
            label, _, pk = letter.opens.partition(":")
            if not label.startswith("assistance."):
                return LINK_MARK
            row: Any = self.get_model(label.partition(".")[2])._default_manager.get(pk=pk)
            return row.private_link()


def _note_reading(reference: str, user) -> None:
    """A letter about a request holds what its requester wrote: who opens it has read the case."""
    from sites.assistance.case_page import note_reading
    from sites.assistance.models import Request

    if found := Request.objects.filter(reference=reference).first():
        note_reading(found, user)
