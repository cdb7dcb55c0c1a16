import pytest

from stelae.publication.view import item_path
from stelae.records.sources import Item

DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [
        ("application/pdf", ".pdf"),
        ("image/png", ".png"),
        ("text/html", ".html.txt"),
        ("application/xhtml+xml", ".html.txt"),
        ("image/svg+xml", ".bin"),
        ("application/x-unknown", ".bin"),
    ],
)
def test_kept_bytes_get_a_name_under_which_no_script_runs(media_type: str, suffix: str) -> None:
    item = Item(id=f"sha256:{DIGEST}", source="s", media_type=media_type, size=3)
    assert item_path(item) == f"items/{DIGEST}{suffix}"
