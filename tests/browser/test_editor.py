"""The editor of `/sparql` as somebody uses it: completion, rows, a fault at its line, permalink, none from outside."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Browser, Eyes

pytestmark = pytest.mark.slow

HINT = ".CodeMirror-hint"
VALUE = "return document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()"
EMPTY = "document.querySelector('.yasqe .CodeMirror').CodeMirror.setValue('')"


class Hand(Eyes):
    """What a person does with the page."""

    def open(self, path: str) -> None:
        self.driver.get(self.browser.base + path)
        self.one(".yasqe .CodeMirror")

    def texts(self, selector: str) -> list[str]:
        found = self.driver.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector
        )
        assert isinstance(found, list)
        return found

    def type(self, text: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, ".yasqe .CodeMirror textarea").send_keys(text)

    def complete(self, text: str, wanted: str) -> None:
        """Types and takes the completion that begins with `wanted`, by the keyboard."""
        self.type(text)
        self.wait(lambda: any(told.startswith(wanted) for told in self.texts(HINT)))
        at = next(index for index, told in enumerate(self.texts(HINT)) if told.startswith(wanted))
        self.type(Keys.ARROW_DOWN * at + Keys.ENTER)
        self.wait(lambda: not self.all(HINT))

    def query(self) -> str:
        return str(self.driver.execute_script(VALUE))

    def run(self) -> None:
        self.one("form.editor button").click()


@pytest.fixture
def hand(browser: Browser) -> Hand:
    return Hand(browser)


def test_a_query_is_completed_run_broken_mended_and_linked_without_leaving_the_host(hand: Hand) -> None:
    hand.open("/sparql?lang=vi")
    hand.driver.execute_script(EMPTY)
    hand.type("SELECT ?name WHERE {\n?person a ")
    hand.complete("bm:nguoi", "bm:Person")
    hand.type(" ;\n")
    hand.complete("rdfs:lab", "rdfs:label")
    hand.type(" ?name }")
    hand.type(Keys.ESCAPE)
    query = hand.query()
    assert "PREFIX bm: <https://w3id.org/bomay/ontology#>" in query
    assert "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>" in query
    assert "?person a bm:Person ;" in query and "rdfs:label ?name }" in query

    hand.run()
    hand.wait(lambda: any("Đinh Thị Hòa" in text for text in hand.texts(".yasr td")))
    assert "1 dòng" in hand.texts(".yasr_response_chip")[0]
    assert hand.texts(".downloads a") == ["JSON", "XML", "CSV", "TSV"]
    hand.one(".select_response").click()
    hand.wait(lambda: any('"bindings"' in text for text in hand.texts(".yasr .CodeMirror-line")))
    permalink = hand.one(".permalink").get_attribute("href")

    assert hand.browser.console() == []
    hand.type(Keys.CONTROL + Keys.END + Keys.NULL)
    hand.type("\nLIMIT many")
    hand.type(Keys.ESCAPE)
    hand.run()
    hand.wait(lambda: hand.all(".fault-line"))
    marked = hand.one(".fault-sign").find_element(
        By.XPATH, "./ancestor::div[contains(@class, 'CodeMirror-gutter-wrapper')]"
    )
    assert marked.find_element(By.CSS_SELECTOR, ".CodeMirror-linenumber").text == str(hand.query().count("\n") + 1)
    told = hand.one(".answer [role=alert]").text
    assert "Không đọc được SPARQL query ở dòng" in told and "Chỗ này không thể là" in told
    (told,) = hand.browser.console()
    assert "400" in told and "Content Security Policy" not in told

    assert permalink is not None
    hand.driver.get(permalink)
    hand.one(".yasqe .CodeMirror")
    assert hand.query() == query
    hand.wait(lambda: any("Đinh Thị Hòa" in text for text in hand.texts(".answer td")))

    asked = [url for url in hand.browser.requests() if url.startswith(("http:", "https:", "ws:", "wss:"))]
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(hand.browser.base)] == []
    assert hand.browser.console() == []


def test_a_thing_of_the_graph_is_found_by_its_name_without_marks(hand: Hand) -> None:
    hand.open("/sparql")
    hand.driver.execute_script(EMPTY)
    hand.type("SELECT ?post WHERE { ?tenure org:member ")
    hand.complete("person:dinh-thi", "person:dinh-thi-hoa-1")
    assert "PREFIX person: <https://w3id.org/bomay/id/person/>" in hand.query()
    assert "org:member person:dinh-thi-hoa-1" in hand.query()


def test_a_query_that_comes_with_the_page_declares_the_prefixes_that_it_uses(hand: Hand) -> None:
    hand.open("/sparql?query=SELECT%20?p%20%7B%20?p%20a%20bm:Person%20%7D")
    assert "PREFIX bm: <https://w3id.org/bomay/ontology#>" in hand.query()
    assert hand.all(".parseErrorIcon") == []


def test_an_example_is_taken_into_the_editor_with_its_prefixes(hand: Hand) -> None:
    hand.open("/sparql?lang=en")
    groups = [group.get_attribute("label") for group in hand.all("#example optgroup")]
    assert "People" in groups and len(groups) > 4
    hand.driver.execute_script(
        "const list = document.querySelector('#example');"
        "list.selectedIndex = 1; list.dispatchEvent(new Event('change'))"
    )
    hand.wait(lambda: "PREFIX bm:" in hand.query())
    assert hand.all(".parseErrorIcon") == []
    hand.run()
    hand.wait(lambda: hand.all(".yasr table"))
    assert hand.browser.console() == []
