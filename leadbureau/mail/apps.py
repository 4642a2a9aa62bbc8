from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "leadbureau.mail"
    label = "mail"
    verbose_name = "Letters and messages"
    default_auto_field = "django.db.models.BigAutoField"
