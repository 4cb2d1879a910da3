"""SPARQL endpoints elsewhere, by the SPARQL 1.1 Protocol."""

import json
from collections.abc import Mapping
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from kg.errors import BomayError, LimitExceeded, QueryRefused
from kg.model.graph import Term
from kg.model.sparql_bind import bind_terms
from kg.namespaces import sparql_prologue

_SECONDS = 120.0
_SHOWN = 300


class Endpoint:
    """One endpoint. The address of a server stands for its /sparql."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/") + "/sparql" if urlsplit(url).path in ("", "/") else url

    def solve(self, sparql: str, bindings: Mapping[str, Term]) -> QuerySolutions:
        """Solutions of a SELECT. The protocol has no bindings: terms are put in here; our prefixes go in a line before.

        Raises QueryRefused with the server's own words, LimitExceeded, and BomayError when it cannot be reached.
        """
        prologue = " ".join(sparql_prologue().split("\n"))
        body = urlencode({"query": f"{prologue}\n{bind_terms(sparql, bindings)}"}).encode()
        request = Request(self.url, body, {"Accept": "application/sparql-results+json"})
        try:
            with urlopen(request, timeout=_SECONDS) as response:
                found = parse_query_results(response.read(), QueryResultsFormat.JSON)
        except HTTPError as error:
            with error:
                raise _refusal(self.url, error.code, error.read().decode(errors="replace")) from error
        except (URLError, TimeoutError) as error:
            raise BomayError(f"{self.url} cannot be reached: {getattr(error, 'reason', error)}.") from error
        except SyntaxError as error:
            raise BomayError(f"{self.url} is no SPARQL endpoint: its answer is not SPARQL results in JSON.") from error
        if not isinstance(found, QuerySolutions):
            raise QueryRefused("A view answers SELECT; this query is of another kind.")
        return found


def _refusal(url: str, status: int, body: str) -> BomayError:
    try:
        said = str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        said = " ".join(body.split())[:_SHOWN] or "no reason given"
    if status in (503, 504):
        return LimitExceeded("time" if status == 504 else "concurrency", said)
    if 400 <= status < 500:
        return QueryRefused(said)
    return BomayError(f"{url} failed with {status}: {said}")
