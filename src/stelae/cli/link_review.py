"""`stelae link review`: doubtful pairs one after another, each answer kept at once."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stelae.cli.terminal import hand, say

if TYPE_CHECKING:
    from stelae.cli.pair_text import Paper
    from stelae.linkage.decisions import Answer, Decision
    from stelae.linkage.explaining import Explainer
    from stelae.linkage.reviewing import Question

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="review")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--by", help="Who reviews; by default your actor's id.")
@click.option("-n", "--n", "number", type=click.IntRange(1, 100_000), default=20, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), default=1, show_default=True)
@click.option("--names", type=_FILE, help="The model of names that the linkage was made with.")
@click.pass_obj
def review(
    config: Path | None, folder: Path, by: str | None, number: int, seed: int, names: Path | None
) -> None:
    """Decide on doubtful pairs of the linkage in FOLDER, side by side.

    Keys: y one person, n two, ? cannot tell, u takes the last answer back, e explains, q stops.
    Each answer is kept at once, and never overwritten. Answers can come in as lines:
    printf 'y\\nn\\nq\\n' | stelae link review out/
    """
    import numpy as np

    from stelae.cli.link_decisions import kept_decisions
    from stelae.cli.link_folder import linkage_digest, names_for, read_linkage
    from stelae.cli.pair_text import paper
    from stelae.cli.review_screen import closing
    from stelae.errors import BadInput
    from stelae.linkage.decisions import applied
    from stelae.linkage.explaining import Explainer
    from stelae.linkage.reviewing import questions

    who = hand(config)
    by = who.actor if by is None else by.strip()
    if not by or any(ord(letter) < 32 for letter in by):
        raise BadInput("--by names nobody", hint="Give your name or initials, or leave it out.")
    linkage = read_linkage(folder, names_for(folder, names))
    earlier = kept_decisions(folder)
    once = [one.name for one in linkage.as_read.lists if one.once]
    decided = applied(earlier, linkage.as_read.frame, once=once)
    asked = questions(linkage, earlier, decided, np.random.default_rng(seed), number)
    if not asked:
        click.echo("Every pair in this folder that is in doubt was decided.")
        return
    session = Session(
        folder,
        linkage_digest(folder),
        Explainer(linkage, earlier),
        asked,
        by,
        who.now,
        paper(),
    )
    try:
        session.run(keys() if sys.stdin.isatty() else lines())
    finally:
        click.echo()
        for line in closing(session.answers, len(asked) - len(session.said), str(folder)):
            click.echo(line)


def keys() -> Iterator[str]:
    """Keys as they are struck, without Enter. Ctrl-C interrupts, Ctrl-D ends."""
    while True:
        try:
            yield click.getchar()
        except EOFError:
            return


def lines() -> Iterator[str]:
    """Lines of standard input; BadInput at one that is no answer: what follows would go astray."""
    from stelae.cli.review_screen import KEYS
    from stelae.errors import BadInput

    for number, line in enumerate(sys.stdin, 1):
        word = line.strip()
        if word.lower() not in KEYS:
            raise BadInput(
                f"line {number} of the answers is {word[:40]!r}, which is none",
                hint="y, n, ?, u (undo), e (explain) or q. Answers before it are kept.",
            )
        yield word


@dataclass
class Session:
    """One reviewer at work: which pairs, and what was said so far."""

    folder: Path
    linkage: str
    """The digest that names what the pairs are asked of."""
    explainer: "Explainer"
    asked: tuple["Question", ...]
    by: str
    now: Callable[[], datetime]
    paper: "Paper"
    said: list["Decision"] = field(default_factory=list)

    @property
    def answers(self) -> list["Answer"]:
        """The answers that stand."""
        return [each.answer for each in self.said]

    def run(self, struck: Iterator[str]) -> None:
        """Ask until all is answered, `q`, or the end of the input."""
        from stelae.cli.review_screen import KEYS, keys_line

        while len(self.said) < len(self.asked):
            self._show()
            while True:
                click.echo(self.paper.bold(keys_line(self.paper)))
                key = KEYS.get(next(struck, "q").lower())
                if key == "e":
                    self._explain()
                elif key == "u" and not self.said:
                    say("There is no answer of this round to take back.")
                elif key is None:
                    say("That key says nothing here.")
                else:
                    break
            if key == "q":
                return
            if key == "u":
                self._undo()
            else:
                self._answer(key)

    def _show(self) -> None:
        from stelae.cli.review_screen import screen

        question = self.asked[len(self.said)]
        pair = self.explainer.pair(question.a, question.b)
        for line in screen(
            self.paper,
            pair,
            number=len(self.said) + 1,
            total=len(self.asked),
            why=question.why,
            said=self.answers,
        ):
            click.echo(line)

    def _explain(self) -> None:
        from stelae.cli.explain_text import explained

        question = self.asked[len(self.said)]
        for line in explained(self.paper, self.explainer.pair(question.a, question.b)):
            click.echo(line)

    def _answer(self, key: str) -> None:
        from stelae.cli.review_screen import answered
        from stelae.linkage.decisions import Answer

        answer = {"y": Answer.MATCH, "n": Answer.NON_MATCH, "?": Answer.UNDECIDED}[key]
        decision = self._decision(answer)
        self._add(decision)
        self.said.append(decision)
        click.echo(answered(answer))

    def _undo(self) -> None:
        from dataclasses import replace

        from stelae.linkage.decisions import Answer

        last = self.said[-1]
        self._add(replace(last, answer=Answer.UNDECIDED, at=self._moment(), withdraws=True))
        self.said.pop()
        click.echo("Taken back; here it is again.")

    def _add(self, decision: "Decision") -> None:
        """Keep a decision, and say so where somebody else decided on the pair meanwhile."""
        from stelae.cli.link_decisions import add_decision
        from stelae.linkage.decisions import standing

        known = set(self.explainer.decisions)
        before = add_decision(self.folder, decision)
        self.explainer.decisions = (*before, decision)
        other = standing(before).get(decision.pair)
        if other is not None and other.by != self.by and other not in known:
            say(
                f"Meanwhile {other.by} said {other.answer.value}. Both are kept; yours is the last."
            )

    def _decision(self, answer: "Answer") -> "Decision":
        from stelae.linkage.decisions import Decision, printed_digests

        question = self.asked[len(self.said)]
        read = self.explainer.linkage.as_read
        fields = tuple(each.name for each in read.fields)
        judged = read.frame[[question.a, question.b]]
        (list_a, record_a), (list_b, record_b) = judged.select("list", "record").iter_rows()
        digest_a, digest_b = printed_digests(judged, fields)
        return Decision(
            list_a, record_a, digest_a, list_b, record_b, digest_b, answer, self.by,
            self._moment(), chance=question.chance, fields=fields, linkage=self.linkage,
        )  # fmt: skip

    def _moment(self) -> str:
        from stelae.records.dossier import utc_text

        return utc_text(self.now())
