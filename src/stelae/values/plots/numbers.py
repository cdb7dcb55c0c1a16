"""Numbers in words: the same on a terminal, in a plot and in a report."""

__all__ = ["people", "per_cent"]


def people(number: float) -> str:
    """A number of people, whole, with its thousands apart."""
    return f"{number:,.0f}"


def per_cent(share: float) -> str:
    """A share of 1 in per cent, as short as it is exact: `95 %`."""
    return f"{share * 100:g} %"
