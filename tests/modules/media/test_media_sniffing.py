"""What a file is, whatever it says of itself."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from karavan.modules.media.errors import FileRefusedError
from karavan.modules.media.images import square_variants
from karavan.modules.media.names import content_disposition, safe_name
from karavan.modules.media.sniffing import judge
from tests.factories.files import (
    CSV,
    DOCX,
    PDF,
    XLSX,
    XML,
    archive,
    picture,
    picture_with_place,
    png_header_of,
)


def type_of(content: bytes, name: str = "file") -> str:
    return judge(io.BytesIO(content), len(content), name).content_type


def refusal_of(content: bytes, name: str = "file.png") -> str:
    with pytest.raises(FileRefusedError) as caught:
        type_of(content, name)
    assert caught.value.status == 422
    assert caught.value.code == "media.refused"
    return caught.value.meta["reason"]


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (picture("PNG"), "a.txt", "image/png"),
        (picture("JPEG"), "a.png", "image/jpeg"),
        (picture("WEBP"), "a", "image/webp"),
        (picture("GIF"), "a.exe", "image/gif"),
        (PDF, "a.png", "application/pdf"),
        (XLSX, "a.zip", OFFICE + "spreadsheetml.sheet"),
        (DOCX, "a.zip", OFFICE + "wordprocessingml.document"),
        (XML, "a", "application/xml"),
        ("<?xml version='1.0'?><a/>".encode("utf-16"), "a", "application/xml"),
        (CSV, "a.csv", "text/csv"),
        (b"\xef\xbb\xbf" + CSV, "A.CSV", "text/csv"),
        (CSV.decode().encode("cp1251"), "a.csv", "text/csv"),
        (CSV.decode().encode("utf-16"), "a.csv", "text/csv"),
        (CSV, "a.png", "text/plain"),
        ("1 < 2, и 3 > 2".encode(), "a.txt", "text/plain"),
        ("Қазақша мәтін".encode(), "a.txt", "text/plain"),
    ],
)
def test_content_decides(content: bytes, name: str, expected: str) -> None:
    assert type_of(content, name) == expected


def test_a_picture_is_measured() -> None:
    judged = judge(io.BytesIO(picture(size=(40, 30))), len(picture(size=(40, 30))), "a")
    assert (judged.width, judged.height) == (40, 30)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03", "type"),
        (b"MZ plain text that starts like a program", "type"),
        (b"\x7fELF\x02", "type"),
        (b"#!/bin/sh\nrm -rf /", "type"),
        (b"\x00\x01\x02\x03", "type"),
        (bytes(range(128, 256)) * 20, "type"),
        (archive({"a.txt": b"1"}), "type"),
        (SVG, "active_content"),
        (b"\xef\xbb\xbf  " + SVG, "active_content"),
        (b'<?xml version="1.0"?>' + SVG, "active_content"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "active_content"),
        (b"<html><body onload=alert(1)>", "active_content"),
        (b"hello <script>alert(1)</script>", "active_content"),
        (b"<?php system('id'); ?>", "active_content"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "active_content"),
        (
            b'<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>',
            "active_content",
        ),
        (b'<a><b xmlns="http://www.w3.org/1999/xhtml">x</b></a>', "active_content"),
        (b'<?xml-stylesheet href="x.xsl"?><a/>', "active_content"),
        (b"<a><b></a>", "damaged"),
        (b"<a>" * 500 + b"</a>" * 500, "damaged"),
        (PDF.replace(b"%%EOF", b""), "damaged"),
        (picture()[:60], "damaged"),
        (picture("JPEG")[:40], "damaged"),
        (XLSX[:-30], "damaged"),
        (b"GIF89a", "damaged"),
        (picture() + XLSX, "disguised"),
        (PDF + archive({"a.class": b"1"}), "disguised"),
        (b"GIF89a/*<script>alert(1)</script>*/", "disguised"),
        (b" \n%PDF-1.4 hidden behind text %%EOF", "type"),
        (png_header_of(60_000, 60_000), "too_many_pixels"),
        (png_header_of(8_000, 8_000), "too_many_pixels"),
    ],
)
def test_what_is_not_taken_and_why(content: bytes, reason: str) -> None:
    assert refusal_of(content) == reason


def office_with(entries: dict[str, bytes]) -> bytes:
    base = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    return archive(base | entries)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (office_with({"xl/vbaProject.bin": b"1"}), "active_content"),
        (office_with({"../../etc/passwd": b"1"}), "climbs"),
        (office_with({"/etc/passwd": b"1"}), "climbs"),
        (office_with({"xl/media/run.exe": b"1"}), "active_content"),
        (office_with({"xl/big.xml": bytes(20_000_000)}), "zip_bomb"),
        (office_with({f"xl/{n}": b"" for n in range(10_001)}), "zip_bomb"),
    ],
)
def test_office_files_are_looked_into(content: bytes, reason: str) -> None:
    assert refusal_of(content, "a.xlsx") == reason


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    """Fifield's bomb: many directory entries that point at the same packed bytes."""
    content = archive(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"x" * 5000},
        compression=zipfile.ZIP_STORED,
    )
    directory = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    second = content.index(b"PK\x01\x02", directory + 4)
    repeated = content[second:end] * 5
    count = (2 + 5).to_bytes(2, "little")
    size = (end - directory + len(repeated)).to_bytes(4, "little")
    tail = content[end:]
    forged = content[:end] + repeated + tail[:8] + count + count + size + tail[16:]
    assert refusal_of(forged, "a.xlsx") == "zip_bomb"


