"""Bodies that work together under a programme: "phối hợp giữa A với B và C"."""

from typing import Final

from kg.extract.citations import Cited
from kg.extract.organs import Body
from kg.extract.reading_state import State
from kg.extract.view import word_key
from kg.model.extraction import Coordination

_JOINS: Final = ([","], [word_key("và")], [word_key("với")], [",", word_key("và")])


def read_coordinations(state: State, names: dict[int, str], cited: list[tuple[Cited, str]]) -> list[Coordination]:
    """Coordinations in order; many bodies at once ("các cấp") are none."""
    view, out = state.view, []
    for i in [i + 2 for i in state.find("phối hợp giữa")]:
        found: list[int] = []
        at = i + 1
        while (n := state.at_start.get(at)) is not None and n in names and isinstance(state.items[n], Body):
            found.append(n)
            end = state.items[n].end
            step = next((len(j) for j in _JOINS if view.keys[end : end + len(j)] == j), 0)
            if not step:
                break
            at = end + step
        if len(found) < 2:
            continue
        whole = next(((c, ref) for c, ref in cited if c.start <= i < c.end and (c.name or c.number)), None)
        first, last = (whole[0].start, whole[0].end) if whole else (i - 2, state.items[found[-1]].end)
        partners = tuple(dict.fromkeys(names[n] for n in found[1:]))
        out.append(Coordination(names[found[0]], partners, view.token_span(first, last), whole[1] if whole else None))
    return out
