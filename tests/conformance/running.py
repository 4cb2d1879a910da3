"""One case run on the site: nothing where it passes, else what is wrong."""

from collections.abc import Callable
from typing import Final

from .requests import run_description, run_requests
from .serving import Site
from .shacl import run_shacl
from .sparql import run_query, run_syntax, run_update
from .suites import Case

RUNNERS: Final[dict[str, Callable[[Case, Site], None]]] = {
    "ProtocolTest": run_requests,
    "GraphStoreProtocolTest": run_requests,
    "ServiceDescriptionTest": run_description,
    "QueryEvaluationTest": run_query,
    "CSVResultFormatTest": run_query,
    "UpdateEvaluationTest": run_update,
    "PositiveSyntaxTest": run_syntax,
    "PositiveSyntaxTest11": run_syntax,
    "NegativeSyntaxTest": run_syntax,
    "NegativeSyntaxTest11": run_syntax,
    "PositiveUpdateSyntaxTest11": run_syntax,
    "NegativeUpdateSyntaxTest11": run_syntax,
    "Validate": run_shacl,
}


def fault(case: Case, site: Site) -> str | None:
    """None for a case that passes; for one that fails, the first line of why."""
    try:
        RUNNERS[case.kind](case, site)
    except (AssertionError, SyntaxError, ValueError, LookupError) as error:
        site.loaded = None
        return " ".join(str(error).split())[:300] or type(error).__name__
    return None
