"""Stelae: a system of record in which each line of a statement can be checked by an enemy."""

__version__ = "0.1.0"
