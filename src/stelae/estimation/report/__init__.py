"""The report: one page for those who asked for the number, and its plots as files."""

from stelae.estimation.report.files import report_files

__all__ = ["report_files"]
