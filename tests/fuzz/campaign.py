"""Fuzz every target for some seconds, one after the other, from its first inputs and earlier ones.

    python tests/fuzz/campaign.py [--seconds 60] [TARGET...]

Inputs that reached something new are kept in build/fuzz/TARGET; those that broke it beside them.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from seeds import SEEDS

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run, and exit with 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("targets", nargs="*", default=list(SEEDS))
    options = parser.parse_args()
    broken = []
    for name in options.targets:
        folder = ROOT / "build" / "fuzz" / name
        folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(SEEDS[name]):
            (folder / f"seed-{number}").write_bytes(data)
        print(f"{name}: {options.seconds} s", flush=True)
        done = subprocess.run(
            [
                sys.executable,
                Path(__file__).with_name("targets.py"),
                name,
                f"-max_total_time={options.seconds}",
                "-max_len=4000",
                "-timeout=30",
                "-print_final_stats=1",
                f"-artifact_prefix={folder.parent}/{name}-",
                folder,
            ],
            check=False,
        )
        if done.returncode:
            broken.append(name)
    if broken:
        sys.exit(f"found something in: {', '.join(broken)}; see build/fuzz")


if __name__ == "__main__":
    main()
