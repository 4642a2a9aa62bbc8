from django.apps import AppConfig


class LeadBureauConfig(AppConfig):
    """The project itself as an app, for its commands and the staff site; it has no models."""

    name = "leadbureau"
    verbose_name = "LEAD Bureau"
