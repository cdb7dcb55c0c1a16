"""Kept bytes: the store, the log on disk, deposits, text extraction, fixity."""
