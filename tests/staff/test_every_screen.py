"""Every list and every form of the staff site, on the real first content."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)


def screens(request) -> list[str]:
    """The first page, and for each model its list, its empty form and the form of its first row."""
    found = ["/admin/", "/admin/style-guide/", "/admin/password_change/"]
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if model_admin.has_add_permission(request):
            found.append(reverse(f"{name}_add"))
        first = model._default_manager.order_by("pk").first()
        if first is not None:
            found.append(reverse(f"{name}_change", args=[first.pk]))
            found.append(reverse(f"{name}_history", args=[first.pk]))
    return found


def test_every_screen_opens_with_one_heading_and_nothing_inline(client, boss, site, rf):
    request = rf.get("/admin/")
    request.user = boss
    pages = {address: client.get(address, follow=True) for address in screens(request)}
    assert {address: page.status_code for address, page in pages.items() if page.status_code != 200} == {}
    assert {
        address: page.text.count("<h1") for address, page in pages.items() if page.text.count("<h1") != 1
    } == {}
    guilty = {address: found[0] for address, page in pages.items() if (found := INLINE.search(page.text))}
    assert guilty == {}, "The security policy of the staff site allows no inline style or script."
    assert not [
        address for address, page in pages.items() if "unsafe" in page.headers["Content-Security-Policy"]
    ]


@pytest.mark.parametrize("model_admin", admin.site._registry.values(), ids=lambda each: each.opts.label)
def test_every_list_can_be_searched_and_filtered(model_admin):
    if model_admin.opts.label in (
        *("content.BureauDetails", "auth.Group", "partners.PartnerKind"),  # one row, or a handful
        "assistance.Attachment",  # shown on its case only
    ):
        return
    assert model_admin.search_fields, "Staff find a row by its words."
    assert model_admin.list_filter, "Staff narrow a list by its filters."
