"""Write the reference pages that come from code: records, vocabularies, rules, commands, levels.

    python docs/generate.py [--check]

With --check nothing is written; the exit code is 1 where a page is not what the code says.
"""

import argparse
import ast
import dataclasses
import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from stelae.cli.main import cli
from stelae.linkage.candidates import Limits
from stelae.linkage.comparisons.codes import CodeComparison
from stelae.linkage.comparisons.dates import DateComparison
from stelae.linkage.comparisons.people import NameComparison
from stelae.linkage.comparisons.places import PlaceComparison
from stelae.linkage.comparisons.sexes import SexComparison
from stelae.linkage.comparisons.texts import TextComparison
from stelae.linkage.linking import Settings
from stelae.records.catalogue import KINDS, PLURALS, columns
from stelae.records.columns import Column
from stelae.records.vocabularies import vocabularies
from stelae.statements.checking import RULES

REFERENCE = Path(__file__).resolve().parent / "reference"
SUPPORT = Path(__file__).resolve().parents[1] / "tests" / "support"
NOTE = "<!-- Written by docs/generate.py; change the code, then run `make docs`. -->\n\n"
LANGUAGES = ("en", "hy", "ru", "az")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _form(column: Column) -> str:
    if column.vocabulary and column.vocabulary != "slot":
        return f"code of [{column.vocabulary}](vocabularies.md#{column.vocabulary})"
    if column.vocabulary == "slot":
        return "a [slot](vocabularies.md#slot)"
    name = getattr(column.type, "__name__", str(column.type))
    text = str(column.type)
    if "Names" in name:
        return "names by language"
    if "PartialDate" in text:
        return "date"
    if name == "Count":
        return "count"
    if "Coordinates" in text:
        return "latitude, longitude"
    if name == "Reference":
        return "reference, `kind:id`"
    if text.startswith("tuple"):
        return "list of ids"
    if text.startswith("dict"):
        return "texts by code"
    if name == "FigureKind":
        return "`reported`, `enumerated`, `documented-minimum` or `estimate`"
    if "int" in text:
        return "whole number"
    return "id" if column.refers or column.name == "id" else "text"


def records_page() -> str:
    """Every kind of record with its columns."""
    plurals = {kind: plural for plural, kind in PLURALS.items()}
    out = [
        NOTE + "# Records\n",
        "Each kind of record is a CSV file of this name, or a key of a YAML file. How dates,"
        " counts, names and lists are written: [formats/records.md](../formats/records.md).\n",
    ]
    for kind, type_ in KINDS.items():
        doc = (inspect.getdoc(type_) or "").split("\n\n")[0].replace("\n", " ")
        file = f"`{plurals[kind]}.csv`" if kind in plurals else "made by Stelae, not imported"
        out.append(f"## {kind}\n\n{doc} ({file})\n")
        out.append("| column | form | needed | meaning |\n|---|---|---|---|")
        out.extend(
            f"| `{c.name}` | {_form(c)} | {'yes' if c.required else ''} | {_cell(c.meaning)} |"
            for c in columns(kind)
        )
        out.append("")
    return "\n".join(out)


def vocabularies_page() -> str:
    """Every code with its labels."""
    out = [
        NOTE + "# Vocabularies\n",
        "Codes and our own labels for them; the data are in"
        " `src/stelae/records/data/vocabularies.toml`.\n",
    ]
    for name, codes in vocabularies().items():
        tags = [tag for tag in LANGUAGES if any(tag in code.labels for code in codes.values())]
        out.append(f"## {name}\n")
        out.append(f"| code | {' | '.join(tags)} |\n|---|{'---|' * len(tags)}")
        out.extend(
            f"| `{code.code}` | {' | '.join(_cell(code.labels.get(t, '')) for t in tags)} |"
            for code in codes.values()
        )
        out.append("")
    return "\n".join(out)


def rules_page() -> str:
    """Every rule of `stelae check` with its level and why it is there."""
    out = [
        NOTE + "# Rules of `stelae check`\n",
        "A diagnostic shows a place to look at; it is never a verdict on what happened. A finding"
        " that is meant can be [waived with a reason](../formats/statement.md).\n",
        "| rule | level | `--fix` | why |\n|---|---|---|---|",
    ]
    out.extend(
        f"| `{rule.id}` | {rule.level} | {'yes' if rule.mends else ''} | {_cell(rule.why)} |"
        for rule in RULES
    )
    out.append(
        "\n## What each finds\n\nThe numbers are of the texts of our own wording in"
        " `tests/corpus/statements`: hits that a rule ought to find, and near misses that it ought"
        " to leave alone. They say that a rule does what was meant; on texts of others they will"
        " be lower. A rule below 0.9 of precision may only be a note. A rule without numbers has"
        " no such corpus yet, only its tests.\n"
    )
    for rule in RULES:
        doc = (inspect.getdoc(rule.check) or "").replace("\n", " ")
        out.append(f"- `{rule.id}` finds {doc.removeprefix('Yield ')}")
    out.append(
        "\n## What `--fix` puts right\n\nOnly what asks for no judgement: no count of people or"
        " things, no date and no word of others becomes another, and each citation keeps its"
        " source. A total that does not add up, a number of signatories or a figure that differs"
        " from the record may be wrong on either side, so that no fix chooses. A fix that would"
        " make a new error or warning is not made."
        " [How it works](../how-to/check-a-statement.md).\n"
    )
    out.extend(f"- `{rule.id}`: {rule.mends}." for rule in RULES if rule.mends)
    out.append("\n## Precision and recall\n")
    out.append(
        "| rule | languages | hits | near misses | precision | recall |\n|---|---|---|---|---|---|"
    )
    out.extend(_measured())
    return "\n".join(out) + "\n"


