"""PREFIX between operations, as the grammar has it."""

import pytest
from pyoxigraph import Store

from kg.model.sparql_prologue import with_prologue_first

KNOWN = {"bm": "https://w3id.org/bomay/ontology#"}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA {} ; PREFIX f: <urn:f:> INSERT DATA { f:a f:b f:c }",
        "PREFIX g: <urn:g:> INSERT DATA { g:a g:b 'PREFIX' } ;\nPREFIX f: # more\n<urn:f:> # more\n"
        "INSERT DATA { f:a f:b f:c } ;",
        "INSERT DATA { bm:a bm:b 1 } ; prefix f: <urn:f:> prefix e:\n<urn:e:> INSERT DATA { f:a f:b f:c } ; "
        "PREFIX f: <urn:f:> DELETE DATA { e:a e:b 1 } ; PREFIX bm: <https://w3id.org/bomay/ontology#>",
    ],
)
def test_a_later_prefix_is_read(text: str) -> None:
    with pytest.raises(SyntaxError):
        Store().update(text, prefixes=KNOWN)
    store = Store()
    rewritten = with_prologue_first(text, KNOWN)
    store.update(rewritten, prefixes=KNOWN)
    assert any(str(quad) == "<urn:f:a> <urn:f:b> <urn:f:c>" for quad in store)
    assert rewritten.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX f: <urn:f:> PREFIX f: <urn:g:> INSERT DATA { f:a f:b f:c } ; CLEAR ALL",
        "PREFIX f: <urn:f:> INSERT DATA { f:a f:b 1 } ; PREFIX f: <urn:g:> INSERT DATA { f:a f:b 1 }",
        "INSERT DATA { bm:a bm:b 1 } ; PREFIX bm: <urn:g:> INSERT DATA { bm:a bm:b 1 }",
        "INSERT DATA {} ; BASE <urn:b> PREFIX f: <urn:f:> INSERT DATA { f:a f:b 1 }",
        "INSERT DATA {} ; PREFIX f: <x> INSERT DATA { f:a f:b 1 }",
        "INSERT DATA { <urn:a> <urn:b> '; PREFIX f: <urn:f:>' }",
        "INSERT DATA {} ; PREFIX f",
        "PREFIX f: <urn:f:>",
    ],
)
def test_what_could_mean_another_thing_stays(text: str) -> None:
    assert with_prologue_first(text, KNOWN) == text