@given(st.binary(max_size=400))
def test_any_bytes_are_judged_or_refused(content: bytes) -> None:
    for prefix in (
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"%PDF-",
        b"PK\x03\x04",
        b"<",
        b"GIF89a",
    ):
        with suppress(FileRefusedError):
            assert "/" in type_of(prefix + content)


def test_pictures_are_drawn_anew_upright_and_without_their_story() -> None:
    variants = square_variants(picture_with_place())
    assert set(variants) == {"original", "256", "64"}
    for name, side in (("original", 512), ("256", 256), ("64", 64)):
        with Image.open(io.BytesIO(variants[name])) as image:
            assert (image.format, image.size) == ("WEBP", (side, side))
            assert dict(image.getexif()) == {}
        assert b"SecretCamera" not in variants[name]


def test_a_picture_on_its_side_is_turned() -> None:
    with Image.open(io.BytesIO(square_variants(picture_with_place())["64"])) as image:
        top, bottom = (
            image.convert("RGB").getpixel((32, 4)),
            image.convert("RGB").getpixel((32, 60)),
        )
    assert top[2] > 200
    assert bottom[2] < 80


@pytest.mark.parametrize(
    ("given_name", "extensions", "expected"),
    [
        ("Чертёж №5.PDF", ("pdf",), "Чертёж №5.pdf"),
        ("photo.jpeg", ("jpg", "jpeg"), "photo.jpeg"),
        ("invoice.pdf.exe", ("pdf",), "invoice.pdf.exe.pdf"),
        ("../../etc/passwd", ("txt",), "passwd.txt"),
        ("C:\\Users\\me\\a.txt", ("txt",), "a.txt"),
        ("a\r\nSet-Cookie: x.txt", ("txt",), "aSet-Cookie x.txt"),
        ("fdp.\u202eexe.pdf", ("pdf",), "fdp.exe.pdf"),
        ("", ("png",), "file.png"),
        (".png", ("png",), "file.png"),
        ("...", ("png",), "file.png"),
        ("x" * 400 + ".png", ("png",), "x" * 146 + ".png"),
        ("a\0b.png", ("png",), "ab.png"),
        ("\ud800.png", ("png",), "file.png"),
    ],
)
def test_names_are_made_safe(given_name: str, extensions: tuple[str, ...], expected: str) -> None:
    assert safe_name(given_name, extensions) == expected


@given(st.text())
def test_any_name_becomes_one_that_headers_and_discs_take(name: str) -> None:
    safe = safe_name(name, ("pdf",))
    assert safe.endswith(".pdf")
    assert len(safe) <= 150
    assert not set(safe) & set('/\\\r\n\0"')
    header = content_disposition(safe, inline=False)
    header.encode("ascii")
    assert "\n" not in header
    assert safe_name(safe, ("pdf",)) == safe


def test_downloads_are_named_for_old_and_new_clients() -> None:
    assert content_disposition("Смета 1.pdf", inline=False) == (
        "attachment; filename=\"1.pdf\"; filename*=UTF-8''%D0%A1%D0%BC%D0%B5%D1%82%D0%B0%201.pdf"
    )
    assert content_disposition("Смета.pdf", inline=True) == (
        "inline; filename=\"file.pdf\"; filename*=UTF-8''%D0%A1%D0%BC%D0%B5%D1%82%D0%B0.pdf"
    )
