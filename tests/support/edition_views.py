"""A synthetic view for the pages of an edition: every form of figure, date and quarrel in small.

Everything and everyone is invented; some of it is hostile on purpose.
"""

import hashlib
from collections.abc import Mapping

from stelae.publication.site import render_site
from stelae.publication.view import EditionView, LogFacts, PublishedStatement, Remark
from stelae.records.catalogue import from_logged_body
from stelae.records.fold import State, fold
from stelae.records.importing import plan_import
from stelae.records.journal import Logged
from stelae.records.settings import Profile, Settings
from stelae.records.tables import read_table
from stelae.records.views import Slots
from stelae.statements.read import read_statement
from stelae.values.names import Names

# ruff: noqa: E501 - rows of records are as long as they are

EVIL = '<script>alert("x")</script>'
KEPT = "sha256:" + "ab" * 32
CLOSED = "sha256:" + "cd" * 32

RECORDS: dict[str, str] = {
    "parties.csv": f"""\
id,name:en,name:ar,kind
paper-a,Paper A (synthetic),,press
paper-b,Paper B (synthetic),,press
inquiry,Inquiry (synthetic),لجنة (اصطناعية),authority
evil,"{EVIL.replace('"', '""')} & ""Sons"" (synthetic)",,person
uplanders,Uplanders (synthetic),,community
lowlanders,Lowlanders (synthetic),,community
""",
    "sources.csv": """\
id,title:en,title:hy,kind,authors,rests_on,date,url,language
index,Dispatch,,press,paper-a,,1990-01-15,https://example.org/a?b=1&c=2,en
copy-a,Paper A of 16 January,,press,paper-a,index,1990-01-16,,en
copy-b,Paper B of 17 January,,press,paper-b,index,1990-01-17,,en
report/1,Report,Զեկույց,report,inquiry,,1991,,hy
""",
    "places.csv": """\
id,name:en,name:hy,within,coordinates,coordinates_from
land,Land,,,,
town,Town,Քաղաք,land,"40.50, 49.80",a gazetteer
""",
    "place-names.csv": """\
id,place,text,language,period,said_by,source
town-old,town,Old Town,en,1900/1936,inquiry,report/1
""",
    "events.csv": """\
id,name:en,name:hy,name:ar,place,communities,note
town-1990,"Town, January 1990","Քաղաք, 1990",المدينة ١٩٩٠,town,uplanders; lowlanders,
town/1918,"Town, January 1918",,,town,lowlanders,
no-figures,Village without figures,,,,,
""",
    "links.csv": """\
id,event,relation,other,said_by,source
l-1,town-1990,followed,town/1918,inquiry,report/1
""",
    "assertions.csv": f"""\
id,subject,slot,value,said_by,source,locator,polarity,quote,qualifiers:involvement,qualifiers:language
a-date,event:town-1990,date,1990-01-13/1990-01-19,paper-a,copy-a,p. 1,,,,
a-date-2,event:town-1990,date,1990-01-13/1990-01-20,inquiry,report/1,ch. 2,,,,
a-old,event:town/1918,date,julian:1918-01-09/1918-01-12,inquiry,report/1,,,,,
a-word,event:town-1990,qualification,a crime without a name,paper-b,copy-b,,,,,
a-name,event:town-1990,name,أحداث المدينة,paper-b,copy-b,,,,,ar
a-unit,event:town-1990,alleged-perpetrator,Unit 7 (synthetic),inquiry,report/1,,,,failed-to-prevent,
a-unit-2,event:town-1990,alleged-perpetrator,Unit 7 (synthetic),evil,copy-b,,denies,,,
a-act,event:town-1990,act,killing,inquiry,report/1,,,,,
a-evil,event:town-1990,cause,"{EVIL.replace('"', '""')}",evil,copy-b,"p. <b>1</b>",,"{EVIL.replace('"', '""')}",,
""",
    "figures.csv": """\
id,event,measure,count,of,said_by,source,locator,kind,scope,stated,origin
f-a,town-1990,killed,48,,paper-a,copy-a,p. 1,,,,
f-b,town-1990,killed,48,,paper-b,copy-b,p. 3,,,,
f-about,town-1990,killed,~90,,inquiry,report/1,"ch. 2, p. 12",enumerated,,,
f-range,town-1990,killed,48..300,,evil,copy-b,,,,,
f-least,town-1990,killed,400..,,evil,copy-b,,,,,
f-most,town-1990,killed,..1000,,inquiry,report/1,,estimate,,,
f-words,town-1990,killed,"""
    '"""several hundred"""'
    """,,paper-b,copy-b,,,,,
f-gone,town-1990,killed,5000,,paper-b,copy-b,,,,,
f-wounded,town-1990,injured,7,,paper-a,copy-a,,,,,
f-part,town/1918,killed,6,Lowlanders,inquiry,report/1,,,,,
f-whole,town/1918,killed,32,all persons,inquiry,report/1,,,,,
""",
    "instruments.csv": "id,title:en,number,date\ndecree-5,Decree,5,1990-12-01\n",
    "recognitions.csv": """\
id,body,kind,date,title,event,stance,words,chamber,binding,votes,said_by,source
rec-1,inquiry,organisation,1991-02-03,Resolution 7,town-1990,condemns,tragedy,Plenary,none,"5-1, 2 abstaining",inquiry,report/1
rec-2,evil,parliament,,Note,,declines,,,,,evil,copy-b
""",
    "days.csv": """\
id,date,calendar,name:en,name:hy,observed_by,since,instrument,event,said_by,source
day-1,--01-20,,Day of the town,Քաղաքի օր,uplanders,1991 (first marked),decree-5,town-1990,inquiry,report/1
day-2,--01-09/--01-12,julian,Days of January,,lowlanders,,,town/1918,inquiry,report/1
day-3,--02-29,,Leap day,,lowlanders,,,,inquiry,report/1
""",
    "preferences.csv": "id,prefers,by,why\np-1,figure:f-about,inquiry,It names each person.\n",
    "retractions.csv": """\
id,target,kind,by,why,date
r-1,figure:f-gone,by-speaker,paper-b,The paper printed a correction.,1990-02-01
""",
}

