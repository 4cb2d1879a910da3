"""What entities, types and properties are called in the protocol: short identifiers, and their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.namespaces import BASE, CODE_SCHEMES, ENTITY_KINDS, PREFIXES
from kg.search import KINDS
from server.negotiate import language
from server.service import pinned, service
from server.wording import say

ENTITIES: Final = f"{BASE}id/"
TYPES: Final = PREFIXES["bm"]
CLASSES: Final[Mapping[str, str]] = {kind.capitalize(): kind for kind in KINDS}
# Classes whose things may bear one name by chance: a name alone does not make sure which is meant.
NAMESAKES: Final = frozenset(("Person", "Directive", "Meeting"))
_CODES: Final = f"{BASE}code/"
_SUBTYPES: Final = {"organkind": "Organ", "doctype": "Directive", "unittype": "Place"}
_PROPERTIES: Final = Path(__file__).resolve().parent / "properties"
_QUERIES: Final = Path(__file__).resolve().parent / "queries"


@dataclass(frozen=True, slots=True)
class Property:
    """A property that can be compared and fetched: `text` asks for ?this and ?value.

    `value` is the class of its values, or one of code, text, int, float, date.
    """

    id: str
    name: str
    name_vi: str
    types: tuple[str, ...]
    value: str
    text: str

    def spoken(self) -> str:
        """Its name in the language of the response."""
        return self.name_vi if language() == "vi" else self.name


@dataclass(frozen=True, slots=True)
class Code:
    """A code: what it is called by language, and the identifiers of the codes above it."""

    id: str
    labels: Mapping[str, str]
    broader: frozenset[str]

    def spoken(self) -> str:
        """Its label in the language of the response, else in another."""
        return self.labels.get(language()) or next(iter(self.labels.values()), self.id)


@dataclass(frozen=True, slots=True)
class Type:
    """A type: a class, or a code that says more closely what a thing of `class_` is."""

    id: str
    name: str
    class_: str
    broader: frozenset[str] = frozenset()

    def told(self) -> dict[str, str]:
        """As the protocol writes it."""
        return {"id": self.id, "name": self.name}


@cache
def properties() -> Mapping[str, Property]:
    """All properties by identifier: one file each in `properties/`, named for it."""
    import yaml

    found: dict[str, Property] = {}
    for path in sorted(_PROPERTIES.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        said = yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#+")))
        found[path.stem] = Property(path.stem, said["name"], said["name_vi"], tuple(said["types"]), said["value"], text)
    return found


@cache
def query(name: str) -> str:
    """The text of one of the queries of this room."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def of_type(type_: "Type | None") -> list[Property]:
    """The properties that things of a type have; all of them for None."""
    return [known for known in properties().values() if type_ is None or type_.class_ in known.types]


def short(iri: str) -> str:
    """The identifier of an entity, or of a code; an IRI of another house stays as it is."""
    for base in (ENTITIES, _CODES):
        if iri.startswith(base):
            return iri.removeprefix(base)
    return iri


def node(identifier: str) -> NamedNode | None:
    """What an identifier, or a whole IRI, stands for; None for what is neither."""
    group, _, rest = identifier.partition("/")
    known = {**dict.fromkeys(ENTITY_KINDS, ENTITIES), **dict.fromkeys(CODE_SCHEMES, _CODES)}
    written = f"{known[group]}{identifier}" if group in known and rest else identifier
    try:
        return NamedNode(written)
    except ValueError:
        return None


def codes() -> Mapping[str, Code]:
    """All codes of this generation by identifier."""
    return service().memory.recall(pinned().number, "reconcile-codes", _read_codes)


def types() -> Mapping[str, Type]:
    """All types by identifier: the classes first."""
    spoken = language()
    named = {name: Type(name, say(spoken, f"kind.{kind}"), name) for name, kind in CLASSES.items()}
    for code in codes().values():
        class_ = _SUBTYPES.get(code.id.partition("/")[0])
        if class_ is not None:
            named[code.id] = Type(code.id, code.spoken(), class_, code.broader | {class_})
    return named


def with_broader(identifiers: Iterable[str]) -> set[str]:
    """These codes and all above them."""
    known, found, waiting = codes(), set[str](), list(identifiers)
    while waiting:
        identifier = waiting.pop()
        if identifier not in found:
            found.add(identifier)
            waiting.extend(known[identifier].broader if identifier in known else ())
    return found


def _read_codes() -> dict[str, Code]:
    with service().graph.reader() as reader:
        rows = reader.select(query("codes"))
    labels: dict[str, dict[str, str]] = {}
    broader: dict[str, set[str]] = {}
    for row in rows:
        code, label = short(row["code"].value), row["label"]
        if isinstance(label, Literal):
            labels.setdefault(code, {})[label.language or ""] = label.value
        if "broader" in row:
            broader.setdefault(code, set()).add(short(row["broader"].value))
    return {code: Code(code, labels[code], frozenset(broader.get(code, ()))) for code in sorted(labels)}
