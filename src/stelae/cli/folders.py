"""Folders that commands write whole: only over their own earlier results, never over strangers."""

from collections.abc import Collection, Mapping
from pathlib import Path

from stelae.errors import BadInput
from stelae.values.canonical import parse_json


def require_own(
    folder: Path, manifest: str, schema: str, results: str, *, also: Collection[str] = ()
) -> None:
    """BadInput where a folder holds anything but what an earlier run wrote there.

    What it wrote is in its `manifest` of this `schema`, under `outputs`; `results` is the word for
    it in the message; files named in `also` may lie there too.
    """
    if folder.is_symlink():
        raise BadInput(f"{folder} is not a folder", hint="Choose another place for the results.")
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        value = parse_json((folder / manifest).read_bytes())
    except (OSError, BadInput):
        value = None
    if not isinstance(value, Mapping) or value.get("schema") != schema:
        raise BadInput(
            f"{folder} is not empty and holds no {results}: it is not overwritten",
            hint="Choose an empty or new folder.",
        )
    outputs = value.get("outputs")
    known = {manifest, *also, *(outputs if isinstance(outputs, Mapping) else ())}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or (not path.is_dir() and name not in known):
            raise BadInput(
                f"{folder} holds {name}, which is no part of the {results} there and would be lost",
                hint="Move it elsewhere, or choose an empty or new folder.",
            )
