from django.apps import AppConfig


class JurisdictionsConfig(AppConfig):
    name = "sites.jurisdictions"
    label = "jurisdictions"
    verbose_name = "Places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from leadbureau.mail.letters import fills
        from sites.jurisdictions.models.confirmations import LINK_MARK, REMINDER, REQUEST, ConfirmationLink

        @fills(LINK_MARK)
        def link_to_the_entry(letter) -> str:
            """Only in our own letters: others may quote somebody who typed the mark."""
            if letter.name not in (REQUEST, REMINDER):
                return LINK_MARK
            return ConfirmationLink.objects.get(pk=letter.about.removeprefix("YL-")).address()
