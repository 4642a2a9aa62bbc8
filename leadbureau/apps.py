from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class LeadBureauConfig(AppConfig):
    """The project itself as an app, for its commands and the staff site; it has no models."""

    name = "leadbureau"
    verbose_name = "LEAD Bureau"


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our first page and our groups, as the one admin site."""

    default = False  # Django's class says True, and would be taken for the app "leadbureau" above
    default_site = "leadbureau.staff.StaffSite"
