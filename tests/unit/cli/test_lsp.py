import importlib
from types import ModuleType

import pytest

from stelae.cli.lsp import serve
from stelae.errors import MissingExtra


def test_without_pygls_it_says_what_to_install() -> None:
    def absent(name: str) -> ModuleType:
        raise ImportError(name)

    with pytest.raises(MissingExtra, match=r"stelae\[lsp\]"):
        serve(absent)


def test_with_pygls_the_server_knows_its_features() -> None:
    pytest.importorskip("pygls", reason="the extra stelae[lsp] is not installed")
    features = serve(importlib.import_module).protocol.fm.features
    assert {"textDocument/hover", "textDocument/completion"} <= features.keys()
