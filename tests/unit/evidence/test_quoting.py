import pytest

from stelae.evidence.quoting import GAP, FoldedPages, Found, NearMiss, find_quote

BOOK = (
    "The commission met in January. It heard 130 witnesses, and 30 of them twice.",
    "“Nobody was told,” the second said — and no\u00adbody asked. The hospi-\ntal kept a list.",
    "Its work was illegal, others said. The first list named 1,200 people; the last",
    "named 30 000 of them. Those who signed it were self-\nappointed.",
)


def found_text(quote: str, pages: tuple[str, ...] = BOOK) -> str:
    result = find_quote(quote, pages)
    assert isinstance(result, Found), result
    if result.page == result.last_page:
        return pages[result.page][result.start : result.end]
    return pages[result.page][result.start :] + "|" + pages[result.last_page][: result.end]


def near(quote: str, pages: tuple[str, ...] = BOOK) -> NearMiss:
    result = find_quote(quote, pages)
    assert isinstance(result, NearMiss), result
    return result


@pytest.mark.parametrize(
    ("quote", "original"),
    [
        ("It heard 130 witnesses", "It heard 130 witnesses"),
        ("«Nobody was told,»  the second", "“Nobody was told,” the second"),
        ("said—and nobody asked", "said — and no\u00adbody asked"),
        ("The hospital kept", "The hospi-\ntal kept"),
        ("The hospi-tal kept", "The hospi-\ntal kept"),
        ("self-appointed", "self-\nappointed"),
        ("The hospi-\ntal", "The hospi-\ntal"),
        ("130 witnesses, and 30 of", "130 witnesses, and 30 of"),
        ("30 000 of", "30 000 of"),
        ("the last named 30 000", "the last|named 30 000"),
    ],
)
def test_the_same_words_are_found_as_printed(quote: str, original: str) -> None:
    assert found_text(quote) == original


@pytest.mark.parametrize(
    ("quote", "wider"),
    [
        ("legal", "illegal"),
        ("30 witnesses", "130 witnesses"),
        ("named 1", "named 1,200"),
        ("200 people", "1,200 people"),
        ("named 30", "named 30 000"),
        ("000 of them", "30 000 of them"),
        ("The commiss", "The commission"),
        ("appointed", "self-\nappointed"),
    ],
)
def test_a_word_or_number_is_never_cut(quote: str, wider: str) -> None:
    miss = near(quote)
    assert miss.text == wider
    assert "within a word or a number" in miss.why
    assert miss.ratio < 1


@pytest.mark.parametrize("mark", ["[…]", "[...]", "(…)", "( ... )", "…", "...", "[ … ]"])
def test_an_omission_stands_for_words_between(mark: str) -> None:
    assert found_text(f"The commission met {mark} 130 witnesses").startswith("The commission met")
    assert found_text(f"It heard {mark} Nobody was told").endswith("Nobody was told")
    assert found_text(f"{mark}no\u200bbody asked{mark}") == "no\u00adbody asked"


