"""Editions: one published, numbered, immutable state of a dossier: site, data, proofs."""
