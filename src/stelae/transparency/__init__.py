"""The log's mathematics, pure: Merkle trees, tiles, signed notes, checkpoints, proofs."""
