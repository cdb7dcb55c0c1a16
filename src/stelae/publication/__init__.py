"""Editions: one published, numbered, immutable state of a dossier as a static site, data and proofs."""
