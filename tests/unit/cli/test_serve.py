import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import Stelae

from stelae.cli.serve import Pages, bind, build
from stelae.records.dossier import Dossier


@contextmanager
def serving(pages: Pages) -> Iterator[int]:
    server = bind("127.0.0.1", 18000, pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content


def test_a_changed_dossier_is_shown_as_a_draft(small: Dossier) -> None:
    files = build(small.folder)
    assert b"Draft" in files["index.html"]


def test_an_unchanged_dossier_is_shown_as_its_edition(
    small: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stelae = Stelae(tmp_path / "config", capsys)
    stelae("publish", small.folder, "-o", tmp_path / "site")
    files = build(small.folder)
    for name, content in build(tmp_path / "site").items():
        assert files[name] == content, name


def test_pages_are_served_with_headers_that_allow_nothing_else(small: Dossier) -> None:
    with serving(Pages(build(small.folder))) as port:
        status, headers, content = get(port, "/")
        assert status == 200
        assert b"Town (synthetic)" in content
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/../dossier.toml", "/%2e%2e/dossier.toml", "//etc/passwd", "/vault/", "/nothing"]
)
def test_only_what_is_published_can_be_had(small: Dossier, path: str) -> None:
    with serving(Pages(build(small.folder))) as port:
        assert get(port, path)[0] == 404


def test_a_taken_port_gives_the_next_free_one(small: Dossier) -> None:
    pages = Pages({"index.html": b"x"})
    with serving(pages) as first, serving(pages) as second:
        assert second > first
