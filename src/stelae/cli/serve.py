"""`stelae serve`: a dossier or an edition in the browser, on this computer only by default."""

import mimetypes
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from stelae import __version__
from stelae.cli.statements import check_all, published, statement_files
from stelae.cli.terminal import say
from stelae.errors import BadInput, StelaeError
from stelae.publication.edition import gather, preview
from stelae.publication.verification import is_edition
from stelae.records.dossier import Dossier, utc_text

_PORTS_TRIED = 50
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Pages:
    """The files being served; replaced as a whole when the dossier changes."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def find(self, path: str) -> tuple[str, bytes] | None:
        """The file at a URL path. Only what is in the table can be had, so nothing escapes."""
        name = unquote(path).lstrip("/")
        for candidate in (name, f"{name.rstrip('/')}/index.html".lstrip("/")):
            if candidate in self.files:
                return candidate, self.files[candidate]
        return None


def build(folder: Path) -> Mapping[str, bytes]:
    """Every file of an edition, or of a dossier's newest edition or draft."""
    if is_edition(folder):
        files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    dossier = Dossier.open(folder)
    now = datetime.now(UTC)
    checked = check_all(statement_files(folder), dossier, as_of=now.date())
    inputs = gather(
        dossier, tuple(dossier.sealed()), [published(result) for result in checked], __version__
    )
    return preview(dossier, inputs, utc_text(now))


def _handler(pages: Pages) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "stelae"
        sys_version = ""

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            found = pages.find(urlsplit(self.path).path)
            if found is None:
                status, kind, content = HTTPStatus.NOT_FOUND, "text/plain", b"No such page.\n"
            else:
                status, content = HTTPStatus.OK, found[1]
                kind = _media_type(found[0])
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            """Say nothing: who reads which page is nobody's business."""

    return Handler


def _media_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith((".vkey", ".jsonl", "checkpoint")):
        kind = "text/plain"
    text = kind.startswith("text/") or kind in {"application/json", "image/svg+xml"}
    return f"{kind}; charset=utf-8" if text else kind


def bind(host: str, port: int, pages: Pages) -> ThreadingHTTPServer:
    """A server at this port, or at the next free one."""
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        try:
            return ThreadingHTTPServer((host, candidate), _handler(pages))
        except OSError:
            continue
    raise BadInput(
        f"no free port from {port} on", hint="Name another with --port, or stop what uses them."
    )


def _watch(folder: Path, pages: Pages) -> None:
    """Build again whenever a file of the dossier changes; a bad state keeps the last good one."""
    from watchfiles import watch

    for _ in watch(folder, step=200, debounce=800, raise_interrupt=False):
        try:
            pages.files = build(folder)
            say(f"{datetime.now(UTC):%H:%M:%S} rebuilt.")
        except StelaeError as error:
            say(f"Not rebuilt: {error}")


@click.command(name="serve")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def command(folder: Path, port: int, host: str) -> None:
    """Show the dossier or edition in FOLDER in the browser; rebuilds when a file changes.

    A dossier that changed since its newest edition is shown as a draft, and says so.
    """
    pages = Pages(build(folder))
    server = bind(host, port, pages)
    if not is_edition(folder):
        threading.Thread(target=_watch, args=(folder, pages), daemon=True).start()
    if server.server_port != port:
        say(f"Port {port} is taken.")
    click.echo(f"http://{host}:{server.server_port}")
    say("Stop with Ctrl-C.")
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.server_close()
