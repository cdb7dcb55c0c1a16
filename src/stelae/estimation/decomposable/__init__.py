"""Averages over all decomposable graphs of dependence between lists (Madigan & York 1997).

The shape of the room: `graphs` (which models there are) and `components` (what the counts say of
each set of lists) → `sums` (over all models) → `grid` (where the posterior lies) → `posterior` →
`method` (the estimate).
"""

from stelae.estimation.decomposable.method import DecomposableGraphs

__all__ = ["DecomposableGraphs"]
