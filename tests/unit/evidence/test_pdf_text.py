import sys
from pathlib import Path

import pytest

from stelae.evidence import pdf_text as pdf_text_module
from stelae.evidence.extracted import ExtractedText, Limits, NoText
from stelae.evidence.pdf_text import pdf_text


def small_pdf(*pages: list[str], trailer: str = "") -> bytes:
    """A PDF with one line of text per string, written by hand."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "BT /F1 12 Tf 14 TL 50 780 Td " + " ".join(f"({x}) Tj T*" for x in lines) + " ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def text_of(content: bytes | Path, limits: Limits = Limits()) -> ExtractedText:  # noqa: B008 -- frozen
    result = pdf_text(content, limits)
    assert isinstance(result, ExtractedText)
    return result


def reason_of(content: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 -- frozen
    result = pdf_text(content, limits)
    assert isinstance(result, NoText)
    return result.reason


def test_text_comes_page_by_page_with_the_method(tmp_path: Path) -> None:
    content = small_pdf(["First page,", "second line"], ["Second page"])
    result = text_of(content)
    assert result.pages == ("First page,\nsecond line", "Second page")
    assert result.notes == ()
    assert result.method.startswith("pypdfium2 ")
    assert "PDFium " in result.method
    file = tmp_path / "two.pdf"
    file.write_bytes(content)
    assert text_of(file) == result


def test_a_hyphen_at_a_line_end_stays_as_printed() -> None:
    assert text_of(small_pdf(["an exam-", "ple and self-made"])).pages == (
        "an exam-\nple and self-made",
    )


def test_pages_without_text_are_named() -> None:
    result = text_of(small_pdf(["text"], [], ["text"], []))
    assert result.pages == ("text", "", "text", "")
    assert result.notes == ("without text, perhaps scanned: pages 2, 4",)


def test_a_scan_says_that_ocr_is_not_done_yet() -> None:
    assert "2 pages and no text: a scan, probably. Reading scans (OCR) is not done yet" in (
        reason_of(small_pdf([], []))
    )


def test_limits_are_kept_and_told() -> None:
    content = small_pdf(["one"], ["two"], ["three"])
    result = text_of(content, Limits(pages=2))
    assert result.pages == ("one", "two")
    assert result.notes == ("only the first 2 of 3 pages were taken",)
    result = text_of(content, Limits(characters=5))
    assert "".join(result.pages) == "onetw"
    assert any("cut after 5 characters" in note for note in result.notes)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF", small_pdf(["x"])[:80]])
def test_a_truncated_file_gives_its_reason(content: bytes) -> None:
    assert "truncated or damaged" in reason_of(content)


def test_an_encrypted_file_asks_for_one_without_a_password() -> None:
    encrypted = small_pdf(
        ["secret"],
        trailer="/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{'ab' * 32}> /U <{'cd' * 32}> >>",
    )
    assert "encrypted with a password" in reason_of(encrypted)


def run_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Let the child be another program, as if PDFium had been taken over by the file."""
    program = tmp_path / "child"
    program.write_text(f"#!{sys.executable}\nimport os, time\n{code}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


def test_a_crash_costs_one_extraction_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_instead(monkeypatch, tmp_path, "os.abort()")
    assert "PDFium stopped (exit -6)" in reason_of(small_pdf(["text"]))


def test_a_hang_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_instead(monkeypatch, tmp_path, "time.sleep(60)")
    monkeypatch.setattr(pdf_text_module, "GRACE", 0.2)
    assert "took more than 0 seconds" in reason_of(small_pdf(["text"]), Limits(seconds=0))


def test_a_loop_in_one_page_ends_with_the_processor_time() -> None:
    # Nested forms, each drawn ten times by the one before: 10^12 drawings.
    forms = 12
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        "/Resources << /XObject << /F 5 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/F Do\nendstream",
    ]
    for number in range(5, 5 + forms):
        drawn = "/F Do " * 10
        objects.append(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            f"/Resources << /XObject << /F {number + 1} 0 R >> >> "
            f"/Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        )
    objects.append(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream"
    )
    body = "".join(f"{n} 0 obj\n{content}\nendobj\n" for n, content in enumerate(objects, 1))
    content = f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R >>\n%%EOF\n".encode()
    assert "was given up" in reason_of(content, Limits(seconds=1))
