from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "sites.assistance"
    label = "assistance"
    verbose_name = "Assistance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from leadbureau.mail.letters import fills
        from sites.assistance.forms import LINK_MARK
        from sites.assistance.models import Request

        @fills(LINK_MARK)
        def private_link(letter) -> str:
            """Only in our own letters: others may quote somebody who typed the mark."""
            if not letter.name.startswith("assistance/"):
                return LINK_MARK
            return Request.objects.get(reference=letter.about).private_link()
