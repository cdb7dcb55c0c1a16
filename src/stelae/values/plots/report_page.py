"""The frame of reports that stand alone: their template finds shared parts and the style sheet.

`_report.html` holds the parts (tables, plots with their tables, facts by name), `report.css` the
look: paper and ink, as the pages of an edition, light and dark, from a phone to print.
"""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template

__all__ = ["report_template"]


def report_template(package: str, name: str) -> Template:
    """A template of a package's folder `templates`; what is said in it is text, never markup."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("stelae.values")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
