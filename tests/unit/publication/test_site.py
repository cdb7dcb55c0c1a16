import posixpath
import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from edition_views import CLOSED, KEPT, STATEMENT, edition_view, site_of

from stelae.publication.site import render_site
from stelae.records.views import Slots

PAGE = edition_view()


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return site_of(PAGE)


def plain(page: str) -> str:
    """The words of a page, spaces folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def row_of(page: str, record: str) -> str:
    """The row of a table that shows a record."""
    return next(row for row in page.split("<tr ") if f'id="{record}"' in row)


def test_the_same_view_gives_the_same_bytes_in_the_same_order() -> None:
    assert list(render_site(edition_view())) == list(render_site(edition_view()))


def test_the_files_of_an_edition(site: dict[str, str]) -> None:
    assert {
        "index.html",
        "chronicle.html",
        "events/town-1990.html",
        "events/town~1918.html",
        "statements/january.en.html",
        "sources/index.html",
        "sources/index~.html",
        "recognition.html",
        "days.html",
        "days.ics",
        "parties.html",
        "method.html",
        "verify.html",
        "data/index.html",
        "data/slots.json",
        "static/style.css",
    } <= site.keys()


def test_nothing_from_the_record_becomes_mark_up(site: dict[str, str]) -> None:
    pages = [content for path, content in site.items() if path.endswith(".html")]
    assert not any("<script" in page or "<b>" in page for page in pages)
    assert any("&lt;script&gt;" in page for page in pages)


def test_no_link_runs_a_script(site: dict[str, str]) -> None:
    for path, content in site.items():
        assert not re.search(r'(href|src)="\s*javascript:', content, re.IGNORECASE), path
    assert "javascript:alert(1)" in site["sources/copy-a.html"]


def test_a_draft_says_so_on_every_page() -> None:
    for path, content in site_of(edition_view(number=None)).items():
        if path.endswith(".html"):
            assert "Draft, not published" in content, path
            assert "Edition" not in plain(content).split("Chronicle")[0], path


def test_every_page_says_that_proof_is_not_truth(site: dict[str, str]) -> None:
    for path, content in site.items():
        if path.endswith(".html"):
            assert "not that it is true" in content, path


def test_the_front_page_names_whose_dead_it_holds_by_the_alphabet(site: dict[str, str]) -> None:
    words = plain(site["index.html"])
    assert words.index("Lowlanders (synthetic)") < words.index("Uplanders (synthetic)")
    assert "Invented for tests." in words
    assert '<p lang="ar" dir="rtl">' in site["index.html"]


def test_the_front_page_lists_days_by_the_calendar(site: dict[str, str]) -> None:
    words = plain(site["index.html"])
    days = [words.index(day) for day in ("Days of January", "Day of the town", "Leap day")]
    assert days == sorted(days)
    assert "22–25 January in the new style" in words


def test_events_stand_in_the_order_of_time(site: dict[str, str]) -> None:
    page = site["chronicle.html"]
    first, second, last = (
        page.index(name) for name in ("Town, January 1918", "Town, January 1990", "Village without")
    )
    assert first < second < last
    assert "22–25 January new style" in page


def test_the_chronicle_counts_rival_values_and_speakers(site: dict[str, str]) -> None:
    words = plain(site["chronicle.html"])
    assert "6 rival values from 4 speakers" in words
    assert "48 to at most 1,000 killed" in words
    assert "2 values from 1 speaker (their scopes differ)" in words
    assert "2 rival dates" in words


def test_no_middle_is_drawn_or_written(site: dict[str, str]) -> None:
    for path in ("chronicle.html", "events/town-1990.html"):
        assert not re.search("average|mean |median|midpoint", plain(site[path])), path


def test_one_value_of_two_copies_is_one_row_with_one_origin(site: dict[str, str]) -> None:
    row = row_of(site["events/town-1990.html"], "figure.f-a")
    assert 'id="figure.f-b"' in row
    assert "2 voices, 1 origin" in row


def test_what_was_taken_back_stays_in_view_and_says_by_whom(site: dict[str, str]) -> None:
    row = row_of(site["events/town-1990.html"], "figure.f-gone")
    assert '<s class="count">5,000</s>' in row
    words = plain(row)
    assert "Withdrawn by the speaker: Paper B (synthetic) , 1 February 1990" in words
    assert "The paper printed a correction." in words


def test_a_preference_is_shown_as_somebodys(site: dict[str, str]) -> None:
    words = plain(row_of(site["events/town-1990.html"], "figure.f-about"))
    assert "Preferred: Inquiry (synthetic) — It names each person." in words


def test_a_denial_contests_a_value(site: dict[str, str]) -> None:
    page = site["events/town-1990.html"]
    assert "Attributed to, by the sources <span" in page
    row = row_of(page, "assertion.a-unit")
    assert "denied by" in row
    assert "failed to prevent" in row


def test_figures_of_different_scope_are_no_rivals(site: dict[str, str]) -> None:
    page = site["events/town~1918.html"]
    assert "2 values from 1 speaker" in page
    assert "strip rival" not in page
    assert "strip rival" in site["events/town-1990.html"]


def test_rivals_are_drawn_in_the_colour_of_what_is_unresolved_and_only_they(
    site: dict[str, str],
) -> None:
    page = site["events/town-1990.html"]
    assert 'class="strip rival"' in row_of(page, "figure.f-a")
    assert 'class="strip withdrawn"' in row_of(page, "figure.f-gone")


def test_words_without_a_number_stand_last(site: dict[str, str]) -> None:
    page = site["events/town-1990.html"]
    assert page.index("figure.f-gone") < page.index("figure.f-words")
    assert '<span class="words">“several hundred”</span>' in page


def test_a_logarithmic_scale_is_said_to_be_one(site: dict[str, str]) -> None:
    assert "logarithmic scale" in site["events/town-1990.html"]


def test_a_single_figure_is_not_drawn(site: dict[str, str]) -> None:
    injured = site["events/town-1990.html"].split('id="measure.injured"')[1].split("</table>")[0]
    assert "<svg" not in injured


def test_each_figure_leads_to_its_source_locator_and_entry(site: dict[str, str]) -> None:
    row = row_of(site["events/town-1990.html"], "figure.f-about")
    assert 'href="../sources/report~1.html"' in row
    assert "ch. 2, p. 12" in row
    assert f'title="Entry {PAGE.state.logged("figure", "f-about").index} of the log"' in row


def test_days_and_acts_of_an_event_are_on_its_page(site: dict[str, str]) -> None:
    words = plain(site["events/town-1990.html"])
    assert "Resolution 7" in words
    assert "word used: “tragedy”" in words
    assert "Kept by Uplanders (synthetic)" in words
    assert "Old Town" in words
    assert "Town, January 1990 followed Town, January 1918" in words


def test_acts_are_never_counted_together(site: dict[str, str]) -> None:
    words = plain(site["recognition.html"])
    assert "No tally is made" in words
    assert "No recorded event named" in words
    assert "5-1, 2 abstaining" in words


def test_the_page_of_a_source(site: dict[str, str]) -> None:
    words = plain(site["sources/index~.html"])
    assert "Rested on by Paper A of 16 January ; Paper B of 17 January" in words
    page = site["sources/copy-a.html"]
    assert f'href="../items/{KEPT[7:]}.html.txt"' in page
    assert f"items/{CLOSED[7:]}" not in page
    assert f"sha256:{CLOSED[7:]}" in page
    assert "kept, not carried by this edition" in page
    assert 'href="../events/town-1990.html#figure.f-a"' in page


def test_a_statement_keeps_its_words_and_traces_its_facts(site: dict[str, str]) -> None:
    page = site["statements/january.en.html"]
    assert ">48</a> were killed" in page
    assert "The record also holds: 48–300; about 90; at least 400; at most 1,000" in page
    assert "the record holds no figure none" in page
    assert f"entry {PAGE.state.logged('figure', 'f-a').index} of the log" in page
    assert KEPT[7:] in page
    assert 'id="named"' in page
    assert "FIG-range" in page
    assert "Waived: A. Example: to be cited" in page
    assert "Anna Example (synthetic)" in page
    assert "Not cited in the text" in page


BOUND = """\
---
language: en
---
# Of dates

