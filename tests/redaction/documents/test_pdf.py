"""PDF files: whatever the place, the identifier is gone from every stream, and pages that cannot be read are refused."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from core.errors import BadInput
from redaction.codes import LeakFound
from redaction.documents import DocumentReport, redact_document
from redaction.documents.pdf import document as pdf_document
from redaction.documents.pdf import rewriting
from redaction.redactor import Redactor
from tests.redaction.documents.rich_pdf import PEOPLE, PLACES, SAID, base, draw, everything, helvetica, saved, texts, with_places

SECRETS = (b"okonkwo", b"9434765919", b"943 476 5919", "okonkwo".encode("utf-16-be"))


def run(tmp_path: Path, data: bytes, rules_only: Redactor, **extra: object) -> tuple[DocumentReport, bytes]:
    """Redact a PDF with the real rules and return the report and the file that came out."""
    (tmp_path / "in.pdf").write_bytes(data)
    (tmp_path / "out.pdf").unlink(missing_ok=True)
    report = redact_document(
        tmp_path / "in.pdf",
        tmp_path / "out.pdf",
        people=PEOPLE,
        redact=rules_only.draft,
        **extra,  # type: ignore[arg-type]
    )
    return report, (tmp_path / "out.pdf").read_bytes()


def left(data: bytes) -> list[bytes]:
    """Return the secrets that still stand in any byte or that a reader still finds."""
    found = texts(data).lower().replace("\r\n", " ").encode()
    return [secret for secret in SECRETS if secret in everything(data) or secret in found]


@pytest.mark.parametrize("place", PLACES)
def test_when_an_identifier_hides_in_a_place_then_it_is_gone_from_every_stream_and_the_pages_stay(
    place: str, tmp_path: Path, rules_only: Redactor
) -> None:
    _, out = run(tmp_path, with_places(place), rules_only)
    assert left(out) == []
    words = texts(out)
    assert words.count("The visit took place in the afternoon.") == 2 and "Sheet 2" in words


def test_when_every_place_holds_one_then_all_are_gone_and_the_person_has_one_token(tmp_path: Path, rules_only: Redactor) -> None:
    report, out = run(tmp_path, with_places(*PLACES), rules_only)
    assert left(out) == []
    words = texts(out)
    assert "<PERSON_1 (mother)>" in words and "<NHS_NUMBER_1>" in words
    assert [token for token, value in report.vault.values.items() if "Siobhan Okonkwo" in value] == ["<PERSON_1 (mother)>"]
    assert "was seen." in words and "at home" in words and "kept" in words
    assert {"page 1", "page 2", "bookmark", "alternative text"} <= set(report.places)
    assert {"metadata (XMP)", "comment, stamp, file or other annotation"} <= set(report.removed)
    with pikepdf.open(io.BytesIO(out)) as pdf:
        assert "/Info" not in pdf.trailer and "/AcroForm" not in pdf.Root and "/Names" not in pdf.Root
        links = [a for a in pdf.pages[0].Annots if "/Dest" in a]
        assert len(links) == 1 and links[0].Dest[0].objgen == pdf.pages[1].objgen
        with pdf.open_outline() as outline:
            assert outline.root[0].title.startswith("Visit to <PERSON_1")


@pytest.mark.parametrize("font", ["Helvetica", "NotoRapt"])
def test_when_text_is_masked_then_the_rest_of_the_line_stays_in_its_place(
    font: str, tmp_path: Path, rules_only: Redactor
) -> None:
    line = f"Spoke with {SAID} about the bath."
    _, out = run(tmp_path, base([line], font), rules_only)
    assert left(out) == []
    before, after = _positions(base([line], font), "about"), _positions(out, "about")
    assert abs(before - after) < 6  # half a letter: gaps are rounded so that they tell less


def _positions(data: bytes, word: str) -> float:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    held = document[0].get_textpage()
    at = held.get_text_range().index(word)
    return held.get_charbox(at)[0]


def test_when_a_gap_is_left_then_it_is_one_rounded_number_and_no_width_of_a_letter(tmp_path: Path, rules_only: Redactor) -> None:
    _, out = run(tmp_path, with_places("text in pieces with kerning"), rules_only)
    with pikepdf.open(io.BytesIO(out)) as pdf:
        moves = [
            [float(one) for one in list(i.operands[0]) if not isinstance(one, pikepdf.String)]
            for i in pikepdf.parse_content_stream(pdf.pages[0])
            if str(i.operator) == "TJ"
        ]
    gaps = [move for moved in moves for move in moved if move < -400]
    assert gaps and all(gap % 500 == 0 for gap in gaps) and max(map(len, moves)) <= 2


HANDLERS = [
    ("strings", "outline"),
    ("strings", "structure tree"),
    ("strings", "layer"),
    ("strings", "page label"),
    ("annotations", "comment"),
    ("annotations", "link"),
    ("document", "document properties"),
    ("document", "attachment"),
]


@pytest.mark.parametrize(("handler", "place"), HANDLERS)
def test_when_the_handler_of_a_place_is_switched_off_then_the_leak_test_refuses_and_no_file_is_written(
    handler: str, place: str, tmp_path: Path, rules_only: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # strings that nobody reads are taken out by "strings": a handler alone is tested without that net
    if handler != "strings":
        monkeypatch.setitem(pdf_document.READERS, "strings", lambda pdf: [])
    for table in (pdf_document.CLEANERS, pdf_document.READERS):
        monkeypatch.delitem(table, handler, raising=False)
    with pytest.raises(LeakFound) as stopped:
        run(tmp_path, with_places(place), rules_only)
    assert stopped.value.exit_code == 3 and not (tmp_path / "out.pdf").exists()
    said = " ".join([stopped.value.message, stopped.value.remedy, *(f.message for f in stopped.value.findings)])
    assert "okonkwo" not in said.lower() and "943" not in said


@pytest.mark.parametrize("place", ["text", "turned text", "form XObject drawn twice", "pattern", "invisible text"])
def test_when_only_a_black_box_is_drawn_as_peers_do_then_the_leak_test_refuses(
    place: str, tmp_path: Path, rules_only: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def box_only(program: list[object], cuts: dict[int, list[rewriting.Cut]]) -> tuple[list[object], list[rewriting.Box]]:
        return program, rewriting.rewrite(program, cuts)[1]

    monkeypatch.setattr(pdf_document, "rewrite", box_only)
    with pytest.raises(LeakFound):
        run(tmp_path, with_places(place), rules_only)
    assert not (tmp_path / "out.pdf").exists()


# --- pages that cannot be rewritten


def scan(words: str, *, hidden: bool = False, whole: bool = True) -> bytes:
    """A page that is a picture of text, with or without a hidden text over it."""
    image = Image.new("L", (595, 842), 255)
    ImageDraw.Draw(image).text((72, 100), words, fill=0)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    picture = pdf.make_stream(
        buffer.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=595,
        Height=842,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    size = "595 0 0 842 0 0" if whole else "200 0 0 200 60 600"
    text = f"BT 3 Tr /F9 11 Tf 72 733 Td ({words}) Tj ET" if hidden else ""
    draw(pdf, f"q {size} cm /Im Do Q {text}", {"/XObject": {"/Im": picture}, "/Font": {"/F9": helvetica()}})
    return saved(pdf)


def test_when_a_page_is_a_scan_without_text_then_it_is_refused_whether_or_not_pictures_are_allowed(
    tmp_path: Path, rules_only: Redactor
) -> None:
    for rasterise in (False, True):
        with pytest.raises(BadInput) as stopped:
            run(tmp_path, scan(SAID), rules_only, rasterise=rasterise)
        assert stopped.value.code == "page_not_readable" and "OCR" in stopped.value.remedy
        assert not (tmp_path / "out.pdf").exists()


def test_when_somebody_marked_a_scan_then_the_page_is_a_picture_and_the_marked_words_are_black(
    tmp_path: Path, rules_only: Redactor
) -> None:
    report, out = run(tmp_path, scan(SAID), rules_only, rasterise=True, boxes={1: [(60, 90, 400, 120)]})
    assert list(report.rasterised) == [1]
    import pypdfium2

    shown = pypdfium2.PdfDocument(out)[0].render(scale=1).to_pil().convert("L")
    assert set(shown.crop((70, 95, 390, 115)).tobytes()) <= set(range(40))
    assert shown.getpixel((300, 500)) > 200
    assert texts(out).strip() == ""


def test_when_a_scan_has_a_hidden_text_then_it_needs_leave_and_the_words_under_it_become_black(
    tmp_path: Path, rules_only: Redactor
) -> None:
    with pytest.raises(BadInput) as stopped:
        run(tmp_path, scan(SAID, hidden=True), rules_only)
    assert stopped.value.code == "page_not_rewritable" and "--rasterise" in stopped.value.remedy
    report, out = run(tmp_path, scan(SAID, hidden=True), rules_only, rasterise=True)
    assert left(out) == [] and report.rasterised
    import pypdfium2

    shown = pypdfium2.PdfDocument(out)[0].render(scale=1).to_pil().convert("L")
    assert max(shown.crop((76, 102, 150, 106)).tobytes()) < 60
    assert any(f.code == "document_page_rasterised" and f.severity == "warn" for f in report.findings)


def test_when_a_small_picture_is_on_a_page_then_it_stays_and_the_report_says_that_nobody_read_it(
    tmp_path: Path, rules_only: Redactor
) -> None:
    image = Image.new("RGB", (8, 8), (200, 0, 0))
    exif = Image.Exif()
    exif[0x013B] = SAID
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    assert b"Okonkwo" in buffer.getvalue()
    pdf = pikepdf.open(io.BytesIO(base()))
    picture = pdf.make_stream(
        buffer.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=8,
        Height=8,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    draw(pdf, "q 20 0 0 20 500 60 cm /Im Do Q", {"/XObject": {"/Im": picture}})
    report, out = run(tmp_path, saved(pdf), rules_only)
    assert left(out) == [] and report.unread == {"picture": 1}
    assert any(f.code == "document_picture_not_read" for f in report.findings)


def test_when_masked_words_stand_on_a_picture_then_the_page_must_become_a_picture(tmp_path: Path, rules_only: Redactor) -> None:
    pdf = pikepdf.open(io.BytesIO(base()))
    picture = pdf.make_stream(
        b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    program = f"q 300 0 0 40 60 590 cm /Im Do Q BT /F9 11 Tf 72 600 Td ({SAID}) Tj ET"
    draw(pdf, program, {"/XObject": {"/Im": picture}, "/Font": {"/F9": helvetica()}})
    with pytest.raises(BadInput, match="stands on a picture"):
        run(tmp_path, saved(pdf), rules_only)
    report, out = run(tmp_path, saved(pdf), rules_only, rasterise=True)
    assert left(out) == [] and list(report.rasterised) == [1]
    assert "Sheet 2" in texts(out) and "Sheet 1" not in texts(out)


def strange_font(*, mapped: bool, way: str = "/Identity-H") -> bytes:
    """Text in a composite font; without a table of characters nobody can tell what it says."""
    pdf = pikepdf.open(io.BytesIO(base()))
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Strange, DW=600, CIDSystemInfo=Dictionary(Supplement=0)
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Strange, Encoding=Name(way), DescendantFonts=[below])
    codes = {char: number for number, char in enumerate(sorted(set(SAID)), start=5)}
    if mapped:
        rows = "".join(f"<{n:04X}> <{ord(c):04X}>\n" for c, n in codes.items())
        cmap = f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(codes)} beginbfchar\n{rows}endbfchar"
        font.ToUnicode = pdf.make_stream(cmap.encode())
    shown = "".join(f"{codes[c]:04X}" for c in SAID)
    draw(pdf, f"BT /F8 11 Tf 72 600 Td <{shown}> Tj ET", {"/Font": {"/F8": pdf.make_indirect(font)}})
    return saved(pdf)


def test_when_letters_cannot_be_told_then_the_page_is_refused_and_with_a_table_it_is_redacted(
    tmp_path: Path, rules_only: Redactor
) -> None:
    for rasterise in (False, True):
        with pytest.raises(BadInput) as stopped:
            run(tmp_path, strange_font(mapped=False), rules_only, rasterise=rasterise)
        assert stopped.value.code == "page_not_readable"
    report, out = run(tmp_path, strange_font(mapped=True), rules_only)
    assert report.types["PERSON"] == 1 and "<NHS_NUMBER_1>" in texts(out)


def test_when_text_runs_downwards_then_it_is_covered_on_a_picture_by_what_the_second_reader_sees(
    tmp_path: Path, rules_only: Redactor
) -> None:
    data = strange_font(mapped=True, way="/Identity-V")
    with pytest.raises(BadInput) as stopped:
        run(tmp_path, data, rules_only)
    assert stopped.value.code == "page_not_rewritable"
    report, out = run(tmp_path, data, rules_only, rasterise=True)
    assert left(out) == [] and list(report.rasterised) == [1] and "NHS_NUMBER" in report.types
    assert "Sheet 2" in texts(out)


# --- bad input


def _encrypted() -> bytes:
    pdf = pikepdf.open(io.BytesIO(base()))
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    return buffer.getvalue()


def _protected() -> bytes:
    pdf = pikepdf.open(io.BytesIO(base()))
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user=""))
    return buffer.getvalue()


def _bomb() -> bytes:
    pdf = pikepdf.open(io.BytesIO(base()))
    packed = zlib.compress(b"q Q " * 30_000_000, 9)
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, packed)
    pdf.pages[0].obj.Contents.write(packed, filter=Name.FlateDecode)
    return saved(pdf)


def _nested() -> bytes:
    pdf = pikepdf.open(io.BytesIO(base()))
    inner = None
    for _ in range(11):
        held = Dictionary(X=inner) if inner is not None else Dictionary()
        program = b"/X Do " * 10 if inner is not None else b"0 0 m " * 10
        inner = pdf.make_stream(
            program, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary(XObject=held)
        )
    draw(pdf, "/X Do", {"/XObject": {"/X": inner}})
    return saved(pdf)


BAD = [
    (_encrypted, "encrypted"),
    (_protected, "encrypted"),
    (lambda: base()[:300], "broken_pdf"),
    (lambda: b"%PDF-1.7\nnothing", "broken_pdf"),
    (lambda: b"PK\x03\x04", "not_pdf"),
    (_bomb, "pdf_bomb"),
    (_nested, "pdf_bomb"),
]


@pytest.mark.parametrize(("make", "code"), BAD, ids=[f"{n} {code}" for n, (_, code) in enumerate(BAD)])
def test_when_the_file_is_no_sound_pdf_then_it_is_refused_with_a_remedy_and_nothing_is_written(
    make: object, code: str, tmp_path: Path, rules_only: Redactor
) -> None:
    with pytest.raises(BadInput) as stopped:
        run(tmp_path, make(), rules_only)  # type: ignore[operator]
    assert stopped.value.code == code and stopped.value.remedy and not (tmp_path / "out.pdf").exists()
