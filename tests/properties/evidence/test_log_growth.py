"""However a log grows, it holds what it was given, and each earlier state is still in it."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from stelae.evidence.log import Log, check_log
from stelae.evidence.signing import LastSigned, Signer
from stelae.transparency.merkle import leaf_hashes, tree_root

SIGNER = Signer.from_private_bytes("stelae.example/log1", bytes(range(32)))

batches = st.lists(
    st.lists(st.binary(max_size=20), max_size=5)
    | st.integers(200, 600).map(lambda count: [b"%d" % number for number in range(count)]),
    max_size=5,
)


@settings(deadline=None, max_examples=15)
@given(batches)
def test_a_log_holds_what_it_was_given_in_order(given_batches: list[list[bytes]]) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder, memory = Path(base) / "log", LastSigned(Path(base) / "last-signed")
        log = Log.create(folder, SIGNER, memory)
        entries: list[bytes] = []
        seen = [log.checkpoint]
        for batch in given_batches:
            log.append(batch, SIGNER, memory)
            entries += batch
            seen.append(log.checkpoint)
            assert log.root == tree_root(leaf_hashes(entries))
        assert list(Log.open(folder, SIGNER.verifier_key).entries()) == entries
        assert list(check_log(folder, SIGNER.verifier_key, seen)) == []
