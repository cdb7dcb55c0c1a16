"""The report of a linkage as one page, for those who asked for it and those who check it.

The shape of the room: values (`counted`, `certainty`, `level_weights`, `stability`, `doubtful`,
`confused`) → words and plots → `page`.
"""

from stelae.linkage.report.page import report_page
from stelae.linkage.report.reviewed import NOTHING_REVIEWED, Reviewed

__all__ = ["NOTHING_REVIEWED", "Reviewed", "report_page"]