def test_parts_must_stand_in_order_and_near() -> None:
    miss = near("Nobody was told […] The commission met")
    assert "do not follow one another" in miss.why
    far = ("alpha beta " + "word " * (GAP // 5) + "gamma delta",)
    assert isinstance(find_quote("alpha beta […] gamma delta", far), NearMiss)
    nearer = ("alpha beta " + "word " * (GAP // 5) + "alpha beta gamma delta",)
    assert isinstance(find_quote("alpha beta […] gamma delta", nearer), Found)
    assert find_quote("It heard […] something wholly different, never printed", BOOK) is None


@pytest.mark.parametrize(
    ("last", "shown", "why"),
    [
        (
            "twice!",
            "The commission met in January. It heard 130 witnesses […] twice.",
            "words differ",
        ),
        ("xyzzy", "The commission met in January. It heard 130 witnesses", "last words"),
        (
            "tal",
            "The commission met in January. It heard 130 witnesses […] hospi-\ntal",
            "words differ",
        ),
        ("Nobody", None, ""),
    ],
)
def test_a_short_last_part_is_looked_for_after_the_others(
    last: str, shown: str | None, why: str
) -> None:
    quote = f"The commission met in January. It heard 130 witnesses […] {last}"
    if shown is None:
        assert isinstance(find_quote(quote, BOOK), Found)
        return
    miss = near(quote)
    assert (miss.text, miss.page, miss.start) == (shown, 0, 0)
    assert why in miss.why
    assert 0.9 < miss.ratio < 1


def test_what_nearly_ends_a_quotation_is_shown_where_it_follows() -> None:
    pages = ("lost for a day. " * 3 + "The second count was held by night and then lost for good.",)
    miss = near("The second count was held by night […] lost for good and all", pages)
    assert miss.text == "The second count was held by night […] lost for good."
    assert pages[0][miss.start :].startswith("The second count")


def test_an_ellipsis_that_the_source_has_is_its_own() -> None:
    assert found_text("and then… silence", ("and then... silence",)) == "and then... silence"


def test_the_nearest_words_are_shown_and_do_not_pass() -> None:
    miss = near("It heard 130 witnesses, and 40 of them twice")
    assert (miss.page, miss.last_page) == (0, 0)
    assert "130 witnesses, and 30 of them twice" in miss.text
    assert BOOK[0][miss.start : miss.end] == miss.text
    assert 0.9 < miss.ratio < 1


@pytest.mark.parametrize("quote", ["the Commission met", "Nobody was told?", "Its work was legal"])
def test_other_letters_or_marks_do_not_pass(quote: str) -> None:
    assert not isinstance(find_quote(quote, BOOK), Found)


@pytest.mark.parametrize("quote", ["", " ", "…", "—", '""', "[…]", "\u200b"])
def test_a_quotation_without_words_is_never_found(quote: str) -> None:
    assert find_quote(quote, BOOK) is None


def test_nothing_comes_near_in_another_text() -> None:
    assert find_quote("совсем другие слова, которых здесь нет", BOOK) is None
    assert find_quote("anything at all", ()) is None
    assert find_quote("anything at all", ("", "")) is None


def test_scripts_without_spaces_may_be_quoted_anywhere() -> None:
    assert found_text("委员会", ("在一月委员会开会",)) == "委员会"
    assert found_text("กรรมการ", ("คณะกรรมการประชุม",)) == "กรรมการ"


def test_a_letter_is_not_cut_from_its_mark() -> None:
    assert not isinstance(find_quote("мука", ("му\u0301ка мука\u0301",)), Found)


def test_armenian_marks_inside_words() -> None:
    pages = ("Նա ասաց՝ կոտո՛րած էր։ Իսկ ո՞վ տեսավ։",)
    assert found_text("կոտորած էր", pages) == "կոտո՛րած էր"
    assert not isinstance(find_quote("Իսկ ով տեսավ", pages), Found)
    assert found_text("Իսկ ո՞վ տեսավ", pages) == "Իսկ ո՞վ տեսավ"


def test_pages_are_folded_once_for_many_quotations() -> None:
    book = FoldedPages(BOOK)
    assert find_quote("illegal", book) == find_quote("illegal", BOOK) == Found(2, 13, 20, 2)
    assert find_quote("legal, others", book) == find_quote("legal, others", BOOK)


def test_a_source_of_one_letter_is_searched() -> None:
    book = FoldedPages(["a" * 50_000])
    assert isinstance(find_quote("a" * 100 + "-" + "a" * 100, book), NearMiss)
    assert isinstance(find_quote("a" * 200 + "b", book), NearMiss)


def test_a_quotation_that_leaves_out_a_hundred_places_and_more_is_never_found() -> None:
    page = "one two " * 200
    assert isinstance(find_quote(" […] ".join(["one two"] * 101), [page]), Found)
    assert find_quote(" […] ".join(["one two"] * 102), [page]) is None


def test_without_near_misses_only_the_very_words_are_found() -> None:
    page = "They left the town in ruins by that evening, said the report."
    assert isinstance(find_quote("the town in ruins", [page], near=False), Found)
    assert isinstance(find_quote("the town in ruin by that evening", [page]), NearMiss)
    assert find_quote("the town in ruin by that evening", [page], near=False) is None
