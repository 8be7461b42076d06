#!/usr/bin/env python3
"""The pages in a real browser: every page that a link leads to, at 1440 and 390 pixels, light and without errors.

usage: pages.py BASE_URL SCREENS_DIR

Starts Debian's Chromium through its driver. Of each page: status 200, one h1, a language, a title, no error in the
console, nothing wider than the window, a text for every picture, a label for every field; of pages with a chart, a
table too. Saves a screenshot of each page and width. Exit status 1 when something does not hold.
"""

import base64
import pathlib
import re
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

WIDTHS = (1440, 390)
MOST = 40
# Chromium as root in a closed network: no sandbox, no calls home.
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --lang=sv"
).split()

LOOK = """
const visible = e => e.getClientRects().length > 0;
const named = e => (e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.title ||
                    (e.querySelector && e.querySelector('title') || {}).textContent || e.alt || '').trim() !== '';
const hidden = e => e.closest('[aria-hidden="true"]') !== null || e.getAttribute('role') === 'presentation';
const charts = [...document.querySelectorAll('svg[role="img"], figure svg')].filter(e => visible(e) && !hidden(e));
return {
  lang: document.documentElement.lang,
  title: document.title,
  h1: document.querySelectorAll('h1').length,
  main: document.querySelectorAll('main').length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  unnamed: charts.filter(e => !named(e) && !e.closest('figure')?.querySelector('figcaption')).length
         + [...document.images].filter(e => !e.hasAttribute('alt')).length,
  unlabelled: [...document.querySelectorAll('input:not([type=hidden]):not([type=submit]), select, textarea')]
         .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')).length,
  charts: charts.length,
  tables: document.querySelectorAll('table tbody tr').length,
  links: [...document.querySelectorAll('a[href]')].map(a => a.href),
};
"""


def status(url):
    """The status of a page."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        return error.code, ""


def browser(profile):
    """A headless Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in [*FLAGS, f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def resize(driver, width):
    """Sets the page's own width: a window cannot be narrower than Chromium's least."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
    )


def whole_page(driver):
    """A picture of the page from top to bottom."""
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    return base64.b64decode(shot["data"])


def faults(seen, console, english):
    """What does not hold on a page."""
    expected = "en" if english else "sv"
    rules = [
        (seen["lang"].split("-")[0] == expected, f"lang is {seen['lang']!r}, not {expected}"),
        (seen["title"].strip() != "", "no title"),
        (seen["h1"] == 1, f"{seen['h1']} h1"),
        (seen["main"] == 1, f"{seen['main']} main"),
        (seen["wide"] <= 0, f"{seen['wide']} px wider than the window"),
        (seen["unnamed"] == 0, f"{seen['unnamed']} pictures without a text"),
        (seen["unlabelled"] == 0, f"{seen['unlabelled']} fields without a label"),
        (seen["charts"] == 0 or seen["tables"] > 0, "a chart without a table"),
    ]
    return [text for holds, text in rules if not holds] + [f"console: {line}" for line in console]


def slug(path):
    """A file name of a path."""
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "start"


def visit(driver, base, path, screens):
    """Looks at one page at every width; gives its faults, its links and what it has."""
    wrong, links, seen = [], [], {}
    for width in WIDTHS:
        resize(driver, width)
        driver.get_log("browser")
        driver.get(base + path)
        seen = driver.execute_script(LOOK)
        console = [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
        wrong += [f"{width} px: {text}" for text in faults(seen, console, path.startswith("/en"))]
        (screens / f"{slug(path)}-{width}.png").write_bytes(whole_page(driver))
        links = seen["links"]
    return wrong, links, seen


def inside(base, links):
    """Paths of the links that stay on the site, without query and anchor."""
    for link in links:
        url = urllib.parse.urlsplit(link)
        if f"{url.scheme}://{url.netloc}" == base:
            yield url.path


def main():
    base, screens = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])
    screens.mkdir(parents=True, exist_ok=True)
    queue, done, wrong = ["/", "/en"], [], []
    charts = rows = 0
    with tempfile.TemporaryDirectory() as profile:
        driver = browser(profile)
        try:
            while queue and len(done) < MOST:
                path = queue.pop(0)
                done.append(path)
                code, kind = status(base + path)
                if code != 200:
                    wrong.append(f"{path}: status {code}")
                if code != 200 or kind != "text/html":
                    continue
                found, links, seen = visit(driver, base, path, screens)
                wrong += [f"{path}: {text}" for text in found]
                charts += seen["charts"]
                rows += seen["tables"]
                for link in inside(base, links):
                    if link not in done and link not in queue:
                        queue.append(link)
        finally:
            driver.quit()
    print(f"  {len(done)} pages, {charts} charts, {rows} table rows; screenshots in {screens}")
    if len(done) < 5 or charts == 0 or rows == 0:
        wrong.append("fewer than 5 pages, or no chart, or no table: the pages have no data")
    for line in wrong:
        print(f"  WRONG {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