## Preamble

Some say [13-19 January](date:a-date), [48](figure:f-a) or [90](figure:f-about) [1; 2; 3], and
[in their words](quote:report/1#p2); we keep [the day](day:day-1) and [the act](recognition:rec-1)
of [the town](event:town-1990).

## References

1. copy-a — Paper A, its first page
2. copy-b: p. 90
3. Of no record, p. 3
"""


@pytest.fixture(scope="module")
def bound() -> str:
    return site_of(edition_view(statements=(("b.md", BOUND),)))["statements/b.html"]


def test_words_bound_to_one_date_name_its_speaker_and_its_rivals(bound: str) -> None:
    words = plain(bound)
    assert "13–19 January 1990: Paper A (synthetic)" in words
    assert "The record also holds: 13–20 January 1990" in words


def test_rivals_that_a_clause_names_itself_are_not_said_again(bound: str) -> None:
    assert bound.count("The record also holds: 48") == 1
    assert "The record also holds: 48–300; at least 400; at most 1,000" in bound


def test_every_kind_of_binding_leads_to_its_record(bound: str) -> None:
    for path in (
        "../sources/report~1.html",
        "../days.html#day.day-1",
        "../recognition.html#recognition.rec-1",
        "../events/town-1990.html",
    ):
        assert f'<a href="{path}">' in bound.split('class="trace"', 1)[1], path
    assert "unresolved" not in bound.split('class="words"')[1].split("</div>", maxsplit=1)[0]


def test_a_reference_keeps_its_own_words_or_takes_those_of_the_record(bound: str) -> None:
    words = plain(bound.split('class="references"')[1])
    assert "Paper A, its first page" in words
    assert "Paper B of 17 January , 17 January 1990, p. 90" in words
    assert "Of no record, p. 3" in words


def test_versions_of_a_statement_lead_to_one_another() -> None:
    other = STATEMENT.replace("language: en", "language: hy\ntranslation_of: january.en.md")
    site = site_of(
        edition_view(statements=(("january.en.md", STATEMENT), ("january.hy.md", other)))
    )
    assert (
        'href="../statements/january.hy.html" hreflang="hy"' in site["statements/january.en.html"]
    )
    assert '<h1 lang="hy" dir="ltr">' in site["statements/january.hy.html"]


def test_statements_with_like_names_have_pages_of_their_own() -> None:
    site = site_of(edition_view(statements=(("a b.md", STATEMENT), ("a:b.md", STATEMENT))))
    assert {"statements/a-b.html", "statements/a-b~2.html"} <= site.keys()


def test_what_is_withheld_is_declared() -> None:
    words = plain(site_of(edition_view(withheld={"figure": 2, "assertion": 1}))["verify.html"])
    assert "figure 2 entries" in words
    assert "assertion 1 entry" in words


def test_the_feed_leaves_out_an_undecided_day_and_says_so(site: dict[str, str]) -> None:
    assert "Day of the town" in site["days.ics"]
    assert "Leap day" not in site["days.ics"]
    assert "Not in days.ics: day-3" in plain(site["days.html"])


class _Outline(HTMLParser):
    """Ids and links of a page; every element must be closed in the order in which it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"href", "src"}:
                self.links.append(value or "")
        if tag not in {"meta", "link", "br", "hr", "img", "input"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open, tag

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag


def test_every_element_is_closed_and_every_id_is_used_once(site: dict[str, str]) -> None:
    for path, content in site.items():
        if path.endswith(".html"):
            outline = _Outline(content)
            assert not outline.open, path
            assert all(outline.ids), path
            assert len(outline.ids) == len(set(outline.ids)), path


def test_every_link_leads_somewhere_within_the_edition(site: dict[str, str]) -> None:
    pages = {path: _Outline(text) for path, text in site.items() if path.endswith(".html")}
    followed = 0
    for path, outline in pages.items():
        for link in outline.links:
            if link.startswith(("https://example.org/", "data:image/svg+xml,")):
                continue
            target, _, fragment = unquote(link).partition("#")
            assert not target.startswith("/"), (path, link)
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            there = there if target else path
            assert there in site or there == f"items/{KEPT[7:]}.html.txt", (path, link)
            assert not fragment or fragment in pages[there].ids, (path, link)
            followed += 1
    assert followed > 200


def test_an_empty_dossier_has_pages() -> None:
    site = site_of(edition_view({}, statements=()))
    assert "days.ics" not in site
    assert "No source is recorded." in site["sources/index.html"]


def test_a_record_whose_neighbours_are_withheld_shows_their_ids() -> None:
    view = edition_view(statements=())
    gone = {"party", "source", "place", "instrument"}
    versions = {kind: by_id for kind, by_id in view.state.versions.items() if kind not in gone}
    state = replace(view.state, versions=versions)
    site = site_of(replace(view, state=state, slots=Slots.of(state)))
    assert "report/1" in site["events/town-1990.html"]


def test_prose_that_stands_among_the_signatories_is_printed() -> None:
    text = (
        "---\nlanguage: en\n---\n\n# Of January\n\n## Signatories\n\nAnna Example\n\n"
        "Those who have signed so far are named above, and more will follow.\n"
    )
    page = site_of(edition_view(statements=(("a.en.md", text),)))["statements/a.en.html"]
    assert "and more will follow." in page
    assert plain(page).count("Anna Example") == 1
