"""The manners of the house, each with its reason."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from leadbureau.content.wording import defaults

ROOT = Path(settings.BASE_DIR)
CODE = ("leadbureau", "sites", "partners")
# Admin pages are for staff; error pages must work without a database; letters and feeds have texts of their own.
NOT_FOR_WORDINGS = ("admin", "errors", "mail", "forms", "registration", "preview_banner.html")
NAMES = ("CSV", "JSON", "GeoJSON", "DOI")  # names of formats, the same in every language
SAID = re.compile(r"""say[( ]\s*["']([a-z0-9_.-]+)["']""")


def python_files():
    return [
        file for folder in CODE for file in (ROOT / folder).rglob("*.py") if "migrations" not in file.parts
    ]


def templates():
    return list((ROOT / "templates").rglob("*.html"))


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_file_has_a_name_that_says_no_subject():
    forbidden = {"utils.py", "helpers.py", "common.py", "services.py", "signals.py", "constants.py"}
    found = [str(file) for file in python_files() if file.name in forbidden]
    assert not found, f"Name a file for what it does, so that one finds it without opening it: {found}"


def test_every_wording_that_is_said_stands_in_a_file():
    said = {
        (key, str(file.relative_to(ROOT)))
        for file in [*templates(), *python_files()]
        for key in SAID.findall(file.read_text(encoding="utf-8"))
        if not key.endswith(".") and not key.startswith("area.")
    }
    missing = sorted((key, file) for key, file in said if key not in defaults())
    assert not missing, "A page that says an unknown wording fails when it is opened."


def test_every_wording_in_a_file_is_said_somewhere():
    """Literally, or as one of a family: say(f"search.kind.{kind}"), or a form's area with its fields."""
    source = "\n".join(file.read_text(encoding="utf-8") for file in [*templates(), *python_files()])
    families = set(re.findall(r"""f["']((?:[a-z_-]+\.)+)[^"']*\{""", source))
    families |= {f"{area}." for area in re.findall(r'area = "([a-z_.]+)"', source)}
    families.add("pages.")  # titles for pages that staff deleted: one for each address
    unsaid = sorted(
        key
        for key in defaults()
        if f'"{key}"' not in source and f"'{key}'" not in source and not key.startswith(tuple(families))
    )
    assert not unsaid, "Staff would edit words that nobody ever sees."


def test_every_text_that_a_visitor_reads_can_be_edited_by_staff():
    literal = []
    for file in templates():
        if set(file.relative_to(ROOT / "templates").parts) & set(NOT_FOR_WORDINGS):
            continue
        text = re.sub(
            r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", file.read_text(encoding="utf-8"), flags=re.S
        )
        text = re.sub(r"<script.*?</script>|<!--.*?-->", "", text, flags=re.S)
        text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.S)
        text = re.sub(r"<[^>]*>", "\n", text)
        words = [
            word for word in re.findall(r"[A-Za-z]{3,}", re.sub(r"&\w+;", " ", text)) if word not in NAMES
        ]
        if words:
            literal.append(f"{file.relative_to(ROOT)}: {' '.join(words[:8])}")
    assert not literal, "Put the words into a wordings file and say() them:\n" + "\n".join(literal)


def test_no_file_names_a_registry_or_a_host_of_packages():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    pattern = re.compile(
        r"--(extra-)?index-url|--find-links|pypi\.|registry\.npmjs|files\.pythonhosted", re.I
    )
    named = [
        name
        for name in files
        if name.endswith((".txt", ".toml", ".cfg", ".json", "Makefile", ".sh", "run"))
        and pattern.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not named, "The machine knows its registries; a file that names one breaks elsewhere."


def test_every_model_has_a_word_for_people():
    unnamed = [
        model.__name__
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in CODE
        for model in config.get_models()
        if model.__str__ is object.__str__
    ]
    assert not unnamed


@pytest.mark.parametrize("folder", CODE)
def test_labels_are_the_words_of_the_domain(folder):
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith(folder)}
    assert "sites" not in labels, "django.contrib.sites has that label."
