"""pyLODE's page as a part of ours: labels in both languages, our words, links that stay on the page, no style."""

import re
from collections.abc import Iterator

from dominate.dom_tag import dom_tag
from dominate.tags import a, div, h1, h2, p, span, sup, td, th
from rdflib import Graph, URIRef

from server import urls
from server.documentation.feed import labels
from server.wording import words


def adapt(content: div, ontology: Graph, names: dict[str, str], language: str) -> str:
    """The HTML of pyLODE's content below the page's own heading, which it leaves out."""
    for heading in content.get(h1):
        heading.parent.remove(heading)
    _name_terms(content, ontology, names, language)
    _translate(content, language)
    for link in content.get(a):
        href = str(link["href"])
        if str(link.children[0]).endswith(":"):  # a namespace, shortened to its prefix with nothing after it
            link.clear()
            link.add(href)
        link["href"] = _address(href, names)
    for entry in content.get(id="namespaces")[0].get("dt"):
        entry["id"] = f"ns-{entry['id']}"  # a prefix may be spelled like a term
    return "".join(child.render(pretty=False) for child in content.children)


def _name_terms(content: div, ontology: Graph, names: dict[str, str], language: str) -> None:
    """Puts what a term is called below its heading."""
    iris = {anchor: iri for iri, anchor in names.items()}
    for entity in _of_class(content, "entity"):
        if "id" not in entity.attributes:
            continue  # the table of the legend
        called = labels(ontology, URIRef(iris[entity["id"]]), language)
        line = p(_class="called")
        for label in called:
            line.add(span(str(label), lang=label.language))
        entity.children.insert(1, line)
        line.parent = entity


def _translate(content: div, language: str) -> None:
    """Puts our words in the place of pyLODE's, where we have some; what it calls a thing in English stays else."""
    table = words(language)

    def put(tag: dom_tag, key: str) -> None:
        if (word := table.get(f"vocabulary.page.{key}")) is not None:
            tag.clear()
            tag.add(word)

    for section in content.children:
        for heading in section.get(h2):
            put(heading, section["id"])
    for link in _of_class(content, "hover_property"):
        put(link, re.split("[/#]", str(link["href"]))[-1])
        link.attributes.pop("title", None)
    for cell in content.get(th):
        if cell.children == ["IRI"]:
            cell["class"] = "iri"
    for mark in content.get(sup):
        kind = str(mark.children[0])
        mark["title"] = table.get(f"vocabulary.page.kind-{kind}", mark["title"])
        if mark.parent is not None and isinstance(mark.parent, td):
            cells = mark.parent.parent.get(td)
            put(cells[1], f"kind-{kind}")


def _of_class(content: div, name: str) -> Iterator[dom_tag]:
    yield from (tag for tag in content.get(dom_tag) if name in str(tag.attributes.get("class", "")).split())


def _address(href: str, names: dict[str, str]) -> str:
    """On this page where the term is here, else on this server, else as it is."""
    if href.startswith("#"):
        return href
    return f"#{names[href]}" if href in names else urls.link(href) or href
