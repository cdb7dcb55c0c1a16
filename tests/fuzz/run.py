"""One fuzzing run: `python tests/fuzz/run.py TARGET [--seconds 60] [--corpus FOLDER]`.

Atheris (libFuzzer) changes the seeds and keeps what reaches new code in the folder, so that the
next run goes on from there. A crash ends the run with the bytes in a file beside the folder, whose
name it prints: make a test of them.
"""

import argparse
import importlib.util
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))


def compiled_modules() -> list[str]:
    """Modules of machine code: Numba cannot compile what Atheris puts into a function."""
    spec = importlib.util.find_spec("stelae")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    room = Path(spec.submodule_search_locations[0])
    sources = (path for path in room.rglob("*.py") if "\n@compiled\n" in path.read_text("utf-8"))
    return [".".join(path.relative_to(room.parent).with_suffix("").parts) for path in sources]


with atheris.instrument_imports(include=["stelae"], exclude=compiled_modules()):
    from fuzz_targets import EVERY, TARGETS

HANG = 30
"""Seconds after which one input counts as a hang."""


def main() -> None:
    """Fuzz one target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="?", choices=[*TARGETS, "every"])
    parser.add_argument("--list", action="store_true", help="print the names of the targets")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1, help="as many inputs, whatever the time")
    parser.add_argument("--seed", type=int, default=0, help="0 is another one each time")
    parser.add_argument("--corpus", type=Path, help="what is kept from run to run")
    options = parser.parse_args()
    if options.list or options.target is None:
        print("\n".join(TARGETS))
        return
    target = TARGETS.get(options.target, EVERY)
    with tempfile.TemporaryDirectory() as folder:
        corpus = (options.corpus or Path(folder)) / options.target
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(target.seeds):
            (corpus / f"seed-{number}").write_bytes(seed)
        limits = [
            f"-max_len={target.longest}",
            f"-timeout={HANG}",
            f"-runs={options.runs}",
            f"-seed={options.seed}",
            f"-artifact_prefix={corpus.parent}/{options.target}-",
        ]
        if options.runs < 0:
            limits.append(f"-max_total_time={options.seconds}")
        atheris.Setup([sys.argv[0], *limits, str(corpus)], target.run)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
