"""Rich text for staff: the editor of django-prose-editor, with our short list of tags.

The package is used through its editor module and its styles, imported by our own script
(static/js/admin-editor.js). Its import map would be an inline script, and its editor would add a <style>;
our script needs neither, so the Content-Security-Policy stays as strict in the admin as elsewhere.
Without JavaScript the field is a plain text box that holds HTML.
"""

import re

from django import forms
from django.forms.widgets import Script
from django.utils.text import capfirst

from leadbureau.kit.safe_html import clean
from leadbureau.kit.search_text import plain

_EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")  # what the Enter key leaves behind


class RichText(forms.Textarea):
    class Media:
        css = {
            "all": (
                "django_prose_editor/material-icons.css",
                "django_prose_editor/editor.css",
                "django_prose_editor/overrides.css",
                "css/admin-editor.css",
            )
        }
        js = (Script("js/admin-editor.js", type="module"),)

    def __init__(self, attrs=None):
        super().__init__({"class": "vLargeTextField", "rows": 8, "data-rich-text": "", **(attrs or {})})

    def use_required_attribute(self, initial):
        return False  # the text box is hidden behind the editor, and a browser cannot point at it


class RichTextField(forms.CharField):
    """HTML cleaned as it comes in; what holds no words at all counts as empty."""

    widget = RichText

    def to_python(self, value) -> str:
        html = _EMPTY.sub("", clean(super().to_python(value) or ""))
        return html if plain(html).strip() else ""


class RichTextMixin:
    """For a ModelAdmin or an inline: the fields named in `rich_fields` are edited as rich text."""

    rich_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name not in self.rich_fields:
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        return RichTextField(
            label=capfirst(db_field.verbose_name), required=not db_field.blank, help_text=db_field.help_text
        )
