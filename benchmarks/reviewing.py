"""The page of review in a headless Chromium: from the address to a page that takes keys, and how long a key takes.

A report that names people in offices is made for each size in `--facts` (about so many facts), read for review and
opened `--times` times by an editor. Times are medians; the page of 100 facts is held to the limits, and each is given
beside the first, so that it shows how they grow. Needs Debian's packages chromium and chromium-driver.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from footprint import served
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from kg.extract import extract
from kg.model.documents import Document
from kg.namespaces import iri
from kg.propose import propose
from kg.review import Kind, Queue, facts_of, save
from kg.store import create, open_graph
from kg.store.tokens import create_token

HELD, OPEN_LIMIT, KEY_LIMIT = 100, 1000.0, 50.0
"""Facts; milliseconds from the address to a page that takes keys, and from a key to the page laid out anew."""

FAMILIES = ("Lò Văn", "Hà Thị", "Triệu Quang", "Nông Đức", "Hoàng Minh", "Bàn Thị")
NAMES = ("An", "Bình", "Chung", "Dũng", "Giang", "Hạnh", "Kiên", "Lan", "Mạnh", "Nga", "Oanh", "Phúc")
POSTS = (
    "Phó Chủ tịch UBND tỉnh Bắc Kạn",
    "Ủy viên Ban Thường vụ Tỉnh ủy Bắc Kạn",
    "Phó Giám đốc Sở Nội vụ tỉnh Bắc Kạn",
)
FACTS_A_PERSON = 3  # person, tenure, participation; bodies and posts are few
READY = """
const done = arguments[0];
const look = () => document.querySelector(".tally")?.textContent ? done([
  performance.now(), performance.getEntriesByType("navigation")[0].responseEnd, document.querySelectorAll("*").length,
  document.querySelectorAll(".fact").length]) : setTimeout(look, 1);
look();
"""
KEY = """
const key = arguments[0], done = arguments[1], begun = performance.now();
const pressed = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
(document.activeElement ?? document.body).dispatchEvent(pressed);
document.body.offsetHeight;
const handled = performance.now() - begun;
requestAnimationFrame(() => setTimeout(() => done([handled, performance.now() - begun])));
"""


def report(facts: int) -> Document:
    """A text that comes to about so many facts."""
    people = [f"{family} {name}" for name, family in product(NAMES, FAMILIES)][: max(1, facts // FACTS_A_PERSON)]
    lines = [f"Đồng chí {who}, {POSTS[at % len(POSTS)]} phát biểu tại hội nghị." for at, who in enumerate(people)]
    text = "Ngày 10/3/2023, Tỉnh ủy Bắc Kạn tổ chức hội nghị giao ban công tác quý I.\n\n" + "\n\n".join(lines)
    return Document(f"bao-cao-{facts}", text, f"Hội nghị giao ban, {facts}", "2023-03-11", "Bắc Kạn")


def queued(data: Path, document: Document) -> str:
    """Reads a report for review; gives the identifier of its proposal."""
    with open_graph(data) as graph:
        with graph.reader() as reader:
            change = propose(reader, document, extract(document), iri("agent:kg-ingest"))
            print(f"{document.title}: {len(facts_of(reader, change))} facts, {len(change.add)} quads")
        return save(graph, Queue(data), change, Kind.DOCUMENT, document.title or "", document=document).id


@contextmanager
def browser() -> Iterator[WebDriver]:
    """A headless Chromium."""
    options = webdriver.ChromeOptions()
    for option in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def measure(driver: WebDriver, address: str, times: int) -> list[float]:
    """Milliseconds: to a page that takes keys, to its last byte, a key handled, a key shown; and elements, facts."""
    opened, answered, handled, painted = [], [], [], []
    elements = facts = 0.0
    for _ in range(times):
        driver.get(address)
        ready, last, elements, facts = driver.execute_async_script(READY)
        opened.append(ready)
        answered.append(last)
        for key in "jajjrjej":
            took, shown = driver.execute_async_script(KEY, key)
            handled.append(took)
            painted.append(shown)
    return [*map(statistics.median, (opened, answered, handled, painted)), max(handled), elements, facts]


def main() -> int:
    """Measures and prints; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, nargs="+", default=[10, HELD, 200])
    parser.add_argument("--times", type=int, default=9)
    args = parser.parse_args()
    if shutil.which("chromedriver") is None:
        print("Left out: this needs a browser (apt install chromium chromium-driver).")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        create(data, "minimal")
        token = create_token(data, "lan", "editor")
        ids = [queued(data, report(facts)) for facts in args.facts]
        with served(data) as (_, port), browser() as driver:
            base = f"http://127.0.0.1:{port}"
            driver.get(f"{base}/signin")
            driver.find_element(By.CSS_SELECTOR, "main input[name=token]").send_keys(token, Keys.ENTER)
            driver.get(f"{base}/review/{ids[0]}")  # what is remembered of a generation is made
            found = [measure(driver, f"{base}/review/{id_}", args.times) for id_ in ids]
    print(
        "| facts | elements | answered, ms | takes keys, ms | key handled, ms (worst) | key shown, ms | to the first |"
    )
    print("|---|---|---|---|---|---|---|")
    for opened, answered, handled, painted, worst, elements, facts in found:
        grown = f"{opened / found[0][0]:.1f} and {handled / found[0][2]:.1f} times"
        key = f"{handled:.1f} ({worst:.1f}) | {painted:.0f}"
        print(f"| {facts:.0f} | {elements:.0f} | {answered:.0f} | {opened:.0f} | {key} | {grown} |")
    opened, _, handled = found[args.facts.index(HELD)][:3] if HELD in args.facts else found[-1][:3]
    print(f"Beside the limits: {opened / OPEN_LIMIT:.2f} of {OPEN_LIMIT:.0f} ms to open, ", end="")
    print(f"{handled / KEY_LIMIT:.2f} of {KEY_LIMIT:.0f} ms for a key.")
    return int(opened > OPEN_LIMIT or handled > KEY_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
