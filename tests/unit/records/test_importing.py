from collections.abc import Callable

import pytest

from stelae.errors import ImportRefused
from stelae.records.dossier import Dossier
from stelae.records.importing import Plan
from stelae.records.sources import Party, Source

Importing = Callable[..., Plan]

HEAD = "id,name:en,kind\n"


def refused(importing: Importing, dossier: Dossier, files: dict[str, str]) -> list[str]:
    size = dossier.log().size
    with pytest.raises(ImportRefused) as caught:
        importing(dossier, files)
    assert dossier.log().size == size
    return [str(problem) for problem in caught.value.problems]


def test_everything_is_recorded_and_the_same_again_changes_nothing(
    dossier: Dossier, importing: Importing, small_files: dict[str, str]
) -> None:
    first = importing(dossier, small_files)
    size = dossier.log().size
    assert (len(first.proposals), first.unchanged) == (size, 0)
    second = importing(dossier, small_files)
    assert (len(second.proposals), second.unchanged) == (0, size)
    assert dossier.log().size == size


def test_the_order_of_files_rows_and_languages_changes_nothing(
    dossier: Dossier, importing: Importing
) -> None:
    importing(dossier, {"parties.csv": "id,name:ru,name:en,kind\na,А,A,press\nb,Б,B,press\n"})
    again = importing(
        dossier, {"parties.csv": "kind,name:en,name:ru,id\npress,B,Б,b\npress,A,А,a\n"}
    )
    assert (len(again.proposals), again.unchanged) == (0, 2)
    assert dossier.state().get(Party, "a").name.in_language("de").text == "А"


def test_yaml_and_csv_say_the_same(dossier: Dossier, importing: Importing) -> None:
    importing(dossier, {"parties.csv": HEAD + 'a," A  B ",press\n'})
    again = importing(dossier, {"parties.yaml": "- {id: a, name: {en: A B}, kind: press}\n"})
    assert again.unchanged == 1


def test_a_default_that_is_written_out_is_no_change(dossier: Dossier, importing: Importing) -> None:
    importing(dossier, {"parties.csv": HEAD + "a,A,press\n"})
    again = importing(
        dossier, {"parties.csv": "id,name:en,kind,consent,note\na,A,press,not-needed,\n"}
    )
    assert again.unchanged == 1


def test_references_may_come_before_what_they_name(dossier: Dossier, importing: Importing) -> None:
    importing(
        dossier,
        {
            "sources.csv": "id,title:en,kind,rests_on,authors\na,A,book,b,p\nb,B,book,,p\n",
            "parties.csv": HEAD + "p,P,press\n",
        },
    )
    assert dossier.state().get(Source, "a").rests_on == ("b",)


def test_all_problems_of_all_files_are_said_at_once_and_nothing_is_recorded(
    dossier: Dossier, importing: Importing
) -> None:
    found = refused(
        importing,
        dossier,
        {
            "parties.csv": HEAD + "good,Good,press\nB,B,press\nc,C,rumour\n",
            "sources.csv": "id,title:en,kind,authors\ns,S,book,goof\n",
            "events.csv": "id,name:en,when\n",
        },
    )
    assert [line.partition(" (")[0] for line in found] == [
        "events.csv, row 1, column when: an event has no column 'when'",
        "parties.csv, row 3, column id: 'B' is no id",
        "parties.csv, row 4, column kind: 'rumour' is no code of the vocabulary 'party-kind'",
        "sources.csv, row 2, column authors: there is no party 'goof'",
    ]
    assert "Did you mean 'good'?" in found[-1]


def test_one_id_in_two_files_is_refused_at_the_second(
    dossier: Dossier, importing: Importing
) -> None:
    (found,) = refused(
        importing,
        dossier,
        {"parties.csv": HEAD + "a,A,press\n", "2-parties.csv": HEAD + "\na,A,press\n"},
    )
    assert found.startswith(
        "2-parties.csv, row 3, column id: the id 'a' is already used in parties.csv, row 2"
    )


