"""No regular expression of Stelae can be made to run for long: each is linear in its text."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import TypeAlias

import pytest
from backtracking import growth

import stelae
from stelae.statements.languages import language, languages

AnyPattern: TypeAlias = re.Pattern[str] | re.Pattern[bytes]

UNBOUNDED = 1 << 31
"""With this every repetition that has an end is written out, and only the others are loops."""
LONG = 8
"""A repetition of more than this is looked at as if it had no end."""
EXTRAS = {"stelae.cli.lsp", "stelae.statements.language_server"}

LINEAR_ALL_THE_SAME = {
    "stelae.cli.statements._LANGUAGE_FILE": "of the name of a file: 255 bytes at most",
    "stelae.evidence.media._HTML_START": "atomic: a comment ends at its first -->; of 4,096 bytes",
    "stelae.evidence.quoting._NUMBER": "a group of three digits given back leaves a space, and "
    "the match succeeds there",
}
"""What the analysis cannot see, and why it is so."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(stelae.__path__, "stelae."):
        if found.name not in EXTRAS:
            yield importlib.import_module(found.name)


def patterns_in(value: object, depth: int = 0) -> Iterator[AnyPattern]:
    """Every pattern in a value, its members and what they hold."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 6 or isinstance(value, type):
        return
    elif isinstance(value, dict):
        yield from patterns_in((*value, *value.values()), depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from patterns_in(one, depth + 1)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from patterns_in(getattr(value, field.name, None), depth + 1)


def uses_of(name: str, tree: ast.Module) -> set[str]:
    """How the module matches with a pattern of this name: `match`, `fullmatch` or `search`."""
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }
    return {use if use in {"match", "fullmatch"} else "search" for use in called}


def literal(node: ast.expr) -> AnyPattern | None:
    """The pattern that a call of `re` names in place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.compile(node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
        return re.compile(node.value)
    return None


def named_patterns() -> dict[tuple[str, str], AnyPattern]:
    """Every pattern by its name and how it is used; in all ways where that is hidden."""
    found: dict[tuple[str, str], AnyPattern] = {}
    for module in modules():
        tree = ast.parse(inspect.getsource(module))
        for name, value in vars(module).items():
            if name.startswith("__"):
                continue
            for held in patterns_in(value):
                for use in uses_of(name, tree) or {"search", "match", "fullmatch"}:
                    found[f"{module.__name__}.{name}", use] = held
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and (pattern := literal(node.args[0])) is not None
                and node.func.attr in {"match", "fullmatch", "search", "sub", "split", "finditer"}
            ):
                use = node.func.attr if node.func.attr in {"match", "fullmatch"} else "search"
                found[f"{module.__name__}:{node.lineno}", use] = pattern
    for code in languages():
        for held in patterns_in(language(code)):
            found[f"language {code} {held.pattern!r}", "search"] = held
    return found


def test_every_pattern_is_linear_in_its_text() -> None:
    found = named_patterns()
    assert len(found) > 90
    slow = {
        (name, use): pattern.pattern
        for (name, use), pattern in found.items()
        if name not in LINEAR_ALL_THE_SAME
        and (
            (free := growth(pattern, use, few=UNBOUNDED)).exponential
            or free.power > 1
            or (long := growth(pattern, use, few=LONG)).exponential
            or long.power > 2
        )
    }
    assert slow == {}


def test_what_is_excused_is_still_there() -> None:
    assert set(LINEAR_ALL_THE_SAME) <= {name for name, _ in named_patterns()}


@pytest.mark.parametrize(
    "bad",
    [r"(a+)+b", r"(a|a)*b", r"(a|ab|b)*c", r"(?:\w+\s?)*$", r"(x+x+)+y", r"(a|b|ab)*c", r"(a*)*b"],
)
def test_a_loop_that_reads_a_word_in_two_ways_is_exponential(bad: str) -> None:
    assert growth(re.compile(bad)).exponential


@pytest.mark.parametrize(
    ("bad", "power"),
    [
        (r"a*b", 2),
        (r"\s+$", 2),
        (r"a*a*b", 3),
        (r"x\s*\s*y", 2),
        (r"a.*b.*c", 3),
        (r"(a?)+\d*x", 2),
    ],
)
def test_loops_that_hand_over_are_polynomial(bad: str, power: int) -> None:
    found = growth(re.compile(bad))
    assert (found.exponential, found.power) == (False, power)


@pytest.mark.parametrize(
    "good",
    [r"\d+", r"abc", r'"[^"]*"', r"<[^<>]*>", r"^a*$", r";(?:ab|cd)*;", r"x\s*+y", r"(?:a,)*"],
)
def test_what_cannot_be_read_in_two_ways_is_linear(good: str) -> None:
    found = growth(re.compile(good))
    assert (found.exponential, found.power) == (False, 1)


def test_a_long_repetition_counts_as_a_loop_only_where_asked() -> None:
    pattern = re.compile(r"(?:a{1,30}){1,30}b")
    assert growth(pattern).exponential
    assert not growth(pattern, few=UNBOUNDED).exponential
