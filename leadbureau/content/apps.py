from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "leadbureau.content"
    label = "content"
    verbose_name = "Words and pictures"
    default_auto_field = "django.db.models.BigAutoField"
