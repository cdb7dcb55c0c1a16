"""Take the README's picture of a published page, with Debian's Chromium.

    python docs/picture.py SITE docs/images/event.png

Fonts matter: install fonts-urw-base35 and fonts-noto-core first.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGE = "events/baku-1990.html"


def main() -> None:
    """Open the event's page at desk width and keep its first screen."""
    site, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1180, "height": 900})
        page.goto((site / PAGE).as_uri())
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
