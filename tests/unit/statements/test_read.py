import os
from pathlib import Path

import pytest

from stelae.errors import BadInput
from stelae.statements.read import LARGEST, read_statement


def test_a_file_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Title\n\nProse.\n", encoding="utf-8")
    statement = read_statement(path)
    assert (statement.name, statement.title) == ("a.md", "Title")


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    assert read_statement("Заголовок\n\nТекст.".encode("utf-8-sig")).title == "Заголовок"
    assert read_statement("Заголовок\n\nТекст.".encode("utf-16")).title == "Заголовок"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", "Текст".encode("cp1251"), b"%PDF-1.7\x00", b"\x01\x02\x03", b"a\x00b"],
)
def test_what_cannot_be_text_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        read_statement(content, "a.txt")
    assert "a.txt" in caught.value.what
    assert caught.value.hint


def test_a_statement_of_control_characters_is_refused_and_a_few_are_noted() -> None:
    with pytest.raises(BadInput, match="control characters"):
        read_statement("\x01\x02\x03\x04")
    statement = read_statement("A title\n\nSome prose that holds one \x07 of them, and no more.")
    assert "control" in statement.notes[0].what


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadInput, match="no statement is that long"):
        read_statement(path)


def test_a_missing_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot read"):
        read_statement(tmp_path / "none.md")
    with pytest.raises(BadInput, match="cannot read"):
        read_statement(tmp_path)


def test_an_empty_text_is_an_empty_statement() -> None:
    statement = read_statement("")
    assert (statement.parts, statement.title, statement.language) == ((), "", "und")


def test_the_language_asked_for_wins_over_the_front_matter_and_that_over_detection() -> None:
    text = "---\nlanguage: hy\n---\n\nThe text is in the language of the land.\n"
    assert read_statement(text).language == "hy"
    assert read_statement(text, language_code="ru").language == "ru"
    assert read_statement(text.replace("language: hy\n", "")).language == "en"


def test_a_language_that_is_no_code_is_noted_and_detected() -> None:
    statement = read_statement("---\nlanguage: Русский язык\n---\n\nThis is of the land.\n")
    assert statement.language == "en"
    assert "language" in statement.notes[0].what


@pytest.mark.parametrize(
    "unit", ["[", "1", "“", '"', "« ", "[1", "1,", "1990-", "*", ">", "- ", "<a "]
)
def test_a_text_of_one_thing_only_is_read(unit: str) -> None:
    statement = read_statement(unit * (20_000 // len(unit)))
    assert all(len(clause.facts) <= 5 * 10_000 for clause in statement.clauses)


def test_a_device_without_an_end_is_refused_after_as_much_as_may_be() -> None:
    with pytest.raises(BadInput, match="/dev/zero has more than 67,108,864 bytes"):
        read_statement(Path("/dev/zero"), "/dev/zero")


def test_a_named_pipe_that_nobody_writes_to_is_empty(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert not read_statement(pipe).source.content


def test_a_named_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    # A reader of the test's own, without whom nobody could begin to write.
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    written = os.open(pipe, os.O_WRONLY)
    os.write(written, b"# A title\n\nWe urge peace.\n")
    os.close(written)
    title = read_statement(pipe).title
    os.close(held)
    assert title == "A title"


def test_a_folder_and_a_link_to_itself_are_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    with pytest.raises(BadInput, match="Is a directory"):
        read_statement(tmp_path)
    with pytest.raises(BadInput, match="symbolic links"):
        read_statement(loop)


def test_a_link_to_a_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("# A title\n\nWords.\n", encoding="utf-8")
    link = tmp_path / "link.md"
    link.symlink_to("text.md")
    assert read_statement(link).title == "A title"


def test_a_file_of_100_megabytes_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(BadInput, match="no statement is that long"):
        read_statement(large)