def test_one_id_may_name_records_of_two_kinds(dossier: Dossier, importing: Importing) -> None:
    importing(
        dossier,
        {"parties.csv": HEAD + "a,A,press\n", "places.csv": "id,name:en\na,A\n"},
    )
    assert dossier.log().size == 2


def test_what_differs_is_refused_without_the_word_correct(
    dossier: Dossier, importing: Importing
) -> None:
    importing(dossier, {"parties.csv": HEAD + "a,A,press\n"})
    (found,) = refused(importing, dossier, {"parties.csv": HEAD + "a,B,person\n"})
    assert "party 'a' is recorded differently already: name, kind" in found
    assert "--correct" in found


def test_a_correction_cites_what_it_corrects_and_the_old_version_stays(
    dossier: Dossier, importing: Importing
) -> None:
    importing(dossier, {"parties.csv": HEAD + "a,A,press\nb,B,press\n"})
    old = dossier.state().logged("party", "a")
    text = HEAD + "a,A2,press\nb,B,press\nc,C,press\n"
    plan = importing(dossier, {"parties.csv": text}, correct="a misprint")
    assert (len(plan.proposals), plan.unchanged) == (2, 1)
    versions = dossier.state().versions["party"]["a"]
    assert [v.previous for v in versions] == [None, old.id]
    assert [v.why for v in versions] == ["", "a misprint"]
    assert versions[0] == old
    assert dossier.state().logged("party", "c").why == ""
    importing(dossier, {"parties.csv": HEAD + "a,A,press\n"}, correct="it was right")
    assert [v.previous for v in dossier.state().versions["party"]["a"]][2] == versions[1].id


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("sources.csv", "id,title:en,kind,rests_on\na,A,book,a\n", "source:a points to itself"),
        ("places.csv", "id,name:en,within\na,A,a\n", "place:a points to itself"),
        (
            "retractions.csv",
            "id,target,kind,by,why\nr,retraction:r,by-recorder,p,w\n",
            "retraction:r points to itself",
        ),
        (
            "retractions.csv",
            "id,target,kind,by,why\nr,verdict:x,by-recorder,p,w\n",
            "there is no verdict 'x'",
        ),
        (
            "assertions.csv",
            "id,subject,slot,value,said_by,source\na,place:t,place,nowhere,p,s\n",
            "row 2, column value: there is no place 'nowhere'",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(
    dossier: Dossier, importing: Importing, name: str, text: str, says: str
) -> None:
    base = {
        "parties.csv": HEAD + "p,P,press\n",
        "2-places.csv": "id,name:en\nt,T\n",
        "2-sources.csv": "id,title:en,kind\ns,S,book\n",
    }
    assert any(says in line for line in refused(importing, dossier, {**base, name: text}))


def test_only_the_speaker_takes_back_as_speaker(
    dossier: Dossier, importing: Importing, small_files: dict[str, str]
) -> None:
    importing(dossier, small_files)
    head = "id,target,kind,by,why\n"
    files = {"retractions.csv": f"{head}r-2,figure:f-a,by-speaker,us,it is too low\n"}
    (found,) = refused(importing, dossier, files)
    assert "row 2, column by: figure:f-a was said by 'press-a', who alone" in found
    importing(dossier, {"retractions.csv": f"{head}r-2,figure:f-a,by-recorder,us,misread\n"})
    importing(dossier, {"retractions.csv": f"{head}r-3,preference:p-1,by-speaker,us,w\n"})


def test_many_wrong_references_are_all_named(dossier: Dossier, importing: Importing) -> None:
    rows = "".join(f"s{n},S,book,nobody-{n}\n" for n in range(60))
    files = {
        "sources.csv": "id,title:en,kind,authors\n" + rows,
        "parties.csv": HEAD + "nobody-x,P,press\n",
    }
    found = refused(importing, dossier, files)
    assert len(found) == 60
    assert sum("Did you mean" in line for line in found) == 20
