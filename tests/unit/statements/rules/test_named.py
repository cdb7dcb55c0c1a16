from stelae.statements.context import RecordContext
from stelae.statements.read import read_statement
from stelae.statements.rules.named import Named


def named(record: RecordContext, text: str, code: str) -> list[str]:
    statement = read_statement(text, "a.md", code)
    return list(Named(record, statement).by(statement.clauses))


def test_places_and_people_are_named_by_links_and_by_their_names(record: RecordContext) -> None:
    assert named(record, "[There](place:strelsau) and in Zenda.", "en") == [
        "place:strelsau",
        "place:zenda",
    ]
    assert named(record, "Об этом в Зенде писала Хельга Стамфорд.", "ru") == [
        "place:zenda",
        "person:agreed",
    ]


def test_another_form_of_a_place_names_the_same_place(record: RecordContext) -> None:
    assert named(record, "In Rupertsburg it froze.", "en") == ["place:hentzau"]
    assert named(record, "В Рупертсбурге замёрзла вода.", "ru") == ["place:hentzau"]


def test_a_language_without_names_in_the_record_can_name_nobody(record: RecordContext) -> None:
    statement = read_statement("Zenda.", "a.md", "fr")
    assert Named(record, statement).nameable == frozenset()
    assert named(record, "Zenda.", "fr") == []
