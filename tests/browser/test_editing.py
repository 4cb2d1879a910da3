"""A form as somebody uses it: a place found without diacritics, a row added and taken away, saved, and seen."""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from selenium.webdriver.common.keys import Keys

from kg.store.tokens import create_token
from tests.browser.conftest import Browser, Eyes

pytestmark = pytest.mark.slow

PERSON = "/edit/person/dinh-thi-hoa-1"
PLACE = "input[name='Person-nativePlace']"

ASKED = """return performance.getEntriesByType("resource").some(
    (entry) => new URL(entry.name).searchParams.get("q") === arguments[0])"""
SUGGESTED = """return [...document.querySelector(arguments[0]).closest("search-box").querySelectorAll("li")]
    .map((one) => one.textContent)"""


class Desk(Eyes):
    """An editor before the browser."""

    def sign_in(self, folder: Path, name: str) -> None:
        self.driver.get(f"{self.browser.base}/signin")
        self.one("#signin-token").send_keys(create_token(folder, name, "editor") + Keys.ENTER)
        self.wait(lambda: self.all("form.who"))

    def open(self, path: str) -> None:
        self.driver.get(self.browser.base + path)
        self.one("form.edit")

    def pick(self, selector: str, words: str, wanted: str) -> None:
        """Types words and takes the suggestion that begins so, by the keyboard, when all of them were looked for."""
        field = self.one(selector)
        field.send_keys(words)
        self.wait(lambda: self.driver.execute_script(ASKED, words))
        self.wait(lambda: any(told.startswith(wanted) for told in self.suggested(selector)))
        at = next(place for place, told in enumerate(self.suggested(selector)) if told.startswith(wanted))
        field.send_keys(Keys.ARROW_DOWN * (at + 1) + Keys.ENTER)

    def suggested(self, selector: str) -> list[str]:
        found = self.driver.execute_script(SUGGESTED, selector)
        assert isinstance(found, list)
        return found

    def shot(self, place: Path) -> None:
        """The whole page as a picture."""
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        self.driver.set_window_size(1200, height + 150)
        assert self.driver.save_screenshot(str(place))
        self.driver.set_window_size(1200, 1200)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_edit_with_a_place_found_without_diacritics(
    browser: Browser, folder: Path, pictures: Path, language: str
) -> None:
    desk = Desk(browser)
    desk.sign_in(folder, f"Lan {language}")
    desk.open(f"{PERSON}?lang={language}")
    desk.shot(pictures / f"form-{language}.png")
    desk.pick(PLACE, "tinh bac kan", "Tỉnh Bắc Kạn")
    assert desk.one(PLACE).get_attribute("value") == "Tỉnh Bắc Kạn [place:tinh-bac-kan]"
    rows = "#f-Person-altLabel .row"
    many = len(desk.all(rows))
    desk.one("#f-Person-altLabel button.more").click()
    assert len(desk.all(rows)) == many + 1
    desk.all(f"{rows} input")[-1].send_keys(f"Bà Hòa {language}")
    desk.one("#f-Person-altLabel button.more").click()
    desk.all(f"{rows} button.remove")[-1].click()
    assert len(desk.all(rows)) == many + 1
    desk.one("#edit-reason").send_keys("Theo lý lịch" + Keys.TAB)
    desk.all("form.edit button:not(.more, .remove, .unseen)")[-1].click()
    desk.wait(lambda: desk.driver.current_url.endswith("/doc/person/dinh-thi-hoa-1#main"))
    text = desk.one("main").text
    assert "Tỉnh Bắc Kạn" in text and f"Bà Hòa {language}" in text
    desk.open(PERSON)
    desk.one(PLACE).clear()
    desk.one("#edit-reason").send_keys("Bỏ")
    desk.all("form.edit button:not(.more, .remove, .unseen)")[-1].click()
    desk.wait(lambda: "/doc/" in desk.driver.current_url)
    assert [said for said in browser.console() if "Content Security Policy" in said or "Error" in said] == []


def test_what_is_not_there_is_made_in_another_window(browser: Browser, folder: Path) -> None:
    desk = Desk(browser)
    desk.sign_in(folder, "Đào")
    desk.open("/edit/tenure/hoa-truong-ban?lang=vi")
    member = "input[name='Tenure-member']"
    desk.one(member).clear()
    desk.pick(member, "Lý Thị Chưa Có", "Người mới")
    desk.wait(lambda: len(desk.driver.window_handles) == 2)
    desk.driver.switch_to.window(desk.driver.window_handles[1])
    assert desk.one("input[name='Person-label']").get_attribute("value") == "Lý Thị Chưa Có"
    desk.one("#edit-reason").send_keys("Theo tin")
    desk.all("form.edit button:not(.more, .remove, .unseen)")[-1].click()
    desk.wait(lambda: "/doc/person/ly-thi-chua-co-" in desk.driver.current_url)
    desk.driver.close()
    desk.driver.switch_to.window(desk.driver.window_handles[0])
    desk.one(member).clear()
    desk.pick(member, "ly thi chua co", "Lý Thị Chưa Có")
    assert "[person:ly-thi-chua-co-" in str(desk.one(member).get_attribute("value"))


def test_findings_stand_at_their_field(browser: Browser, folder: Path, pictures: Path) -> None:
    desk = Desk(browser)
    desk.sign_in(folder, "Mai")
    desk.open(f"{PERSON}?lang=vi")
    name = desk.one("input[name='Person-name']")
    name.clear()
    desk.one(PLACE).send_keys("thai nguyen")
    desk.one("#edit-reason").send_keys("Thử")
    desk.all("form.edit button:not(.more, .remove, .unseen)")[-1].click()
    desk.one("#f-Person-nativePlace .remark")
    assert desk.one(PLACE).get_attribute("value") == "thai nguyen"
    assert desk.all("#f-Person-nativePlace .offers li")
    desk.shot(pictures / "refused-vi.png")


def test_a_form_of_each_kind_has_room_on_a_telephone(browser: Browser, folder: Path, pictures: Path) -> None:
    desk = Desk(browser)
    desk.sign_in(folder, "Cúc")
    kinds = re.findall(r'href="/edit/new/(\w+)"', urlopen(f"{browser.base}/edit/new").read().decode())
    assert len(kinds) == 7
    for kind in kinds:
        desk.open(f"/edit/new/{kind}")
        desk.shot(pictures / f"new-{kind}.png")
        desk.driver.set_window_size(500, 900)
        wide, there = desk.driver.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= there, kind
