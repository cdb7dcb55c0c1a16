from stelae.statements.read import read_statement

ENGLISH = (
    "We remember all of those who were killed in the town, and we ask that the archives be open."
)
RUSSIAN = (
    "Мы помним всех, кто был убит в этом городе, и просим, чтобы архивы были открыты для людей."
)


def notes(text: str, code: str = "en") -> list[tuple[str, str]]:
    statement = read_statement(text, "a.txt", code)
    return [(note.what, statement.source.at(note.span)) for note in statement.notes]


def test_a_second_language_in_one_file_is_said_with_its_stretch() -> None:
    text = f"A title\n\n{ENGLISH}\n\n{RUSSIAN}\n\nДа.\n\n{RUSSIAN}\n\n{ENGLISH}\n"
    ((what, where),) = notes(text)
    assert "language ru" in what
    assert where == f"{RUSSIAN}\n\nДа.\n\n{RUSSIAN}"


def test_another_script_without_a_table_is_said_too() -> None:
    hebrew = "אנחנו זוכרים את כל אלה שנהרגו בעיר הזאת לפני שנים רבות מאוד"
    ((what, where),) = notes(f"A title\n\n{ENGLISH}\n\n{hebrew}\n")
    assert "Hebrew letters" in what
    assert where == hebrew


def test_names_and_short_lines_in_other_letters_are_no_second_language() -> None:
    assert notes(f"A title\n\n{ENGLISH}\n\nՎերնագիր Ազգային ժողով\n\n{ENGLISH}\n") == []


def test_one_language_is_said_nothing_of() -> None:
    assert notes(f"Заголовок\n\n{RUSSIAN}\n\n{RUSSIAN}\n", "ru") == []
