"""`NameModel`: what was learned of names, as data with its origin, version and digest."""

import dataclasses
import functools
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stelae.errors import BadInput
from stelae.linkage.names.alphabet import Alphabet, Encoded, encode
from stelae.linkage.names.background import Background
from stelae.linkage.names.channel import Tables
from stelae.linkage.names.kernels import tabulate
from stelae.linkage.names.tokens import SCRIPTS
from stelae.linkage.names.training import Example, Learned, learn, relearn, weights_of

__all__ = ["FORMAT", "NameModel", "Parameters", "retrain", "train"]

FORMAT = "stelae-names/1"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What words that are given to no other cost, in log odds, and how little a pair may weigh."""

    floor: float = -4.0
    alone: float = 0.7


@dataclass(frozen=True)
class NameModel:
    """Alphabets, background, counts and groups of each pair of scripts; immutable.

    `origin` says from what it was learned; `version` is that of the data.
    """

    learned: Learned
    parameters: Parameters = Parameters()
    version: str = "1"
    origin: str = ""

    @functools.cached_property
    def tables(self) -> Tables:
        """The weights as the kernels read them."""
        return weights_of(self.learned)

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the model's data, in hexadecimal digits."""
        return hashlib.sha256(self.to_text().encode()).hexdigest()

    @classmethod
    def shipped(cls) -> "NameModel":
        """The model that comes with Stelae."""
        return _shipped()

    @classmethod
    def load(cls, path: Path) -> "NameModel":
        """The model of a file that `save` wrote; BadInput where it holds none."""
        try:
            return cls.of_text(gzip.decompress(path.read_bytes()).decode())
        except (gzip.BadGzipFile, zlib.error, EOFError, ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f"{path} holds no model of names ({error})",
                hint="Make one with `stelae names train FILE -o MODEL`.",
            ) from error

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes."""
        path.write_bytes(self.to_bytes())

    def to_bytes(self) -> bytes:
        """The model's file."""
        return gzip.compress(self.to_text().encode(), compresslevel=9, mtime=0)

    def encoded(
        self, tokens: Sequence[str], frequencies: Mapping[str, float] | None = None
    ) -> tuple[Encoded, npt.NDArray[np.float32]]:
        """Words as rows of units, and half the log frequency of each."""
        made = encode(tokens, self.learned.alphabets)
        return made, self.learned.background.half(tokens, made, frequencies)

    def log_odds(
        self,
        encoded: Encoded,
        half: npt.NDArray[np.float32],
        left: npt.NDArray[np.int64],
        right: npt.NDArray[np.int64],
        floor: float = -40.0,
    ) -> npt.NDArray[np.float32]:
        """r of pairs of words, at least `floor`."""
        out = np.zeros(len(left), dtype=np.float32)
        tabulate(
            encoded.script, encoded.start, encoded.length, encoded.units, half,
            self.tables.weights, self.tables.bases, self.tables.strides, left, right, floor, out,
        )  # fmt: skip
        return out

    def to_text(self) -> str:
        """The model as JSON, numbers as they were rounded when they were learned."""
        learned = self.learned
        scripts = [
            {
                "script": script,
                "letters": alphabet.letters,
                "groups": [list(group) for group in alphabet.groups],
                "bigrams": np.round(table.astype(np.float64), 3).tolist(),
            }
            for script, alphabet, table in zip(
                SCRIPTS, learned.alphabets, learned.background.letters, strict=True
            )
        ]
        pairs = [
            {
                "scripts": [SCRIPTS[s], SCRIPTS[t]],
                "singles": [
                    [int(u), int(v), round(float(counts[u, v]), 2)]
                    for u, v in zip(*np.nonzero(counts), strict=True)
                ],
                "groups": [list(each) for each in learned.groups.get((s, t), ())],
            }
            for (s, t), counts in sorted(learned.singles.items())
        ]
        return json.dumps(
            {
                "format": FORMAT,
                "version": self.version,
                "origin": self.origin,
                "parameters": dataclasses.asdict(self.parameters),
                "scripts": scripts,
                "pairs": pairs,
                "words": dict(sorted(learned.background.words.items())),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def of_text(cls, text: str) -> "NameModel":
        """The model of `to_text`; ValueError, KeyError or TypeError where it is none."""
        data: dict[str, Any] = json.loads(text)
        if data.get("format") != FORMAT:
            raise ValueError(f"the format is {data.get('format')!r}, not {FORMAT!r}")
        if [each["script"] for each in data["scripts"]] != list(SCRIPTS):
            raise ValueError(f"the scripts are not {', '.join(SCRIPTS)}")
        alphabets = tuple(
            Alphabet(each["letters"], tuple(tuple(group) for group in each["groups"]))
            for each in data["scripts"]
        )
        letters = tuple(np.array(each["bigrams"], dtype=np.float32) for each in data["scripts"])
        singles, groups = {}, {}
        for each in data["pairs"]:
            s, t = (SCRIPTS.index(script) for script in each["scripts"])
            counts = np.zeros((alphabets[s].size, alphabets[t].size))
            for u, v, count in each["singles"]:
                counts[u, v] = count
            singles[s, t] = counts
            groups[s, t] = tuple((int(u), int(v), float(w)) for u, v, w in each["groups"])
        learned = Learned(alphabets, Background(letters, data["words"]), singles, groups)
        return cls(learned, Parameters(**data["parameters"]), data["version"], data["origin"])


@functools.cache
def _shipped() -> NameModel:
    packed = resources.files("stelae.linkage.names").joinpath("data", "names-1.json.gz")
    return NameModel.of_text(gzip.decompress(packed.read_bytes()).decode())


def train(
    rows: Iterable[tuple[str, str]],
    *,
    origin: str = "",
    version: str = "1",
    progress: Callable[[float], None] | None = None,
) -> NameModel:
    """A model of rows (person, name): two names of one person teach how names are written."""
    people: dict[str, set[str]] = {}
    for person, name in rows:
        people.setdefault(person, set()).add(name)
    examples = [Example(tuple(sorted(names))) for _, names in sorted(people.items())]
    return NameModel(learn(examples, progress=progress), origin=origin, version=version)


def retrain(model: NameModel, pairs: Iterable[tuple[str, str]]) -> NameModel:
    """The model with the counts of these pairs of names, taken to be of one person, added."""
    return dataclasses.replace(
        model,
        learned=relearn(model.learned, list(pairs)),
        origin=f"{model.origin}; retrained on lists at hand".lstrip("; "),
    )
