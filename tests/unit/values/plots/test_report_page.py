import pytest
from jinja2 import UndefinedError

from stelae.values.plots import report_template


@pytest.mark.parametrize(
    ("package", "name"),
    [("stelae.estimation", "estimate.html"), ("stelae.linkage", "linkage.html")],
)
def test_reports_find_their_own_template_and_the_shared_parts(package: str, name: str) -> None:
    template = report_template(package, name)
    assert template.environment.get_template("_report.html").module is not None
    assert "--paper" in template.environment.get_template("report.css").render()
    with pytest.raises(UndefinedError):
        template.render()


def test_what_is_said_is_text() -> None:
    parts = report_template("stelae.values", "_report.html")
    assert "&lt;b&gt;" in parts.module.facts({"<b>": "x"})  # type: ignore[attr-defined]
