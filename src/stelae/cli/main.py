"""`stelae`: the list of commands, loaded only when used, and the exit codes.

0 fine; 1 something found; 2 usage; 3 refused or unreadable input; 130 stopped by the user; 141
whoever read the results went away before their end.
"""

import contextlib
import dataclasses
import importlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import click

from stelae import __version__
from stelae.cli.stopping import stoppable
from stelae.errors import ImportRefused, StelaeError

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "init": "Make a dossier and the key of its log.",
        "deposit": "Keep files as items of a source: hashed, logged, text extracted.",
        "record": "Import what sources say; show what is recorded.",
        "check": "Check statements line by line; with a dossier, against its record.",
        "statement": "Begin a statement from the record; see what two versions differ in.",
        "lsp": "Serve editors: findings, hovers and completions as you write.",
        "link": "Join lists of people across scripts and spellings, with the doubt kept.",
        "names": "Compare names across scripts; learn how yours are written.",
        "estimate": "Estimate how many there were, from lists that hold some of them.",
        "simulate": "Make up people and overlapping lists of them, with the truth.",
        "remember": "List days of remembrance, or write their calendar feed.",
        "publish": "Make an edition: static site, data, proofs.",
        "verify": "Verify a dossier or an edition, trusting only its bytes and the log's key.",
        "serve": "Show a dossier in the browser; rebuilds when a file changes.",
    }
)


class Commands(click.Group):
    """Subcommands imported when called, so that --help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from the module of its name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"stelae.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stelae")
@click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="STELAE_CONFIG",
    help="Folder of your keys; by default your user configuration folder.",
)
@click.pass_context
def cli(ctx: click.Context, config: Path | None) -> None:
    """Keep sources, record what they say, check and publish statements that anyone can verify.

    Results go to standard output, messages to standard error. Exit codes: 0 fine, 1 something
    found, 2 usage, 3 refused or unreadable input, 130 stopped by you.
    """
    ctx.obj = config


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        with stoppable():
            code = cli.main(args=arguments, prog_name="stelae", standalone_mode=False)
            _flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = 2
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stelae: stopped; nothing was left half-written.", err=True)
        code = 130
    except (BrokenPipeError, SystemExit):  # click exits by itself only for a pipe
        _discard_output()
        code = 141
    except StelaeError as error:
        click.echo(f"stelae: {error}", err=True)
        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            click.echo(json.dumps(_refusal(error), ensure_ascii=False, indent=2))
        code = 3
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"stelae: {where}{error.strerror or error}", err=True)
        click.echo("  Check the path, your rights to it, and the disk; then repeat.", err=True)
        with contextlib.suppress(OSError):
            _flush()
        code = 3
    sys.exit(code if isinstance(code, int) else 0)


def _flush() -> None:
    """Write out what was printed, so that a full disk is an error with its code, not a warning."""
    try:
        sys.stdout.flush()
    except OSError:
        _discard_output()
        raise


def _discard_output() -> None:
    """What cannot be written now is not tried again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refusal(error: StelaeError) -> dict[str, object]:
    """What was refused, for programs that asked for JSON: `stelae-error/1`."""
    problems = error.problems if isinstance(error, ImportRefused) else ()
    return {
        "schema": "stelae-error/1",
        "ok": False,
        "error": type(error).__name__,
        "what": error.what.split("\n", 1)[0],
        "hint": error.hint,
        "problems": [dataclasses.asdict(problem) for problem in problems],
    }


if __name__ == "__main__":
    main()
