from django.apps import AppConfig


class JurisdictionsConfig(AppConfig):
    name = "sites.jurisdictions"
    label = "jurisdictions"
    verbose_name = "Places"
    default_auto_field = "django.db.models.BigAutoField"
