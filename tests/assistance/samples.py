"""Files to try: honest ones as the usual programs write them, and ones that somebody made to do harm."""

import io
import zipfile
import zlib

import openpyxl
from PIL import Image

TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{0}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_zip(parts: dict[str, bytes | str], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_docx(*, main: str = WORD, types: str = "", relations: str = "", **parts) -> bytes:
    """A Word document; `parts` are more of its parts, with __ for a slash and _dot_ for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return a_zip(
        {
            "[Content_Types].xml": TYPES.format(main=main, more=types),
            "_rels/.rels": RELATIONS.format(""),
            "word/_rels/document.xml.rels": RELATIONS.format(relations),
            "word/document.xml": "<w:document><w:p>Our plan</w:p></w:document>",
            **named,
        }
    )


def related(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def an_xlsx() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Year", "Diversions"])
    book.save(out)
    return out.getvalue()


def an_odt(**parts) -> bytes:
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
        archive.writestr("META-INF/manifest.xml", '<manifest xmlns="urn:manifest"></manifest>')
        for name, content in named.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of a page, with more objects in it. Readers mend the table of positions that it leaves out."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    body += b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    body += b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>\nendobj\n"
    body += b"".join(objects)
    return body + b"trailer\n<< /Root 1 0 R " + trailer + b">>\nstartxref\n0\n%%EOF\n"


def a_stream(content: bytes, *, about: bytes = b"", number: int = 9) -> bytes:
    packed = zlib.compress(content)
    return (
        b"%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n" % (number, about, len(packed))
        + packed
        + b"\nendstream\nendobj\n"
    )


def a_picture(kind: str = "PNG", *, size=(40, 30), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()


def a_picture_with_its_place(kind: str) -> bytes:
    """With the maker of the camera and a position in its EXIF."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Dana"
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 2.0, 0.0), 3: "W", 4: (106.0, 4.0, 0.0)})
    return a_picture(kind, exif=exif)
