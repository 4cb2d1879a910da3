"""A service in a process of its own and a headless Chromium, both ended at the end."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from kg.store import create
from server.editor import build
from tests.server.facts import submit_facts

_PACKAGES = ("chromium", "chromium-driver")
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser, and the service that it looks at."""

    driver: WebDriver
    base: str

    def console(self) -> list[str]:
        """What the console says since the last call: faults, refusals of the content security policy."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


class Eyes:
    """What a person sees of a page, and waits for."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.driver = browser.driver

    def wait(self, until: Callable[[], object]) -> object:
        return WebDriverWait(self.driver, 30, poll_frequency=0.05).until(lambda _: until())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        self.wait(lambda: self.all(selector))
        return self.all(selector)[0]


@pytest.fixture(scope="session")
def driver_path() -> str:
    """The driver of Debian's Chromium: CI installs it, elsewhere a machine without it skips these tests."""
    if shutil.which("chromedriver") is None and os.environ.get("CI"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", *_PACKAGES]):
            subprocess.run(["apt-get", *command], check=True, env=environment, stdout=subprocess.DEVNULL)
    found = shutil.which("chromedriver")
    if found is None:
        pytest.skip(f"needs a browser: apt install {' '.join(_PACKAGES)}")
    return found


@pytest.fixture(scope="session")
def bundled() -> None:
    """The editor as its sources are now."""
    if build.main() != 0:
        pytest.skip("the editor could not be bundled; its reason stands above")


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of a service over a folder."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            yield found.group()
        finally:
            process.terminate()


@contextmanager
def headless(driver_path: str, profile: Path, base: str) -> Iterator[Browser]:
    """A browser that looks at a service."""
    options = webdriver.ChromeOptions()
    for option in (*_OPTIONS, "--window-size=1200,1200", f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        yield Browser(driver, base)
    finally:
        driver.quit()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that are served."""
    data = tmp_path_factory.mktemp("browser") / "data"
    create(data, "minimal")
    submit_facts(data)
    return data


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of pages go, to be looked at."""
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def address(folder: Path, bundled: None) -> Iterator[str]:
    with served(folder) as base:
        yield base


@pytest.fixture
def browser(driver_path: str, address: str, tmp_path: Path) -> Iterator[Browser]:
    with headless(driver_path, tmp_path / "profile", address) as found:
        yield found
