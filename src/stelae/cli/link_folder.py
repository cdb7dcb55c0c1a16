"""The folder that `stelae link -o` writes: whole or not at all; decisions in it are never lost."""

import hashlib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from pathlib import Path

from stelae import __version__
from stelae.cli.folders import require_own
from stelae.linkage.decisions import Decision, read, write
from stelae.linkage.linking import Linkage
from stelae.linkage.mapping import Mapping
from stelae.linkage.results import clusters, draws, model_json, pairs, printed, summary
from stelae.publication.writing import staged, write_files
from stelae.values.canonical import Json, canonical_json

MANIFEST = "manifest.json"
DECISIONS = "decisions.jsonl"
_SCHEMA = "stelae-link-manifest/1"


def require_linkage_folder(folder: Path) -> None:
    """BadInput where a folder holds anything but an earlier linkage and its decisions."""
    require_own(folder, MANIFEST, _SCHEMA, "linkage", also=(DECISIONS,))


def kept_decisions(folder: Path | None) -> tuple[Decision, ...]:
    """The decisions that lie in a folder of results."""
    if folder is None:
        return ()
    try:
        content = (folder / DECISIONS).read_bytes()
    except FileNotFoundError:
        return ()
    return read(content, str(folder / DECISIONS))


def write_linkage(
    folder: Path, linkage: Linkage, mapping: Mapping, judged: Sequence[Decision], seed: int
) -> Dict[str, str]:
    """Write a linkage in one step; gives the digest of each file."""
    from stelae.linkage.report import report_page

    tables = {"clusters": clusters(linkage), "pairs": pairs(linkage)}
    if linkage.draws:
        tables["draws"] = draws(linkage)
    outputs: dict[str, str] = {}
    with staged(folder) as stage:
        for name, frame in tables.items():
            frame.write_parquet(stage / f"{name}.parquet")
            frame.write_csv(stage / f"{name}.csv")
        printed(linkage.lists).write_parquet(stage / "records.parquet")
        texts = {
            "model.json": canonical_json(model_json(linkage)),
            "mapping.toml": mapping.to_toml().encode(),
            "index.html": report_page(linkage, seed).encode(),
        }
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
            "outputs": outputs,
        }
        # Decisions that were written while this ran are in the folder by now, and stay.
        newest = dict.fromkeys((*judged, *kept_decisions(folder)))
        lines = [(DECISIONS, write(newest))] if newest else []
        write_files(stage, [(MANIFEST, canonical_json(manifest)), *lines])
    return outputs


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
