"""A file is known by what it holds, kept under a random name, and given out as it came."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from satsningar.attachments import attach, check, clean_name, open_attachment, remove, what_is_allowed
from satsningar.errors import AttachmentRefused
from satsningar.models import Bilaga, Handling, Satsning

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """Keep attachments in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def zipped(**files: str) -> bytes:
    """Return a zip file; the keys of `files` stand for names."""
    names = {"types": "[Content_Types].xml", "mimetype": "mimetype", "other": "word/document.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, text in files.items():
            archive.writestr(names[key], text)
    return out.getvalue()


def office(*types: str, before: str = "") -> bytes:
    """Return an office document whose list of contents names these types."""
    parts = "".join(f'<Override PartName="/p{n}.xml" ContentType="{type_}"/>' for n, type_ in enumerate(types))
    return zipped(other="<x/>", types=f'{before}<Types xmlns="x">{parts}</Types>')


def real_sheet() -> bytes:
    """Return a spreadsheet as a program writes it."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


TAKEN = [
    ("a.pdf", PDF, "application/pdf"),
    ("a.PDF", PDF, "application/pdf"),
    ("a.png", PNG, "image/png"),
    ("a.jpg", JPEG, "image/jpeg"),
    ("a.jpeg", JPEG, "image/jpeg"),
    ("a.docx", office(f"{OFFICE}.wordprocessingml.document.main+xml"), f"{OFFICE}.wordprocessingml.document"),
    ("a.pptx", office(f"{OFFICE}.presentationml.presentation.main+xml"), f"{OFFICE}.presentationml.presentation"),
    ("a.xlsx", real_sheet(), f"{OFFICE}.spreadsheetml.sheet"),
    ("a.odt", zipped(mimetype=f"{OPEN}.text"), f"{OPEN}.text"),
    ("a.ods", zipped(mimetype=f"{OPEN}.spreadsheet"), f"{OPEN}.spreadsheet"),
    ("a.txt", "Årets plan".encode(), "text/plain"),
    ("a.txt", "Årets plan".encode("cp1252"), "text/plain"),
    ("a.csv", b"a;b\n1;2\n", "text/csv"),
    ("a.txt", b"<script>alert(1)</script>", "text/plain"),
]


@pytest.mark.parametrize(("name", "content", "content_type"), TAKEN)
def test_a_file_is_known_by_its_content(name: str, content: bytes, content_type: str) -> None:
    found, kind = check(SimpleUploadedFile(name, content, content_type="text/html"))
    assert (found, kind.content_type) == (name, content_type)


REFUSED = [
    ("program.pdf", b"MZ\x90\x00" + b"\x00" * 200, "av en typ som inte tas emot"),
    ("a.pdf", PNG, "innehåller PNG-bild men heter något annat"),
    ("a.html", b"<html></html>", "innehåller text (txt) men heter något annat"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "innehåller text (txt) men heter något annat"),
    ("utan-andelse", PDF, "innehåller PDF men heter något annat"),
    ("a.docx", zipped(other="<x/>"), "av en typ som inte tas emot"),
    ("a.docx", b"PK\x03\x04 trasig", "av en typ som inte tas emot"),
    (
        "a.docx",
        office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        "av en typ som inte tas emot",
    ),
    (
        "a.docx",
        office(f"{OFFICE}.wordprocessingml.document.main+xml", "application/vnd.ms-office.vbaProject"),
        "av en typ som inte tas emot",
    ),
    (
        "a.docx",
        office(f"{OFFICE}.wordprocessingml.document.main+xml", before="<!DOCTYPE x [<!ENTITY a 'b'>]>"),
        "av en typ som inte tas emot",
    ),
    ("bomb.docx", zipped(types=" " * 5_000_000), "av en typ som inte tas emot"),
    ("a.zip", zipped(other="x"), "av en typ som inte tas emot"),
    ("a.txt", b"a\x00b", "av en typ som inte tas emot"),
    ("tom.pdf", b"", "är tom"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_what_is_not_taken_is_said(name: str, content: bytes, said: str) -> None:
    with pytest.raises(AttachmentRefused) as caught:
        check(SimpleUploadedFile(name, content))
    assert said in str(caught.value)
    assert name in str(caught.value)


def test_a_file_that_is_too_large_is_refused_with_both_sizes(settings: Any) -> None:
    settings.ATTACHMENT_LIMIT = 1024 * 1024
    with pytest.raises(AttachmentRefused) as caught:
        check(SimpleUploadedFile("stor.pdf", PDF + b" " * 1024 * 1024))
    assert str(caught.value) == "Filen ”stor.pdf” är 2 MB; här ryms 1 MB."


NAMES = [
    ("../../x.pdf", "x.pdf"),
    ("/etc/passwd.txt", "passwd.txt"),
    ("C:\\temp\\plan.docx", "plan.docx"),
    ("..\\..\\x.pdf", "x.pdf"),
    ("a\x00\r\n\u202eb.pdf", "ab.pdf"),
    ("  Årsplan   2026.pdf ", "Årsplan 2026.pdf"),
    ("A\u030arsplan.pdf", "Årsplan.pdf"),
    ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
]


@pytest.mark.parametrize(("raw", "name"), NAMES)
def test_a_name_keeps_what_is_readable_and_leads_nowhere(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize("raw", ["", "..", "../", "\x00", ".pdf", "   ", "---.pdf"])
def test_a_name_that_is_none_is_refused(raw: str) -> None:
    with pytest.raises(AttachmentRefused):
        clean_name(raw)


def test_an_attached_file_is_listed_kept_and_given_out(satsning: Satsning, media: Path) -> None:
    upload = SimpleUploadedFile("../../Kalkyl.pdf", PDF)
    bilaga = attach(satsning, upload, person=satsning.created_by, part="ekonomi")
    assert (bilaga.name, bilaga.part, bilaga.size, bilaga.content_type) == (
        "Kalkyl.pdf",
        "ekonomi",
        len(PDF),
        "application/pdf",
    )
    (kept,) = [path for path in media.rglob("*") if path.is_file()]
    assert "Kalkyl" not in kept.name
    handling = Handling.objects.get()
    assert (handling.title, handling.kind, handling.status, handling.bilaga) == (
        "Kalkyl.pdf",
        "bilaga",
        "arbetsmaterial",
        bilaga,
    )
    with open_attachment(bilaga) as file:
        assert file.read() == PDF


def test_a_changed_file_is_not_given_out(satsning: Satsning, media: Path) -> None:
    bilaga = attach(satsning, SimpleUploadedFile("a.pdf", PDF), person=satsning.created_by)
    Path(bilaga.file.path).write_bytes(PDF + b"x")
    with pytest.raises(AttachmentRefused, match="inte längre den som bifogades"):
        open_attachment(bilaga)
    Path(bilaga.file.path).unlink()
    with pytest.raises(AttachmentRefused, match="finns inte kvar"):
        open_attachment(bilaga)


def test_a_removed_file_is_not_given_out(satsning: Satsning) -> None:
    bilaga = attach(satsning, SimpleUploadedFile("a.pdf", PDF), person=satsning.created_by)
    remove(bilaga)
    with pytest.raises(AttachmentRefused, match="borttagen"):
        open_attachment(Bilaga.objects.get())
    with pytest.raises(AttachmentRefused, match="redan borttagen"):
        remove(bilaga)


def test_a_file_whose_rows_cannot_be_made_is_not_left_behind(
    satsning: Satsning, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Handling.objects, "create", fail)
    with pytest.raises(RuntimeError):
        attach(satsning, SimpleUploadedFile("a.pdf", PDF), person=satsning.created_by)
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert Bilaga.objects.count() == 0


def test_an_unknown_part_is_refused(satsning: Satsning) -> None:
    with pytest.raises(AttachmentRefused):
        attach(satsning, SimpleUploadedFile("a.pdf", PDF), person=satsning.created_by, part="hemligt")


def test_what_is_allowed_is_said_before() -> None:
    assert what_is_allowed().startswith("Högst 20 MB per fil. Tillåtna filtyper: PDF, Word (docx),")
