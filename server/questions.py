"""The library of questions, as pages and programs see it."""

from kg.model.sparql_bind import bind_terms
from kg.query import LibraryQuery
from server.service import service
from server.wording import words


def summary(query: LibraryQuery, language: str) -> str:
    """What it asks, in a language."""
    return query.summary_vi if language == "vi" else query.summary


def body(query: LibraryQuery) -> str:
    """Its SPARQL without the manual in its head."""
    lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip() + "\n"


def example_values(query: LibraryQuery) -> dict[str, str]:
    """A value for each parameter, one that answers on the samples."""
    return {name: param.example for name, param in query.params.items() if not param.optional}


def example_text(query: LibraryQuery) -> str:
    """Its SPARQL with the example values in their places, to be run anywhere."""
    return bind_terms(body(query), query.bind(example_values(query)))


def topic(query: LibraryQuery, language: str) -> str:
    """The title of its topic, in a language."""
    return words(language).get(f"topic.{query.topic}", query.topic)


def examples(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Topics with (summary, SPARQL) of their questions."""
    topics: dict[str, list[tuple[str, str]]] = {}
    for query in service().library.values():
        topics.setdefault(topic(query, language), []).append((summary(query, language), example_text(query)))
    return tuple((title, tuple(asked)) for title, asked in topics.items())
