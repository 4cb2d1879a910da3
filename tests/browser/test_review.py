"""The page of review under pointer and keys: both sides light together, decisions are gathered and sent at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from kg.cli import main
from kg.resources import tree
from kg.review import Filter, Proposal, Queue, State
from kg.store import create
from kg.store.tokens import create_token
from tests.browser.conftest import Browser, headless, served

pytestmark = pytest.mark.slow

REPORT = "02-cho-don-quan-triet-ket-luan.txt"
NAME = "Hoàng Sỹ Đạm"


class Reviewer:
    """An editor at the page."""

    def __init__(self, browser: Browser, folder: Path, token: str) -> None:
        self.driver, self.browser, self.queue = browser.driver, browser, Queue(folder)
        self.driver.get(f"{browser.base}/signin")
        self.one("main input[name=token]").send_keys(token, Keys.ENTER)
        self.wait(lambda: self.all(".who"))
        browser.console()  # advice on the field for the token

    @property
    def waiting(self) -> Proposal:
        return self.queue.listed(Filter(), 1)[1][0]

    def open(self, language: str = "en") -> None:
        self.driver.get(f"{self.browser.base}/review/{self.waiting.id}?lang={language}")
        self.wait(lambda: self.one(".tally").text)

    def wait(self, until: Callable[[], object]) -> None:
        WebDriverWait(self.driver, 20, poll_frequency=0.05).until(lambda _: until())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def point(self, element: WebElement) -> None:
        ActionChains(self.driver).move_to_element(element).perform()

    def key(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def ask(self, script: str, *more: object) -> Any:
        return self.driver.execute_script(f"return {script}", *more)

    def fact(self, kind: str, name: str) -> WebElement:
        found = self.ask(
            "[...document.querySelectorAll('.fact')].find((one) =>"
            "one.querySelector('.kicker').textContent === arguments[0]"
            " && one.querySelector('h3').textContent.endsWith(arguments[1]))",
            kind,
            name,
        )
        assert isinstance(found, WebElement)
        return found

    def move_to(self, fact: WebElement) -> None:
        """By the keys that move, from where the focus is."""
        place = "[...document.querySelectorAll('.fact')].indexOf(arguments[0] ?? document.querySelector('.current'))"
        if not self.all(".current"):
            self.key("j")
        steps = int(self.ask(place, fact)) - int(self.ask(place, None))
        self.key(*("j" if steps > 0 else "k") * abs(steps))
        assert self.ask("document.querySelector('.current')") == fact

    def is_in_sight(self, element: WebElement) -> bool:
        return bool(
            self.ask(
                "((at, face) => at.top >= face.top - 1 && at.bottom <= face.bottom + 1)("
                "arguments[0].getBoundingClientRect(),"
                "arguments[0].closest('.words, .facts-list').getBoundingClientRect())",
                element,
            )
        )

    def lit(self, selector: str) -> list[str]:
        found = self.ask(
            "[...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", f"{selector}.lit"
        )
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("review") / "data"
    create(data, "minimal")
    assert main(["ingest", str(tree("samples") / "reports" / REPORT), "--review", "--data", str(data)]) == 0
    return data


@pytest.fixture(scope="module")
def reviewer(driver_path: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewer]:
    token = create_token(folder, "lan", "editor")
    with served(folder) as base, headless(driver_path, tmp_path_factory.mktemp("profile"), base) as browser:
        yield Reviewer(browser, folder, token)


def test_what_is_pointed_at_lights_the_other_side_and_brings_it_in_sight(reviewer: Reviewer) -> None:
    reviewer.open()
    name = next(one for one in reviewer.all("a.m.n") if one.text == NAME)
    person = reviewer.fact("person", NAME)
    assert not reviewer.is_in_sight(person)
    reviewer.point(name)
    reviewer.wait(lambda: reviewer.is_in_sight(person))
    assert "lit" in (name.get_attribute("class") or "")
    assert all(NAME in text for text in reviewer.lit(".fact"))
    tenure = reviewer.fact("tenure", f"{NAME} – Bí thư Huyện ủy Chợ Đồn")
    reviewer.ask("arguments[0].scrollIntoView({block: 'start'})", tenure)
    reviewer.point(tenure.find_element(By.CSS_SELECTOR, "h3"))
    reviewer.wait(lambda: reviewer.lit(".m"))
    hit = reviewer.ask("[...document.querySelectorAll('.m.hit')].map((one) => one.textContent).join('')")
    assert hit == "Bí thư Huyện ủy" * 2
    reviewer.wait(lambda: reviewer.is_in_sight(reviewer.one(".m.hit")))
    reviewer.point(reviewer.one("h1"))
    reviewer.wait(lambda: not reviewer.lit(".m") and not reviewer.lit(".fact"))
    name.send_keys("")  # focus, by the keyboard as well
    reviewer.wait(lambda: any(NAME in text for text in reviewer.lit(".fact")))
    assert reviewer.browser.console() == []


def test_keys_are_not_caught_while_somebody_types(reviewer: Reviewer) -> None:
    reviewer.open("vi")
    reviewer.key("j")
    reviewer.one("#why").click()
    reviewer.key("a", "r", "e", "j", "?")
    assert reviewer.one("#why").get_attribute("value") == "arej?"
    assert not reviewer.all(".verdict input:checked:not([value=''])")
    assert reviewer.one("#keys").get_attribute("open") is None
    reviewer.key(Keys.ESCAPE, "?")
    assert reviewer.one("#keys").get_attribute("open") is not None
    assert "nhận 0 · sửa 0 · bác 0 · chờ" in reviewer.one(".tally").text


def test_a_text_is_decided_on_by_keys_alone_and_sent_once(reviewer: Reviewer) -> None:
    reviewer.open()
    before = reviewer.waiting
    tenure, task = reviewer.fact("tenure", f"{NAME} – Tỉnh ủy viên Tỉnh ủy Bắc Kạn"), reviewer.all(".fact")[0]
    reviewer.move_to(tenure)
    reviewer.key("a")
    needed = [reviewer.one(f"#fact-{number}") for number in (tenure.get_attribute("data-needs") or "").split()]
    assert len(needed) == 2
    assert all(one.find_element(By.CSS_SELECTOR, ".accept input").is_selected() for one in needed)
    assert "accept 3 ·" in reviewer.one(".tally").text
    assert reviewer.one(".said-along").text.endswith(": 2.")

    person = reviewer.fact("person", NAME)
    reviewer.move_to(person)
    reviewer.key("r")
    trouble = tenure.find_element(By.CSS_SELECTOR, ".trouble")
    assert NAME in trouble.text
    reviewer.key("e")
    field = person.find_element(By.CSS_SELECTOR, ".said input")
    assert reviewer.ask("document.activeElement === arguments[0]", field)
    assert trouble.get_attribute("hidden") is not None
    field.send_keys(Keys.END, "a", Keys.ENTER, Keys.ESCAPE)
    assert reviewer.waiting == before
    reviewer.move_to(task)
    reviewer.key("r")
    reviewer.key(Keys.ENTER)  # a rejection without a reason is not sent
    assert reviewer.waiting == before
    reviewer.one("#why").click()
    reviewer.key(*"Sai", Keys.ESCAPE)
    reviewer.one("[name=warnings]").click()
    page = reviewer.driver.current_url
    reviewer.key(Keys.ENTER)
    reviewer.wait(lambda: reviewer.driver.current_url != page)
    now = reviewer.waiting
    assert now.state == State.PROPOSED
    assert [decision.verdict for decision in now.decisions] == ["corrected", "accepted", "rejected"]
    assert len(now.decisions[1].facts) == 3 and now.decisions[2].reason == "Sai"
    reviewer.driver.get(f"{reviewer.browser.base}/doc/person/{now.decisions[1].facts[0].value.rpartition('/')[2]}")
    assert f"{NAME}a" in reviewer.one("h1").text
    assert reviewer.browser.console() == []


def test_another_thing_is_found_by_its_name(reviewer: Reviewer) -> None:
    reviewer.open()
    fact = reviewer.fact("meeting", "Hội nghị quán triệt, triển khai Kết luận số 01-KL/TW của Bộ Chính trị")
    reviewer.move_to(fact)
    reviewer.key("e")
    field = fact.find_element(By.CSS_SELECTOR, "input[data-pick=organ]")
    field.clear()
    field.send_keys("ubnd tinh bac kan")
    reviewer.wait(lambda: fact.find_elements(By.CSS_SELECTOR, ".suggestions li"))
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert (field.get_attribute("value") or "").endswith("/organ/ubnd-tinh-bac-kan")
    assert fact.find_element(By.CSS_SELECTOR, ".picked").text == "Ủy ban nhân dân tỉnh Bắc Kạn"
    assert reviewer.browser.console() == []
