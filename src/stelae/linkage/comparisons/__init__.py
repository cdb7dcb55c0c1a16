"""Comparisons of two records, each by its levels."""