def _measured() -> Iterator[str]:
    sys.path.insert(0, str(SUPPORT))
    corpus = importlib.import_module("rules_corpus")
    paths = {path.stem: path for path in corpus.corpora()}
    for rule in RULES:
        if rule.id in paths:
            found = corpus.measure(paths[rule.id])
            yield (
                f"| `{rule.id}` | {' '.join(sorted(found.languages))} | {found.hits} |"
                f" {found.misses} | {found.precision:.2f} | {found.recall:.2f} |"
            )


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _commands(found, f"{path} {name}")


def commands_page() -> str:
    """The help of every command."""
    out = [NOTE + "# Commands\n", (cli.help or "").split("\n\n")[-1] + "\n"]
    for path, command in _commands(cli, "stelae"):
        context = click.Context(command, info_name=path, max_content_width=90, terminal_width=90)
        out.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(out)


COMPARISONS = (
    (NameComparison("", lambda _, left, __: np.zeros(len(left), dtype=np.float32)), "names"),
    (DateComparison(""), "dates, and ages as the dates of birth that they give"),
    (PlaceComparison("", lambda _, left, __: np.zeros(len(left), dtype=np.float32)), "places"),
    (SexComparison(""), "sexes"),
    (CodeComparison(""), "codes"),
    (TextComparison(""), "texts"),
)


def levels_page() -> str:
    """Every level of every comparison of a linkage, and the settings with their defaults."""
    out = [
        NOTE + "# Levels and settings of a linkage\n",
        "What two records say of one thing reaches a level, from the most alike to the least; where"
        " one says nothing there is none. What a level weighs is learned from the lists"
        " ([formulas](linkage.md), [how to read a weight](../explanation/linkage.md)).\n",
        "## Levels\n\n| of | levels |\n|---|---|",
    ]
    for comparison, of in COMPARISONS:
        out.append(f"| {of} | {'; '.join(comparison.levels)} |")
    out.append(
        "\nOf a name *unique*, *rare* and *common* are steps of its log odds, which count how"
        " common its words are in the lists; of places, codes and texts they are the share of"
        " records that say the same.\n\n## Settings\n\nOf `stelae.linkage.linking.Settings` and"
        " `stelae.linkage.candidates.Limits`, for Python; the command has `--draws` and `--seed`."
        " Log odds are natural here, bits in files and reports.\n\n"
        "| setting | default | meaning |\n|---|---|---|"
    )
    for type_, prefix in ((Settings, ""), (Limits, "limits.")):
        meanings = _meanings(type_)
        for each in dataclasses.fields(type_):
            if each.name != "limits":
                default = f"{each.default:,}".removesuffix(".0")
                meaning = _cell(meanings.get(each.name, "see below"))
                out.append(f"| `{prefix}{each.name}` | {default} | {meaning} |")
    limits = " ".join((inspect.getdoc(Limits) or "").split())
    out.append(f"\nThe limits: {limits}")
    return "\n".join(out)


def _meanings(type_: type) -> dict[str, str]:
    """The string that stands below each field of a class; without one, the next field's."""
    body = ast.parse(textwrap.dedent(inspect.getsource(type_))).body[0]
    if not isinstance(body, ast.ClassDef):
        raise TypeError(f"{type_} is no class")
    found: dict[str, str] = {}
    waiting: list[str] = []
    for line in body.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            waiting.append(line.target.id)
        elif isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) and waiting:
            text = " ".join(str(line.value.value).split())
            found |= dict.fromkeys(waiting, text)
            waiting = []
    return found


def main() -> None:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    pages = {
        "records.md": records_page(),
        "vocabularies.md": vocabularies_page(),
        "rules.md": rules_page(),
        "commands.md": commands_page(),
        "linkage-levels.md": levels_page(),
    }
    stale = []
    for name, text in pages.items():
        path = REFERENCE / name
        content = text.rstrip("\n") + "\n"
        if options.check:
            if not path.is_file() or path.read_text(encoding="utf-8") != content:
                stale.append(name)
        else:
            path.write_text(content, encoding="utf-8")
    if stale:
        print(f"not what the code says: {', '.join(stale)}; run `make docs`", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
