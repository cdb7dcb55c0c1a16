from stelae.statements.frontmatter import FrontMatter, read_front_matter
from stelae.statements.text import SourceText


def read(text: str) -> tuple[FrontMatter, SourceText]:
    source = SourceText(text, "x")
    return read_front_matter(source), source


def test_values_keep_their_places() -> None:
    front, source = read('---\ntitle: "On «this» day"\ndate: 2020-01-12\n---\ntext')
    assert front.get("title") == "On «this» day"
    assert front.get("date") == "2020-01-12"
    span = front.span("title")
    assert span is not None
    assert source.at(span) == "On «this» day"
    assert front.body_line == 5


def test_keys_may_be_written_with_spaces_or_hyphens() -> None:
    front, _ = read("---\nversion of: a\ntranslation-of: b\n---\n")
    assert (front.get("version_of"), front.get("translation_of")) == ("a", "b")


def test_addressees_are_one_or_many() -> None:
    assert [a.name for a in read("---\naddressees: [A, B]\n---\n")[0].addressees] == ["A", "B"]
    assert [a.name for a in read("---\naddressees: A\n---\n")[0].addressees] == ["A"]


def test_an_unknown_key_is_noted_and_what_other_tools_use_is_not() -> None:
    front, _ = read("---\nlangauge: en\nlayout: page\n---\n")
    assert [note.what for note in front.notes] == ["an unknown key, 'langauge'"]


def test_what_is_no_yaml_is_noted_and_the_text_is_read_all_the_same() -> None:
    for block in ("a: [", "- a", "? [x]\n: y", "title: {a: b}", "[" * 3000, "a: &x [*x]\x01"):
        front, _ = read(f"---\n{block}\n---\ntext")
        assert front.present
        assert front.notes
        assert front.body_line == 3 + len(block.splitlines())


def test_without_the_two_lines_there_is_no_block() -> None:
    for text in ("", "text", "---\ntitle: a", "--- \n", "\n---\ntitle: a\n---"):
        assert not read(text)[0].present


def test_a_block_without_end_within_reach_is_prose() -> None:
    assert not read("---\n" + "a: b\n" * 10_000 + "---\n")[0].present
