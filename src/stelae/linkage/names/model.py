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
from stelae.linkage.names.alphabet import Alphabet
from stelae.linkage.names.background import Background, Letters
from stelae.linkage.names.channel import Tables
from stelae.linkage.names.tokens import SCRIPTS
from stelae.linkage.names.training import Example, Learned, learn, relearn, weights_of
from stelae.linkage.names.vocabulary import Vocabulary, make_vocabulary

__all__ = ["FORMAT", "NameModel", "Parameters", "retrain", "train"]

FORMAT = "stelae-names/1"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What words that are given to no other cost, in log odds, and how little a pair may weigh."""

    floor: float = -5.0
    against: float = 6.0
    alone: float = 0.7
    knee: float = 8.0
    slope: float = 0.2


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
        except (
            gzip.BadGzipFile,
            zlib.error,
            EOFError,
            ValueError,
            LookupError,
            TypeError,
        ) as error:
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

    def vocabulary(
        self,
        tokens: Sequence[str],
        frequencies: Mapping[str, float] | None = None,
        *,
        whole: int | None = None,
    ) -> Vocabulary:
        """Words made ready to be compared; only the first `whole` have other forms."""
        learned = self.learned
        return make_vocabulary(
            tokens,
            learned.alphabets,
            learned.background,
            self.tables,
            learned.equals,
            frequencies=frequencies,
            whole=whole,
        )

    def to_text(self) -> str:
        """The model as JSON, numbers as they were rounded when they were learned."""
        learned = self.learned
        scripts = [
            {
                "script": script,
                "letters": alphabet.letters,
                "groups": [list(group) for group in alphabet.groups],
                "bigrams": _plain(table.bigrams),
                "trigrams": [table.codes.tolist(), _plain(table.logs)],
                "contexts": [table.contexts.tolist(), _plain(table.rests)],
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
                "equals": [[a, b, w] for (a, b), w in sorted(learned.equals.items())],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def of_text(cls, text: str) -> "NameModel":
        """The model of `to_text`; ValueError, LookupError or TypeError where it is none."""
        data: dict[str, Any] = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT!r}")
        if [each["script"] for each in data["scripts"]] != list(SCRIPTS):
            raise ValueError(f"the scripts are not {', '.join(SCRIPTS)}")
        alphabets = tuple(
            Alphabet(each["letters"], tuple(tuple(group) for group in each["groups"]))
            for each in data["scripts"]
        )
        letters = tuple(
            Letters(
                np.array(each["bigrams"], dtype=np.float32),
                np.array(each["trigrams"][0], dtype=np.int64),
                np.array(each["trigrams"][1], dtype=np.float32),
                np.array(each["contexts"][0], dtype=np.int64),
                np.array(each["contexts"][1], dtype=np.float32),
            )
            for each in data["scripts"]
        )
        for alphabet, table in zip(alphabets, letters, strict=True):
            parts = [part for group in alphabet.groups for part in group]
            if table.bigrams.shape != (alphabet.size, alphabet.size) or not all(
                0 < part < alphabet.size for part in parts
            ):
                raise ValueError("its letters do not fit its tables")
        singles, groups = {}, {}
        for each in data["pairs"]:
            s, t = (SCRIPTS.index(script) for script in each["scripts"])
            counts = np.zeros((alphabets[s].size, alphabets[t].size))
            for u, v, count in each["singles"]:
                counts[u, v] = count
            units = alphabets[s].units, alphabets[t].units
            if not all(0 <= u < units[0] and 0 <= v < units[1] for u, v, _ in each["groups"]):
                raise ValueError("its groups of letters do not fit its alphabets")
            singles[s, t] = counts
            groups[s, t] = tuple((int(u), int(v), float(w)) for u, v, w in each["groups"])
        equals = {(a, b): float(w) for a, b, w in data["equals"]}
        learned = Learned(alphabets, Background(letters, data["words"]), singles, groups, equals)
        return cls(learned, Parameters(**data["parameters"]), data["version"], data["origin"])


def _plain(table: npt.NDArray[np.float32]) -> Any:
    """Numbers as they were rounded."""
    return np.round(table.astype(np.float64), 3).tolist()


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