STATEMENT = """\
---
title: Of January
language: en
date: 2026-01-20
---

# Of January

## Having regard

From [13 January 1990](date:town-1990) on, [48](figure:f-a) were killed [1, p. 1]; [nobody](figure:none) knows more.

1. A named clause with <b>mark-up</b> & an ampersand. {#named}

## References

1. copy-a: p. 1
2. A book that nobody cites, p. 3

## Signatories

- Anna Example (synthetic), teacher
"""


def digest(text: str) -> str:
    """A digest in the form that leaves and items have."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def state_of(files: Mapping[str, str], *, hostile: bool = False) -> State:
    """The state after importing these files into an empty journal.

    With `hostile` a source has an address that import would have refused.
    """
    tables = [read_table(name, content.encode()) for name, content in files.items()]
    proposals = [(p.kind, p.body) for p in plan_import(fold([]), tables).proposals]
    if "sources.csv" in files and "copy-a" in files["sources.csv"]:
        for identifier, media_type in ((KEPT, "text/html"), (CLOSED, "application/pdf")):
            body = {"id": identifier, "source": "copy-a", "media_type": media_type, "size": "1234"}
            proposals.append(("item", body))
    if hostile:
        proposals = [
            (kind, {**body, "url": "javascript:alert(1)"} if body["id"] == "copy-a" else body)
            for kind, body in proposals
        ]
    return fold(
        Logged(
            index=index,
            id=digest(repr(body)),
            kind=kind,
            actor="a-0123456789abcdef",
            previous=None,
            record=from_logged_body(kind, body),
            recorded_at="2026-01-20T12:00:00Z",
        )
        for index, (kind, body) in enumerate(proposals)
    )


def edition_view(
    files: Mapping[str, str] = RECORDS,
    *,
    statements: tuple[tuple[str, str], ...] = (("january.en.md", STATEMENT),),
    number: int | None = 1,
    withheld: Mapping[str, int] | None = None,
) -> EditionView:
    """A view of these records and statements, the rest made up."""
    state = state_of(files, hostile=True)
    remarks = (
        Remark("FIG-range", "warning", "one of 6 rival figures", 10, "recitals-1"),
        Remark("REF-unused", "note", f"never cited {EVIL}", 16, "", "A. Example: to be cited"),
    )
    return EditionView(
        settings=Settings(
            Profile(
                title=Names.of({"en": "Town (synthetic)", "hy": "Քաղաք (սինթետիկ)"}),
                languages=("en", "hy"),
                notice=Names.of({"en": "Invented for tests.", "ar": "مختلق للاختبار."}),
                intro=Names.of({"en": "What is said of a town."}),
            ),
            origin="example.org/town/log1",
            log_key="example.org/town/log1+00000000+AQ",
        ),
        state=state,
        slots=Slots.of(state),
        statements=tuple(
            PublishedStatement(read_statement(text, name), remarks, name)
            for name, text in statements
        ),
        items={KEPT: True},
        log=LogFacts(
            "example.org/town/log1", state.size, "cm9vdA==", "example.org/town/log1+0+AQ", ""
        ),
        published_at="2026-01-20T12:00:00Z",
        version="0.0-test",
        number=number,
        withheld=withheld or {},
    )


def site_of(view: EditionView) -> dict[str, str]:
    """The rendered files by path; bytes that are no UTF-8 would fail here."""
    return {path: content.decode() for path, content in render_site(view)}
