"""Accept is read with its quality values."""

import pytest
from flask import Flask
from werkzeug.exceptions import NotAcceptable

from server.negotiate import CSV, GRAPHS, HTML, JSON, NTRIPLES, TURTLE, choose, language, split_extension, wants_page

APP = Flask(__name__)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("text/csv, application/json;q=0.9", CSV),
        ("application/json;q=0.1, text/html;q=0.2", HTML),
        ("text/html;q=0, */*;q=0.1", JSON),
        ("application/json;q=0, */*", CSV),
    ],
)
def test_the_best_liked_wins_and_the_first_on_ties(accept: str | None, chosen: object) -> None:
    with APP.test_request_context(headers={"Accept": accept} if accept else {}):
        assert choose((JSON, CSV, HTML)) is chosen


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0"])
def test_nothing_that_fits_is_406(accept: str) -> None:
    with APP.test_request_context(headers={"Accept": accept}), pytest.raises(NotAcceptable):
        choose((JSON,))


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,*/*;q=0.8", True),
        ("*/*", False),
        ("application/json,text/html;q=0.5", False),
        ("text/turtle", False),
    ],
)
def test_browsers_are_told_from_programs(accept: str, page: bool) -> None:
    with APP.test_request_context(headers={"Accept": accept}):
        assert wants_page() is page


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({"headers": {"Accept": "text/html"}}, "vi"),
        ({}, "en"),
        ({"headers": {"Accept-Language": "fr, en;q=0.5"}}, "en"),
        ({"headers": {"Accept-Language": "*"}}, "en"),
        ({"headers": {"Accept-Language": "en", "Cookie": "lang=vi"}}, "vi"),
        ({"headers": {"Cookie": "lang=vi"}, "path": "/?lang=en"}, "en"),
        ({"path": "/?lang=<x>", "headers": {"Accept": "text/html"}}, "vi"),
    ],
)
def test_language(given: dict[str, object], chosen: str) -> None:
    with APP.test_request_context(**given):
        assert language() == chosen


def test_an_extension_is_taken_off_only_when_it_is_known() -> None:
    assert split_extension("a-1.ttl", GRAPHS) == ("a-1", TURTLE)
    assert split_extension("a-1.nt", GRAPHS) == ("a-1", NTRIPLES)
    assert split_extension("a.b", GRAPHS) == ("a.b", None)
    assert split_extension(".ttl", GRAPHS) == (".ttl", None)
