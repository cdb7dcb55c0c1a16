"""`stelae link NEW... --into FOLDER`: later lists joined to a linkage, and what they changed."""

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from stelae.cli.link_decisions import kept_decisions
from stelae.cli.link_folder import highest_cluster, read_mapping_of, write_linkage
from stelae.cli.link_progress import stages
from stelae.cli.terminal import count, print_json, say
from stelae.linkage.decisions import applied, read
from stelae.linkage.fields import Lists
from stelae.linkage.joining_later import Joined, join_later, with_later
from stelae.linkage.linking import Linkage
from stelae.linkage.list_merging import merged_mapping
from stelae.linkage.mapping import Mapping
from stelae.linkage.results import summary

__all__ = ["join_into"]


def join_into(
    folder: Path,
    earlier: Linkage,
    later: Lists,
    mapping: Mapping,
    decisions: Sequence[Path],
    engine: str,
    seed: int,
    *,
    as_json: bool,
) -> None:
    """Join later lists to the linkage in a folder, write it there, and say what changed."""
    from stelae.cli.link import open_engine

    whole = with_later(earlier, later)
    judged = (
        *(each for path in decisions for each in read(path.read_bytes(), str(path))),
        *kept_decisions(folder),
    )
    once = [one.name for one in whole.as_read.lists if one.once]
    decided = applied(judged, whole.as_read.frame, once=once)
    for note in decided.notes:
        say(note)
    highest = highest_cluster(folder, earlier)
    with open_engine(engine) as tables, stages() as progress:
        joined = join_later(
            whole,
            tables,
            np.random.default_rng(seed),
            decided=decided,
            highest=highest,
            progress=progress,
        )
    both = merged_mapping(
        read_mapping_of(folder),
        [one.file for one in earlier.as_read.lists],
        mapping,
        [one.file for one in later.lists],
    )
    had_draws = (folder / "draws.parquet").exists()
    outputs = write_linkage(
        folder, joined.linkage, both, judged, seed, highest=highest, joined=joined
    )
    if as_json:
        shown = summary(joined.linkage, outputs)
        changed = joined.changes
        print_json(
            {
                **shown,
                "pairs_scored": joined.compared,
                "changes": {
                    "clusters_before": changed.clusters_before,
                    "clusters_after": changed.clusters_after,
                    **changed.counts(),
                },
            }
        )
        return
    _tell(folder, later, joined, had_draws=had_draws)


def _tell(folder: Path, later: Lists, joined: Joined, *, had_draws: bool) -> None:
    for one in later.lists:
        click.echo(f"{one.name:24} {one.records:>11,} records" + (", each person once" * one.once))
    counts = joined.changes.counts()
    after = joined.changes.clusters_after
    click.echo(
        f"{count(later.frame.height, 'record')} came to {joined.changes.clusters_before:,} people,"
        f" who are now {after:,}: {joined.compared:,} pairs compared."
    )
    click.echo(
        f"{counts['joined']:,} clusters were joined by new records, {counts['new']:,} are new,"
        f" {counts['merged']:,} merged, {counts['split']:,} split;"
        f" {after - len(joined.changes.changed):,} stayed as they were."
    )
    say(f"Wrote {folder}: what changed is in {folder / 'changes.csv'}.")
    if had_draws:
        say("Draws of whole clusterings are gone; link all lists with --draws to make them again.")
    say("The weights are those of the earlier lists; link all lists anew when many have come.")
