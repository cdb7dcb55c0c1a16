"""The folder that `stelae link -o` writes: whole or not at all; decisions in it are never lost."""

import hashlib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from stelae import __version__
from stelae.cli.folders import require_own
from stelae.cli.link_decisions import DECISIONS, kept_decisions, locked
from stelae.errors import BadInput
from stelae.evidence.durable import remove_leftovers, storage_errors
from stelae.linkage.decisions import NOTHING_DECIDED, Applied, Decision, standing, write
from stelae.linkage.joining_later import Joined
from stelae.linkage.linking import Linkage
from stelae.linkage.mapping import Mapping
from stelae.linkage.mapping_toml import read_mapping
from stelae.linkage.names import NameModel
from stelae.linkage.reopening import Kept, reopened
from stelae.linkage.results import clusters, draws, model_json, pairs, records, summary, words
from stelae.publication.writing import staged, write_files
from stelae.values.canonical import Json, canonical_json, parse_json

MANIFEST = "manifest.json"
NAMES = "names.json.gz"
_SCHEMA = "stelae-link-manifest/1"


def require_linkage_folder(folder: Path) -> None:
    """BadInput where a folder holds anything but an earlier linkage and its decisions."""
    if (folder / MANIFEST).is_file():
        with locked(folder):
            remove_leftovers(folder)
    require_own(folder, MANIFEST, _SCHEMA, "linkage", also=(DECISIONS,))


def names_for(folder: Path | None, given: Path | None) -> NameModel:
    """The model of names that is given, else the one that a folder's lists taught, else ours."""
    if given is not None:
        return NameModel.load(given)
    if folder is not None and (folder / NAMES).is_file():
        return NameModel.load(folder / NAMES)
    return NameModel.shipped()


def read_linkage(folder: Path, names: NameModel) -> Linkage:
    """The linkage that lies in a folder; BadInput where there is none, or not this one."""
    try:
        manifest = parse_json((folder / MANIFEST).read_bytes())
    except (OSError, BadInput):
        manifest = None
    if not isinstance(manifest, Dict) or manifest.get("schema") != _SCHEMA:
        raise BadInput(
            f"{folder} holds no linkage",
            hint="Make one with stelae link LISTS... --map M.toml -o FOLDER.",
        )
    try:
        model = parse_json((folder / "model.json").read_bytes())
        tables = {
            name: pl.read_parquet(folder / f"{name}.parquet")
            for name in ("records", "clusters", "pairs", "words")
        }
    except (OSError, BadInput, pl.exceptions.PolarsError) as error:
        raise BadInput(
            f"a file of the linkage in {folder} is missing or damaged: {error}",
            hint="Run stelae link on the lists again; decisions in the folder are kept.",
        ) from error
    return reopened(
        Kept(**tables, model=model if isinstance(model, Dict) else {}, manifest=manifest), names
    )


def linkage_digest(folder: Path) -> str:
    """The digest of the pairs of the linkage in a folder: it names what reviewers are asked of."""
    manifest = parse_json((folder / MANIFEST).read_bytes())
    outputs = manifest.get("outputs") if isinstance(manifest, Dict) else None
    return str(outputs.get("pairs.parquet", "")) if isinstance(outputs, Dict) else ""


def read_mapping_of(folder: Path) -> Mapping:
    """The mapping of the lists in a folder of results."""
    path = folder / "mapping.toml"
    return read_mapping(path.read_text(encoding="utf-8"), str(path))


def highest_cluster(folder: Path, linkage: Linkage) -> int:
    """The highest id that a cluster of this folder ever had: ids are not given twice."""
    manifest = parse_json((folder / MANIFEST).read_bytes())
    said = manifest.get("highest_cluster") if isinstance(manifest, Dict) else None
    return max(int(linkage.labels.max(initial=-1)) + 1, said if isinstance(said, int) else 0)


def write_linkage(
    folder: Path,
    linkage: Linkage,
    mapping: Mapping,
    judged: Sequence[Decision],
    seed: int,
    *,
    highest: int = 0,
    joined: Joined | None = None,
    decided: Applied = NOTHING_DECIDED,
) -> Dict[str, str]:
    """Write a linkage in one step; gives the digest of each file.

    With `joined`, what a later list changed is written too.
    """
    from stelae.linkage.judging import judged as judge
    from stelae.linkage.report import Reviewed, report_page

    tables = {"clusters": clusters(linkage), "pairs": pairs(linkage)}
    if linkage.draws:
        tables["draws"] = draws(linkage)
    frame = linkage.as_read.frame
    if joined is not None:
        tables["changes"] = joined.changes.table(frame, joined.before)
    outputs: dict[str, str] = {}
    with locked(folder), staged(folder) as stage:
        for name, table in tables.items():
            _write_parquet(stage / f"{name}.parquet", table)
            with storage_errors("write", stage / f"{name}.csv"):
                table.write_csv(stage / f"{name}.csv")
        _write_parquet(stage / "records.parquet", records(linkage.as_read))
        _write_parquet(stage / "words.parquet", words(linkage))
        texts = {
            "model.json": canonical_json(model_json(linkage)),
            "mapping.toml": mapping.to_toml().encode(),
            "index.html": report_page(
                linkage,
                seed,
                Reviewed(
                    decisions=len(standing(judged)),
                    reliability=judge(linkage.pairs, decided, linkage.settings.lean),
                    people=linkage.people,
                ),
            ).encode(),
        }
        if linkage.model.digest != NameModel.shipped().digest:
            texts[NAMES] = linkage.model.to_bytes()
        if joined is not None:
            texts["changes.json"] = canonical_json(joined.changes.to_json(frame, joined.before))
        write_files(stage, texts.items())
        for path in sorted(stage.iterdir()):
            outputs[path.name] = _digest(path)
        said = {key: value for key, value in summary(linkage).items() if key != "seconds"}
        manifest: dict[str, Json] = {
            **said,
            "schema": _SCHEMA,
            "version": __version__,
            "seed": seed,
            "draws": len(linkage.draws),
            "inputs": {one.file: one.digest for one in linkage.lists.lists},
            "decisions": len(judged),
            "highest_cluster": max(highest, int(linkage.labels.max(initial=-1)) + 1),
            "outputs": outputs,
        }
        content = _grown(folder, judged)
        lines = [(DECISIONS, content)] if content else []
        write_files(stage, [(MANIFEST, canonical_json(manifest)), *lines])
    return outputs


def _grown(folder: Path, judged: Sequence[Decision]) -> bytes:
    """The folder's decisions as they are by now, byte for byte, behind those of other files."""
    own = set(kept_decisions(folder))
    others = [each for each in dict.fromkeys(judged) if each not in own]
    return write(others) + ((folder / DECISIONS).read_bytes() if own else b"")


def _write_parquet(path: Path, table: pl.DataFrame) -> None:
    with storage_errors("write", path):
        try:
            table.write_parquet(path)
        except pl.exceptions.ComputeError as error:  # what Polars makes of a full disk
            raise OSError(str(error)) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
