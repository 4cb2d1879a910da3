"""The report of `/validate` as somebody mends data by it, with the keyboard alone."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from kg.namespaces import sparql_prologue
from tests.browser.conftest import Browser

pytestmark = pytest.mark.slow

DATA = sparql_prologue() + 'tenure:hoa-truong-ban bm:startEarliest "2021-05-01" .'


@pytest.mark.parametrize(
    ("language", "send", "mend", "done"),
    [
        ("vi", "Kiểm tra", "Sửa như vậy", "Dữ liệu đạt mọi quy tắc."),
        ("en", "Validate", "Mend it so", "The data conform to every shape."),
    ],
)
def test_data_are_mended_by_the_keyboard_beside_the_sentence_that_they_rest_on(
    browser: Browser, language: str, send: str, mend: str, done: str
) -> None:
    driver = browser.driver
    driver.get(f"{browser.base}/validate?against=graph&lang={language}")
    driver.execute_script("arguments[0].value = arguments[1]", driver.find_element(By.ID, "mend-data"), DATA)

    def press(name: str) -> None:
        """Goes on with Tab until a button of that name has the focus, then presses it."""
        for _ in range(40):
            driver.switch_to.active_element.send_keys(Keys.TAB)
            at = driver.switch_to.active_element
            if at.tag_name == "button" and at.text == name:
                at.send_keys(Keys.ENTER)
                return
        pytest.fail(f"no button '{name}' within 40 steps")

    driver.find_element(By.ID, "mend-form").send_keys("")
    press(send)
    quote = WebDriverWait(driver, 30).until(lambda d: d.find_element(By.CSS_SELECTOR, ".findings blockquote"))
    assert quote.text == "bà Đinh Thị Hòa, Trưởng Ban"
    source = driver.find_element(By.CSS_SELECTOR, ".findings figcaption")
    assert source.location["y"] >= quote.location["y"] + quote.size["height"]
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
    press(mend)
    WebDriverWait(driver, 30).until(lambda d: d.find_elements(By.CSS_SELECTOR, "[role=status]"))
    assert done in driver.find_element(By.ID, "main").text
    assert browser.console() == []
