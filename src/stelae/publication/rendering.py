"""Templates of pages and of files: filled strictly, and everything in them escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from stelae.publication.text import Text, number, plural

__all__ = ["environment"]


@cache
def environment() -> Environment:
    """The templates of this package; a name that a template does not get is an error."""
    made = Environment(
        loader=PackageLoader("stelae.publication"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["number"] = number
    made.filters["capfirst"] = _capitalised
    made.globals["plural"] = plural
    made.globals["attributes"] = lambda language: Text("", language).attributes()
    return made


def _capitalised(text: str) -> str:
    """The first letter large, the others as they are; mark-up stays mark-up."""
    return text[:1].upper() + text[1:]
