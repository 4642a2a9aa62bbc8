"""People and permissions: who is staff, and in which group."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class StaffUserAdmin(UserAdmin):
    """Django's own, made safe: managers put people into groups, and cannot make themselves superusers."""

    intro = (
        "People who may log in here. To let somebody in, add them and choose a group: "
        "Editors write and publish, Caseworkers answer requests, Managers do both and add people. "
        "When somebody leaves, untick “Active” rather than delete: their name stays in the histories."
    )
    list_display = ("username", "first_name", "last_name", "email", "in_groups", "is_active", "last_login")
    list_filter = ("is_active", "groups", "is_superuser")
    search_help_text = "Search in user names, names and e-mail addresses."
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who it is", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "groups")}),
        ("For superusers", {"fields": ("is_superuser", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_form = UserCreationForm
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        ("Who it is", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("groups",)}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("user_permissions",)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request, obj, form, change):
        """Accounts are for staff only: whoever is added may log in, without a tick that is easily missed."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description="Groups")
    def in_groups(self, obj) -> str:
        return ", ".join(group.name for group in obj.groups.all()) or "–"

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return found
        return [(name, options) for name, options in found if name != "For superusers"]

    def has_change_permission(self, request, obj=None) -> bool:
        """Only a superuser changes a superuser: their password would be a way to everything."""
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def _may_touch(self, request, obj) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser


@admin.register(Group)
class StaffGroupAdmin(GroupAdmin):
    intro = (
        "What each group may do. The three groups Editor, Caseworker and Manager are set anew from "
        "leadbureau/permissions.py at every start; a group of your own stays as you make it."
    )
    search_help_text = "Search in the names of groups."
