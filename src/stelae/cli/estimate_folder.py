"""The folder that `stelae estimate -o` writes: whole or not at all, and never over strangers."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from stelae import __version__
from stelae.cli.folders import require_own
from stelae.estimation.checks import Checks
from stelae.estimation.estimates import Estimates
from stelae.estimation.histories import CaptureHistories
from stelae.publication.writing import staged, write_files
from stelae.values.canonical import Json, canonical_json
from stelae.values.digests import digest_of

MANIFEST = "manifest.json"
_SCHEMA = "stelae-estimate-manifest/1"
_ESTIMATES = "estimates.json"


def require_ours(folder: Path) -> None:
    """BadInput where a folder holds anything but what an earlier `stelae estimate` wrote there."""
    require_own(folder, MANIFEST, _SCHEMA, "estimates")


def write_folder(
    folder: Path,
    estimates: Estimates,
    tables: Sequence[CaptureHistories],
    checks: Checks | None,
    asked: Mapping[str, Json],
    command: str,
) -> Mapping[str, str]:
    """Write the results in one step; gives the digest of each file."""
    from stelae.estimation.report import report_files

    files = {
        _ESTIMATES: document(estimates, checks),
        **report_files(estimates, tables, checks, command),
    }
    outputs = {name: digest_of(content) for name, content in sorted(files.items())}
    first = estimates.strata[0].pooled
    manifest: dict[str, Json] = {
        "schema": _SCHEMA,
        "version": __version__,
        "method": estimates.method,
        "parameters": first.to_json(whole=False)["parameters"],
        "level": first.level,
        **asked,
        "inputs": {name: digest for table in tables for name, digest in table.inputs.items()},
        "outputs": outputs,
    }
    files[MANIFEST] = canonical_json(manifest)
    with staged(folder) as stage:
        write_files(stage, files.items())
    return {**outputs, MANIFEST: digest_of(files[MANIFEST])}


def document(estimates: Estimates, checks: Checks | None) -> bytes:
    """estimates.json: everything, so that both can be read back."""
    whole = estimates.to_json()
    return canonical_json({**whole, "checks": None if checks is None else checks.to_json()})
