"""How many: multiple systems estimation of those whom no list holds.

The shape of the room: `histories` (what was counted) → a method (`fit`) → `estimate` (what comes
out), over the axes of `strata`, imputations and linkage draws.
"""
