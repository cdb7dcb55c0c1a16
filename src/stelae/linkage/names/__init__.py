"""Names of people compared across scripts: a learned channel between letters, words to words."""

from stelae.linkage.names.comparison import ReadyNames, name_likeness, ready_names
from stelae.linkage.names.explanation import NameComparison, explain
from stelae.linkage.names.index import TokenPairs, token_pairs
from stelae.linkage.names.model import NameModel, retrain, train
from stelae.linkage.names.rows import WordRows, word_rows
from stelae.linkage.names.tokens import tokenize

__all__ = [
    "NameComparison",
    "NameModel",
    "ReadyNames",
    "TokenPairs",
    "WordRows",
    "explain",
    "name_likeness",
    "ready_names",
    "retrain",
    "token_pairs",
    "tokenize",
    "train",
    "word_rows",
]
