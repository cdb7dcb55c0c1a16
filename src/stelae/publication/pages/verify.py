"""How a sceptic verifies an edition with tools that Stelae did not make, and what that shows."""

import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from stelae.publication.text import plural
from stelae.publication.view import EditionView

__all__ = ["VerifyPage", "sceptic", "verify_page"]


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """What the verify page says."""

    origin: str
    size: int
    root: str
    vkey: str
    checkpoint: str
    signature: str
    strangers: str
    check_script: str
    withheld: tuple[tuple[str, str], ...]


@cache
def sceptic(name: str) -> str:
    """The text of a script for sceptics: `signature.sh` or `check.py.txt`; the tests run them."""
    folder = importlib.resources.files("stelae.publication") / "templates" / "sceptic"
    return (folder / name).read_text(encoding="utf-8")


def verify_page(view: EditionView) -> VerifyPage:
    """The log's facts and the commands that fit them."""
    log = view.log
    return VerifyPage(
        origin=log.origin,
        size=log.size,
        root=log.root,
        vkey=log.vkey,
        checkpoint=log.checkpoint,
        signature=sceptic("signature.sh"),
        strangers=sceptic("strangers.sh"),
        check_script=sceptic("check.py.txt"),
        withheld=(
            *_declared(view.withheld, "entry", "entries"),
            *_declared(view.in_part, "entry in part", "entries in part"),
        ),
    )


def _declared(counts: Mapping[str, int], one: str, many: str) -> Iterator[tuple[str, str]]:
    return ((kind, plural(count, one, many)) for kind, count in sorted(counts.items()) if count)
