"""The report of a linkage as one page."""

from stelae.linkage.linking import Linkage

__all__ = ["report_page"]


def report_page(linkage: Linkage, seed: int) -> str:
    """The page."""
    return f"<!doctype html><title>{len(linkage.labels)} {seed}</title>"
