from pathlib import Path

import pytest

from stelae.errors import ImportRefused
from stelae.estimation.histories import Replicate
from stelae.estimation.reading import Reading, Wanted, read_histories

CLUSTERS = """\
list,record,cluster,draw,region
A,1,x,0,north
A,2,y,0,north
B,1,x,0,
B,3,z,0,south
A,1,x,1,north
A,2,y,1,north
B,1,y,1,
B,3,z,1,south
"""


def read(
    folder: Path,
    clusters: str,
    strata: str | None = None,
    *,
    by: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
) -> Reading:
    (folder / "clusters.csv").write_text(clusters)
    second = None
    if strata is not None:
        second = folder / "strata.csv"
        second.write_text(strata)
    return read_histories([folder / "clusters.csv"], Wanted(lists, by), strata=second)


def problems(
    folder: Path, *texts: str, by: tuple[str, ...] = (), lists: tuple[str, ...] = ()
) -> list[str]:
    with pytest.raises(ImportRefused) as caught:
        read(folder, *texts, by=by, lists=lists)
    return [str(problem) for problem in caught.value.problems]


def test_persons_are_the_clusters_of_each_linkage(tmp_path: Path) -> None:
    found = read(tmp_path, CLUSTERS).tables
    assert [table.replicate for table in found] == [Replicate(None, 0), Replicate(None, 1)]
    assert [dict(table) for table in found] == [{1: 1, 2: 1, 3: 1}, {1: 1, 2: 1, 3: 1}]


def test_two_records_of_one_list_are_one_person_on_it(tmp_path: Path) -> None:
    rows = "list,record,cluster\nA,1,x\nA,2,x\nB,3,x\nB,4,y\nA,5,z\n"
    assert dict(read(tmp_path, rows).tables[0]) == {1: 1, 2: 1, 3: 1}


def test_a_persons_stratum_is_what_their_records_say(tmp_path: Path) -> None:
    found = read(tmp_path, CLUSTERS, by=("region",)).tables
    assert [(table.stratum["region"], dict(table)) for table in found] == [
        ("north", {1: 1, 3: 1}),
        ("north", {1: 1, 3: 1}),
        ("south", {2: 1}),
        ("south", {2: 1}),
    ]


@pytest.mark.parametrize(
    "strata",
    [
        "cluster,sex\nx,f\ny,m\nz,f\n",
        "list,record,sex\nA,1,f\nA,2,m\nB,3,f\n",
        "cluster,draw,sex\nx,0,f\ny,0,m\nz,0,f\nx,1,f\ny,1,m\nz,1,f\n",
    ],
    ids=["cluster", "record", "cluster and draw"],
)
def test_strata_come_from_a_second_file(tmp_path: Path, strata: str) -> None:
    found = read(tmp_path, CLUSTERS, strata, by=("sex",)).tables
    assert {(t.stratum["sex"], t.replicate.linkage): t.observed for t in found} == {
        ("f", 0): 2,
        ("m", 0): 1,
        ("f", 1): 2,
        ("m", 1): 1,
    }
    assert set(found[0].inputs) == {"clusters.csv", "strata.csv"}


def test_lists_can_be_chosen(tmp_path: Path) -> None:
    rows = "list,record,cluster\nA,1,x\nB,1,x\nB,2,y\nC,1,z\nA,2,w\n"
    found = read(tmp_path, rows, lists=("B", "A"))
    assert found.tables[0].lists == ("B", "A")
    assert dict(found.tables[0]) == {1: 1, 2: 1, 3: 1}
    assert any("on none of the lists chosen: 1 people" in note for note in found.notes)


def test_what_is_missing_or_no_number_has_its_place(tmp_path: Path) -> None:
    rows = "list,record,cluster,draw\nA,1,x,0\n,2,y,0\nB,,x,0\nB,3,,0\nB,4,z,first\n"
    assert problems(tmp_path, rows) == [
        "clusters.csv, row 3, column list: is missing",
        "clusters.csv, row 4, column record: is missing",
        "clusters.csv, row 5, column cluster: is missing",
        "clusters.csv, row 6, column draw: 'first' is no whole number",
    ]


def test_a_record_belongs_to_one_person(tmp_path: Path) -> None:
    rows = "list,record,cluster\nA,1,x\nB,1,x\nA,1,y\n"
    (found,) = problems(tmp_path, rows)
    assert "row 4, column record: record '1' of list 'A' stands in row 2 already" in found


def test_each_linkage_is_of_all_records(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, CLUSTERS + "B,4,w,1,south\n")
    assert "draw 0 holds 4 records where another holds 5" in found


def test_a_person_without_a_stratum_or_with_two_is_refused(tmp_path: Path) -> None:
    rows = "list,record,cluster,region\nA,1,x,n\nB,1,x,s\nA,2,y,\nB,2,z,n\n"
    found = problems(tmp_path, rows, by=("region",))
    assert any(
        "row 2, column region: the records of cluster 'x' say 'n' and 's'" in p for p in found
    )
    assert any("row 4, column region: no record of cluster 'y' says it" in p for p in found)


def test_in_draws_a_person_counts_where_most_of_their_records_do(tmp_path: Path) -> None:
    header = "list,record,cluster,draw,region\n"
    one = "A,1,x,1,s\nB,1,x,1,n\nC,1,x,1,s\nA,2,y,1,s\nB,2,y,1,n\nC,2,z,1,\nA,3,z,1,n\n"
    two = "A,1,x,2,s\nB,1,v,2,n\nC,1,x,2,s\nA,2,y,2,s\nB,2,w,2,n\nC,2,z,2,\nA,3,z,2,n\n"
    path = tmp_path / "draws.csv"
    path.write_text(header + one + two)
    found = read_histories([path], Wanted(by=("region",)))
    people = {
        (table.stratum["region"], table.replicate.linkage): table.observed for table in found.tables
    }
    # x is mostly of s; y says both once, and n comes first.
    assert people == {("s", 1): 1, ("n", 1): 2, ("s", 2): 2, ("n", 2): 3}
    assert any(
        "2 of 8 people in all draws have records that say different values of region" in note
        for note in found.notes
    )


def test_a_second_file_names_each_person_once(tmp_path: Path) -> None:
    found = problems(tmp_path, CLUSTERS, "cluster,sex\nx,f\nx,m\ny,m\nz,f\n", by=("sex",))
    assert found == ["strata.csv, row 3, column cluster: cluster 'x' stands in row 2 already"]


def test_a_second_file_says_whom_it_is_of(tmp_path: Path) -> None:
    found = problems(tmp_path, CLUSTERS, "person,sex\nx,f\n", by=("sex",))
    assert "strata.csv, row 1, column cluster: there is no such column" in found[0]


def test_one_list_cannot_overlap(tmp_path: Path) -> None:
    found = problems(tmp_path, "list,record,cluster\nA,1,x\nA,2,y\n")
    assert "has 1 list: A" in found[0]


def test_an_unknown_list_or_column_is_refused(tmp_path: Path) -> None:
    assert "there is no list 'Z'" in problems(tmp_path, CLUSTERS, lists=("A", "Z"))[0]
    assert "column sex: there is no such column" in problems(tmp_path, CLUSTERS, by=("sex",))[0]
