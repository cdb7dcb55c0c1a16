import unicodedata

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from stelae.evidence.folding import fold
from stelae.evidence.quoting import Found, NearMiss, find_quote

LETTERS = "abcxyzABCабвёйАБՀայոց՛՞əığİçşابجـ한委ﬁé\u0301\u200d"
MARKS = " \n\u00a0\t.,:;!?\"'«»“”’-–—()[]…\u00ad%0123456789"
PROSE = st.text(st.sampled_from(LETTERS + MARKS), max_size=200)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
WORDS = st.lists(st.text(st.sampled_from("abcабвայո"), min_size=1, max_size=6), min_size=1)


@settings(deadline=None)
@given(st.one_of(PROSE, ANY))
@example("a\u0301\u0301\u00ad\n-b")
def test_places_lead_back_in_order_and_inside(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


@settings(deadline=None)
@given(st.one_of(PROSE, ANY))
def test_folded_text_has_no_stray_white_space(text: str) -> None:
    folded = fold(text).text
    assert folded == folded.strip(" ")
    assert "  " not in folded
    assert " -" not in folded
    assert "- " not in folded


@settings(deadline=None)
@given(st.one_of(PROSE, ANY))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert (
        fold(unicodedata.normalize("NFD", text)).text
        == fold(unicodedata.normalize("NFC", text)).text
    )


@settings(deadline=None)
@given(pages=st.lists(WORDS, min_size=1, max_size=4), data=st.data())
def test_words_cut_from_a_page_are_found(pages: list[list[str]], data: st.DataObject) -> None:
    spaces = st.sampled_from([" ", "\n", "  ", "\u00a0", ", ", ". ", " – ", "; "])
    texts = ["".join(word + data.draw(spaces) for word in words) for words in pages]
    number = data.draw(st.integers(0, len(pages) - 1))
    words = pages[number]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    at, starts = 0, []
    for word in words:
        at = texts[number].index(word, at)
        starts.append(at)
        at += len(word)
    quote = texts[number][starts[first] : starts[last] + len(words[last])]
    result = find_quote(quote, texts)
    assert isinstance(result, Found)
    cut = "\f".join(texts[result.page : result.last_page + 1])
    cut = cut[result.start : len(cut) - len(texts[result.last_page]) + result.end]
    assert fold(cut).text.replace("\u00ad", "") == fold(quote).text.replace("\u00ad", "")


@settings(deadline=None)
@given(st.one_of(PROSE, ANY))
def test_a_whole_page_is_found_in_itself(text: str) -> None:
    assume(any(character.isalnum() for character in fold(text).text))
    assert isinstance(find_quote(text, [text]), Found)


@settings(deadline=None)
@given(quote=PROSE, pages=st.lists(PROSE, max_size=4))
def test_what_is_found_or_near_lies_in_its_page(quote: str, pages: list[str]) -> None:
    result = find_quote(quote, pages)
    if result is None:
        return
    assert 0 <= result.page <= result.last_page < len(pages)
    assert 0 <= result.start <= len(pages[result.page])
    assert 0 < result.end <= len(pages[result.last_page])
    if isinstance(result, NearMiss):
        assert 0 < result.ratio <= 1
        assert result.why
    if result.page == result.last_page:
        assert result.start < result.end


@settings(deadline=None)
@given(words=WORDS, other=st.text(st.sampled_from("xyz"), min_size=1, max_size=6), data=st.data())
def test_a_changed_word_never_passes(words: list[str], other: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], other, *words[place + 1 :]]
    assert not isinstance(find_quote(" ".join(changed), [" ".join(words)]), Found)
