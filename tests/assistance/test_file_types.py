"""What is taken and what is refused. Every refusal is asked for by its wording's key."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from leadbureau.content.wording import defaults
from sites.assistance.files import archives, pdf, types
from sites.assistance.files.refusal import Refused
from sites.assistance.models import Attachment
from tests.assistance.samples import (
    WORD_WITH_MACROS,
    a_docx,
    a_pdf,
    a_picture,
    a_picture_with_its_place,
    a_stream,
    a_zip,
    an_odt,
    an_xlsx,
    related,
)

pytestmark = pytest.mark.django_db
OBJECTS_WITH_SCRIPT = b"7 0 8 30 << /Type /Page >>    << /S /JavaScript /JS (app.alert) >>"
ACTIVE = b"<< /S /JavaScript /JS (app.alert) >>"


def why_refused(data: bytes, name: str = "file.pdf") -> str:
    with pytest.raises(Refused) as caught:
        types.checked(ContentFile(data, name=name))
    return caught.value.code


def kind_of(data: bytes, name: str = "file") -> str:
    return types.checked(ContentFile(data, name=name)).kind


def test_every_kind_has_a_name_for_staff_and_one_for_browsers():
    assert list(types.MIME) == Attachment.Kind.values


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_pdf(), "pdf"),
        (a_docx(), "docx"),
        (an_xlsx(), "xlsx"),
        (an_odt(), "odt"),
        (b"We meet on Tuesdays, at nine.\nBring the map.\n", "txt"),
        ("Señor Peña, año 2026 – “ready”".encode(), "txt"),
        ("Señor Peña, año 2026 – “ready”".encode("cp1252"), "txt"),
        ("Señor Peña, año 2026 – “ready”".encode("utf-16"), "txt"),
        ("county\tpeople\nRio Arriba\t40\nTaos\t12\n".encode("utf-16"), "csv"),
        (b"\xef\xbb\xbfyear,diversions\r\n2024,12\r\n2025,40\r\n", "csv"),
        (b"year;diversions\n2024;12\n2025;40\n", "csv"),
        (a_picture("PNG"), "png"),
        (a_picture("JPEG"), "jpg"),
    ],
)
def test_the_kind_is_told_from_the_content_whatever_the_name_says(data, kind):
    assert [kind_of(data, name) for name in ("a.pdf", "a.exe", "")] == [kind] * 3


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "unknown"),
        (b"\x7fELF\x02\x01\x01\x00", "unknown"),
        (b"#!/bin/sh\nrm -rf /\n", "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"{\\rtf1\\ansi Plan}", "rtf"),
        (b"<!DOCTYPE html><title>x</title>", "web_page"),
        (b"\xef\xbb\xbf  <HTML><body>", "web_page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "web_page"),
        (b"Dear Bureau, <script>alert(1)</script>", "web_page"),
        (b"Half of a word \x00\x01 and then", "unknown"),
        (a_picture("GIF"), "other_picture"),
        (a_picture("WEBP"), "other_picture"),
        (a_picture("TIFF"), "other_picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "other_picture"),
        (a_picture("JPEG")[:200], "picture_damaged"),
        (b"\x89PNG\r\n\x1a\n<?php system($_GET[0]) ?>", "picture_damaged"),
        (b"junk before\n" + a_pdf(), "pdf_damaged"),
    ],
)
def test_what_is_none_of_these_kinds_is_refused_by_name(data, why):
    assert why_refused(data) == why


def test_one_byte_over_the_limit_is_too_much():
    fits = b"a" * types.LARGEST
    assert kind_of(fits) == "txt"
    assert why_refused(fits + b"a") == "too_large"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew_without_where_and_by_what_it_was_taken(kind):
    data = a_picture_with_its_place(kind)
    assert b"Telephone of Dana" in data
    kept = types.checked(ContentFile(data + b"<script>hidden</script>")).data
    picture = Image.open(io.BytesIO(kept))
    assert (picture.format, picture.size, dict(picture.getexif())) == (kind, (40, 30), {})
    assert b"Telephone" not in kept and b"script" not in kept


def test_documents_and_texts_stay_byte_for_byte():
    for data in (a_pdf(), a_docx(), an_odt(), "año".encode("cp1252")):
        assert types.checked(ContentFile(data)).data == data


# PDF ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (a_pdf(b"4 0 obj\n" + ACTIVE + b"\nendobj\n"), "pdf_active"),
        (a_pdf(b"4 0 obj\n<< /S /J#61vaScript /#4aS (x) >>\nendobj\n"), "pdf_active"),
        (a_pdf(b"4 0 obj\n<< /S /Launch /F (calc.exe) >>\nendobj\n"), "pdf_active"),
        (a_pdf(b"4 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"), "pdf_active"),
        (a_pdf(b"4 0 obj\n<< /Names << /EmbeddedFiles 5 0 R >> >>\nendobj\n"), "pdf_active"),
        (a_pdf(a_stream(OBJECTS_WITH_SCRIPT, about=b"/Type /ObjStm /N 2 /First 9")), "pdf_active"),
        (a_pdf(a_stream(OBJECTS_WITH_SCRIPT, about=b"/Type /Obj#53tm /N 2 /First 9")), "pdf_active"),
        (a_pdf(a_stream(OBJECTS_WITH_SCRIPT, about=b"/Type 5 0 R")), "pdf_active"),
        (a_pdf(b"% stream\n4 0 obj\n" + ACTIVE + b"\nendobj\n% endstream\n"), "pdf_active"),
        (a_pdf(trailer=b"/Encrypt 9 0 R "), "password"),
        (a_pdf()[:-20], "pdf_damaged"),
        (a_pdf() + a_zip({"a.txt": "hello"}), "pdf_damaged"),
        (
            a_pdf(b"9 0 obj\n<</Type/ObjStm/Filter[/ASCII85Decode/FlateDecode]>>\nstream\nGhVa\n"),
            "pdf_unreadable",
        ),
        (a_pdf(b"9 0 obj\n<</Type/ObjStm/Filter 8 0 R>>\nstream\nGhVa\nendstream\n"), "pdf_unreadable"),
    ],
)
def test_a_pdf_that_runs_carries_or_hides_something_is_refused(data, why):
    assert why_refused(data) == why


def test_a_pdf_with_pages_packed_in_the_usual_way_is_taken():
    page = a_stream(b"BT /F1 12 Tf 72 720 Td (About /JavaScript and /Launch) Tj ET")
    objects = a_stream(b"7 0 8 30 << /Type /Page >> << /Type /Font >>", about=b"/Type /ObjStm /N 2 /First 9")
    assert kind_of(a_pdf(page, objects, trailer=b"/EncryptMetadata false ")) == "pdf"


def test_a_pdf_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 50_000)
    bomb = a_stream(b"7 0 " + b" " * 60_000, about=b"/Type /ObjStm /First 4")
    assert why_refused(a_pdf(bomb)) == "pdf_unreadable"


def test_a_pdf_of_endless_streams_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_STREAMS", 20)
    assert why_refused(a_pdf(b"stream\n" * 30)) == "pdf_unreadable"


# Word, Excel, OpenDocument -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (a_docx(main=WORD_WITH_MACROS), "macros"),
        (a_docx(main="application/vnd.ms-word.document.macro&#69;nabled.main+xml"), "macros"),
        (a_docx(word__vbaProject_dot_bin=b"\x01"), "macros"),
        (a_zip({"[Content_Types].xml": a_zip({}), "word/document.xml": "x"}), "document_damaged"),
        (a_docx(word__activeX__activeX1_dot_xml="<ax/>"), "carries"),
        (a_docx(word__embeddings__oleObject1_dot_bin=b"\x01"), "carries"),
        (a_docx(word__media__image1_dot_png=a_zip({"a": "b"})), "carries"),
        (a_docx(word__media__image1_dot_png=b"MZ\x90"), "carries"),
        (a_docx(relations=related("aFChunk", "/word/evil.rtf", "Internal")), "carries"),
        (a_docx(relations=related("attachedTemplate", "https://evil.example/t.dotm")), "calls_out"),
        (a_docx(relations=related("attachedTemplate", r"file:///\\evil\share\t.dotm")), "calls_out"),
        (a_docx(relations=related("attachedTemplate", "file://evil/share/t.dotm")), "calls_out"),
        (a_docx(relations=related("image", "http://evil.example/pixel.png")), "calls_out"),
        (a_docx(word__footer_dot_xml='<w:instrText x="">DDEAUTO c:\\\\cmd</w:instrText>'), "calls_out"),
        (a_docx(types='<!DOCTYPE a [<!ENTITY b "c">]>'), "document_damaged"),
        (an_odt(Basic__Standard__Module1_dot_xml="<m/>"), "macros"),
        (an_odt(Scripts__python__a_dot_py="print()"), "macros"),
        (an_odt(styles_dot_xml='<a href="vnd.sun.star.script:../../a.py$b"/>'), "calls_out"),
        (a_zip({"a.txt": "hello"}), "archive"),
        (a_docx(main="application/vnd.openxmlformats-officedocument.presentationml.x+xml"), "archive"),
        (a_docx()[:-40], "document_damaged"),
        (a_docx() + b"<html>", "document_damaged"),
        (a_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "archive"),
    ],
)
def test_a_document_that_runs_carries_or_fetches_something_is_refused(data, why):
    assert why_refused(data, "plan.docx") == why


@pytest.mark.parametrize(
    "name", ["../../evil.xml", "/etc/passwd", "a\\..\\b", "C:evil.xml", "word/DOCUMENT.xml"]
)
def test_a_document_whose_parts_play_tricks_with_their_names_is_refused(name):
    assert why_refused(a_docx(**{name: "x"})) == "document_damaged"


def test_a_document_with_a_link_out_of_itself_is_refused():
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(a_docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert why_refused(out.getvalue()) == "document_damaged"


def test_a_document_with_a_password_is_refused():
    data = bytearray(a_docx())
    listed = data.rfind(b"PK\x01\x02")
    data[listed + 8] |= 1  # the flag of the last part in the archive's list
    assert why_refused(bytes(data)) == "password"
    locked = '<manifest xmlns="urn:m"><encryption-data/></manifest>'
    assert why_refused(a_zip({**_odt_begun(), "META-INF/manifest.xml": locked})) == "password"


def _odt_begun() -> dict:
    return {"mimetype": "application/vnd.oasis.opendocument.text"}


def test_a_document_that_blows_up_when_it_is_opened_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "RATIO_MATTERS_FROM", 100_000)
    assert why_refused(a_docx(word__huge_dot_xml=b" " * 400_000)) == "document_unpacks"
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1000)
    assert why_refused(a_docx(word__large_dot_xml=bytes(range(256)) * 4)) == "document_unpacks"
    monkeypatch.setattr(archives, "MOST_PARTS", 3)
    assert why_refused(a_docx()) == "document_unpacks"


def test_a_part_that_is_longer_than_the_list_says_is_refused():
    data = bytearray(a_docx())
    listed = data.rfind(b"PK\x01\x02")
    data[listed + 24 : listed + 28] = (5).to_bytes(4, "little")
    assert why_refused(bytes(data)) == "document_damaged"


def test_links_to_click_and_the_template_of_a_letterhead_are_no_harm():
    for relation in (
        related("hyperlink", "https://example.org/plan"),
        related("attachedTemplate", r"file:///C:\Templates\Letter.dotx"),
    ):
        assert kind_of(a_docx(relations=relation)) == "docx"


def test_every_refusal_says_what_to_do():
    refusals = {key: row.text for key, row in defaults().items() if ".files.refused." in key}
    silent = [key for key, text in refusals.items() if "hoose" not in text and "Remove" not in text]
    assert (len(refusals) > 15, silent) == (True, [])
