"""The library of questions: one `.rq` file each under queries/<topic>/, with its manual in a `#+` header."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import NotFound, QueryRefused, UnreadableInput
from kg.model.graph import Term
from kg.query.params import TYPES, Param
from kg.resources import tree

_PARAM_KEYS = {"type", "class", "example", "default", "optional", "description"}
_HEADER_KEYS = {"summary", "summary_vi", "params", "returns"}


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """One question. `text` is the whole file, which runs as it stands; `returns` are its columns in order."""

    name: str
    topic: str
    summary: str
    summary_vi: str
    params: Mapping[str, Param]
    returns: tuple[str, ...]
    text: str

    def bind(self, values: Mapping[str, str]) -> dict[str, Term]:
        """Terms for the parameters, defaults included. Raises QueryRefused for one unknown, missing or ill-typed."""
        for name in values:
            if name not in self.params:
                known = f"it takes {', '.join(self.params)}" if self.params else "it takes none"
                raise QueryRefused(f"The query '{self.name}' has no parameter '{name}'; {known}.")
        bound: dict[str, Term] = {}
        for name, param in self.params.items():
            value = values.get(name) or param.default
            if value is not None:
                bound[name] = param.term(value)
            elif param.is_required:
                raise QueryRefused(
                    f"The query '{self.name}' needs the parameter '{name}', for example {name}={param.example}."
                )
        return bound


class Library(Mapping[str, LibraryQuery]):
    """All questions by name, in order of topic and name."""

    def __init__(self, queries: Mapping[str, LibraryQuery]) -> None:
        self._queries = queries

    @classmethod
    def load(cls, folder: Path | None = None) -> "Library":
        """Reads the `.rq` files of the folder, by default those that ship with the program. Raises UnreadableInput."""
        folder = folder or tree("queries")
        queries: dict[str, LibraryQuery] = {}
        for path in sorted(folder.glob("*/*.rq")):
            query = read_query(path)
            if query.name in queries:
                raise UnreadableInput(f"Two queries are named '{query.name}'; give {path.name} another name.")
            queries[query.name] = query
        return cls(queries)

    def find(self, name: str) -> LibraryQuery:
        """The question of this name. Raises NotFound."""
        if name not in self._queries:
            raise NotFound(f"There is no query named '{name}'; `kg queries` lists them.")
        return self._queries[name]

    def __getitem__(self, name: str) -> LibraryQuery:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)


def read_query(path: Path) -> LibraryQuery:
    """One `.rq` file; its folder is its topic. Raises UnreadableInput that says what is wrong with the header."""
    import yaml  # here, because workers load this package too, and start a quarter faster without it

    text = path.read_text(encoding="utf-8")
    where = f"{path.parent.name}/{path.name}"
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        raise UnreadableInput(f"The header of {where} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(header, dict):
        raise UnreadableInput(f"{where} has no header; begin it with '#+ summary: …' (see queries/README.md).")
    if strange := header.keys() - _HEADER_KEYS:
        raise UnreadableInput(f"The header of {where} has '{sorted(strange)[0]}', which is no part of it.")
    for key in ("summary", "summary_vi", "returns"):
        if not header.get(key):
            raise UnreadableInput(f"The header of {where} lacks '{key}'.")
    if not isinstance(header.get("params") or {}, dict) or not isinstance(header["returns"], list):
        raise UnreadableInput(f"In the header of {where}, 'params' is a mapping and 'returns' a list of columns.")
    params = {str(name): _param(where, str(name), given) for name, given in (header.get("params") or {}).items()}
    for name in params:
        if not re.search(rf"[?$]{re.escape(name)}\b", text):
            raise UnreadableInput(f"{where} declares the parameter '{name}' and never uses ?{name}.")
    returns = tuple(str(column) for column in header["returns"])
    return LibraryQuery(path.stem, path.parent.name, header["summary"], header["summary_vi"], params, returns, text)


def _param(where: str, name: str, given: Any) -> Param:  # noqa: ANN401  what YAML holds is not known before it is read
    if not isinstance(given, dict) or given.get("type") not in TYPES:
        raise UnreadableInput(f"In {where}, the parameter '{name}' needs a type: {', '.join(TYPES)}.")
    if strange := given.keys() - _PARAM_KEYS:
        raise UnreadableInput(f"In {where}, the parameter '{name}' has '{sorted(strange)[0]}', which is no part of it.")
    if given.get("example") is None and given.get("default") is None:
        raise UnreadableInput(f"In {where}, the parameter '{name}' needs an example.")
    words = {
        key: str(given[key]) for key in ("example", "default", "class", "description") if given.get(key) is not None
    }
    param = Param(
        name,
        given["type"],
        words.get("example", words.get("default", "")),
        words.get("class"),
        words.get("default"),
        bool(given.get("optional")),
        words.get("description"),
    )
    for value in {param.example, param.default or param.example}:
        try:
            param.term(value)
        except QueryRefused as error:
            raise UnreadableInput(f"In {where}: {error}") from error
    return param
