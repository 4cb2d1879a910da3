"""How documents stand to each other, to bodies and to people."""

from typing import Final

from kg.extract.assemble_meetings import citations_between, outer_citations
from kg.extract.citations import Cited
from kg.extract.deeds import Deed
from kg.extract.foundings import read_founders, read_foundings
from kg.extract.items import Address
from kg.extract.lexicon import phrases
from kg.extract.orders import read_orders
from kg.extract.organs import Body
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import TITLE, word_key
from kg.model.extraction import RelationRead
from kg.model.fold import accented_key

Refs = list[tuple[Cited, str]]
_PRESENTING: Final = frozenset(("quán triệt", "truyền đạt chuyên đề", "trình bày", "giới thiệu"))


def read_document_relations(
    state: State, cited: Refs, deeds: list[Deed], names: dict[int, str], bodies: dict[int, str]
) -> list[RelationRead]:
    """Relations whose subject or object is a document, in order."""
    out: list[RelationRead] = []
    own = next(((c, ref) for c, ref in cited if c.is_own), None)
    out += _between(state, cited)
    out += _based_on(state, cited, own)
    out += _own_implements(state, cited, own)
    out += _establishes(state, cited, bodies)
    out += read_foundings(state, cited, bodies)
    out += read_founders(state, bodies)
    out += _follows_up(state, cited)
    out += _presents(state, cited, deeds, names)
    out += _passed_by(state, cited, bodies)
    out += _own_passed_by(state, bodies, own)
    out += _signed_by(state, cited, names, own)
    out += read_orders(state, cited, bodies)
    return list({(r.subject, r.predicate, r.object): r for r in reversed(out)}.values())[::-1]


def _relation(state: State, subject: str, predicate: str, object_: str, first: int, after: int) -> RelationRead:
    return RelationRead(subject, predicate, object_, (state.view.token_span(first, after),))


def _between(state: State, cited: Refs) -> list[RelationRead]:
    """Predicate words between one document and the next ones in its sentence."""
    view, tree, out = state.view, phrases("predicates.tsv"), []
    laws = {
        accented_key(view.folded[c.title[0] : c.title[1]]): ref
        for c, ref in cited
        if c.title and c.type in ("Luật", "Bộ luật", "Pháp lệnh")
    }
    for n, (c, ref) in enumerate(cited):
        following = citations_between(cited[n + 1 : n + 40], c.start, state.sentence_end(c.start))
        at = c.number_end
        limit = following[0][0].start if following else min(len(view), c.end)
        while at < limit or (not following and at < c.end):
            found = tree.longest(view, at) if view.keys[at] in tree.branches else None
            if found is None or found[1][2] == "own":
                at += 1
                continue
            end, row = found
            targets = _targets(state, end, following)
            if not targets and row[1] in ("details", "guides", "implements", "amends"):
                law = _law_named(state, end, laws)
                targets = [law] if law and law != ref else []
            for target in targets:
                pair = (ref, target) if row[2] == "forward" else (target, ref)
                if pair[0] != pair[1] and (c.end >= end or row[2] == "back" or following):
                    last = following[0][0].end if following and row[1] != "details" else end
                    out.append(_relation(state, pair[0], row[1], pair[1], c.start, max(last, end)))
            at = end
    return out


def _targets(state: State, end: int, following: Refs) -> list[str]:
    """Documents right after predicate words, a list of them with commas included."""
    if not following or following[0][0].start - end > 3:
        return []
    out = [following[0][1]]
    last = following[0][0]
    for other, ref in following[1:]:
        gap = state.view.keys[last.end : other.start]
        joined = any(key in _LISTED for key in gap) and len(gap) <= _PARTS
        if not joined or any(key not in _LISTED | _OF_PART and not key.isdigit() for key in gap):
            break
        out.append(ref)
        last = other
    return out


_LISTED: Final = frozenset((",", word_key("và")))
_OF_PART: Final = frozenset(
    map(word_key, ("khoản", "điểm", "điều", "mục", "của", "các"))
)  # "và Điều 30 của Nghị định …"
_PARTS: Final = 8  # tokens


def _law_named(state: State, i: int, laws: dict[str, str]) -> str | None:
    """The numbered law whose title follows within a few words ("một số điều của Luật Nuôi con nuôi")."""
    view = state.view
    for k in range(i, min(i + 10, len(view))):
        if view.keys[k] in (word_key("luật"),) and view.shapes[k] == TITLE:
            rest = accented_key(view.words(k + 1, min(k + 20, len(view))))
            return next((ref for title, ref in laws.items() if title and rest.startswith(title)), None)
    return None


def _based_on(state: State, cited: Refs, own: tuple[Cited, str] | None) -> list[RelationRead]:
    """ "Căn cứ …;" and "Theo đề nghị … tại Tờ trình …" in a paper's own preamble."""
    if own is None:
        return []
    view, out = state.view, []
    for i in sorted([*state.find("căn cứ"), *state.find("theo đề"), *state.find("xét")]):
        if not view.hard[i] and not (i and view.keys[i - 1] == ";"):
            continue
        found = citations_between(cited, i, min(i + _PREAMBLE, len(view)))
        first = found[0] if found and _same_clause(state, i, found[0][0].start) else None
        if first is not None and first[1] != own[1]:
            out.append(_relation(state, own[1], "based_on", first[1], i, first[0].number_end))
    return out


_PREAMBLE: Final = 40


def _same_clause(state: State, i: int, at: int) -> bool:
    """Whether no semicolon or blank line parts two tokens of a preamble; lines wrap there."""
    view = state.view
    if ";" in view.keys[i:at]:
        return False
    return "\n\n" not in view.folded[view.starts[i] : view.starts[at]].replace(" ", "").replace("*", "")


def _own_implements(state: State, cited: Refs, own: tuple[Cited, str] | None) -> list[RelationRead]:
    """A paper that says in its heading or at the head of a sentence: "Thực hiện Kế hoạch số …"."""
    if own is None:
        return []
    view, out = state.view, []
    for i in state.find("thực hiện"):
        if not view.hard[i] and i and state.sentences[i] == state.sentences[i - 1]:
            continue
        target = next((pair for pair in citations_between(cited, i + 2, i + 5) if pair[1] != own[1]), None)
        if target is not None:
            out.append(_relation(state, own[1], "implements", target[1], i, target[0].number_end))
    return out


def _establishes(state: State, cited: Refs, bodies: dict[int, str]) -> list[RelationRead]:
    """ "Quyết định số 476 về việc thành lập Đoàn kiểm tra của Ban Bí thư"."""
    view, out = state.view, []
    for c, ref in cited:
        for k in range(c.number_end, min(c.end, c.number_end + 12)):
            if view.keys[k : k + 2] == [word_key("thành"), word_key("lập")]:
                n = state.at_start.get(k + 2)
                if n is not None and n in bodies:
                    out.append(_relation(state, ref, "establishes", bodies[n], c.start, state.items[n].end))
                break
    return out


def _follows_up(state: State, cited: Refs) -> list[RelationRead]:
    """A letter that chases what earlier ones asked for: "… đã nêu tại văn bản, cụ thể như sau: …"."""
    view = state.view
    numbered = [(c, ref) for c, ref in cited if c.number]
    for i in sorted([*state.find("nêu tại văn bản"), *state.find("giao tại văn bản"), *state.find("yêu cầu văn bản")]):
        before = citations_between(numbered, 0, i)
        colon = next((k for k in range(i, min(i + 14, len(view))) if view.keys[k] == ":"), None)
        if not before or colon is None:
            continue
        own = before[-1][1]
        return [
            _relation(state, own, "follows_up", ref, c.start, c.number_end)
            for c, ref in citations_between(numbered, colon, len(view))
            if ref != own
        ]
    return []


def _presents(state: State, cited: Refs, deeds: list[Deed], names: dict[int, str]) -> list[RelationRead]:
    out = []
    outer = outer_citations(cited)
    for deed in deeds:
        if deed.role not in _PRESENTING or state.view.keys[deed.end : deed.end + 1] == [","]:
            continue
        end = state.sentence_end(deed.start)
        for c, ref in citations_between(outer, deed.end, end):
            if c.number and c.parsed is not None:
                out.append(_relation(state, names[deed.name], "presents", ref, deed.start, c.number_end))
    return out


def _passed_by(state: State, cited: Refs, bodies: dict[int, str]) -> list[RelationRead]:
    """ "HĐND tỉnh thông qua Nghị quyết số …"."""
    out = []
    for i in state.find("thông qua"):
        after = [pair for pair in citations_between(cited, i + 2, i + 6) if pair[0].number]
        n = next(
            (m for k in range(i, max(-1, i - 5), -1) if (m := state.at_end.get(k)) is not None and m in bodies), None
        )
        if after and n is not None and state.sentences[state.items[n].start] == state.sentences[i]:
            c, ref = after[0]
            out.append(_relation(state, ref, "passed_by", bodies[n], state.items[n].start, c.number_end))
    return out


def _own_passed_by(state: State, bodies: dict[int, str], own: tuple[Cited, str] | None) -> list[RelationRead]:
    """ "Nghị quyết này đã được HĐND huyện … thông qua", of the paper itself."""
    out: list[RelationRead] = []
    for i in state.find("nghị quyết này") if own is not None else []:
        end = state.sentence_end(i)
        done = next(iter(state.between("thông qua", i + 1, end)), None)
        n = next((m for k in range(i, end) if (m := state.at_start.get(k)) is not None and m in bodies), None)
        if own is not None and done is not None and n is not None and state.items[n].start < done:
            out.append(_relation(state, own[1], "passed_by", bodies[n], i, done + 2))
    return out


def _signed_by(state: State, cited: Refs, names: dict[int, str], own: tuple[Cited, str] | None) -> list[RelationRead]:
    """ "ông A (, Phó Chủ tịch …,) ký (ban hành) Quyết định số …"; "Công văn số … do ông A ký"; the signature under a
    paper."""
    view, out = state.view, []
    numbered = [pair for pair in cited if pair[0].number]
    for i in state.find("ký"):
        n = _signer(state, i, names)
        if n is None:
            continue
        end = state.sentence_end(i)
        after = citations_between(numbered, i + 1, min(i + 7, end))
        passive = _do_before(state, state.items[n].start)
        before = citations_between(numbered, state.sentence_start(i), passive) if passive is not None else []
        if passive is not None and before:
            c, ref = before[-1]
            out.append(_relation(state, ref, "signed_by", names[n], c.start, i + 1))
        elif after:
            c, ref = after[0]
            out.append(_relation(state, ref, "signed_by", names[n], state.items[n].start, c.number_end))
    if own is not None:
        last = [
            n for n in names if n and view.hard[state.items[n].start] and isinstance(state.items[n - 1], (Post, Body))
        ]
        if last:
            item = state.items[last[-1]]
            out.append(_relation(state, own[1], "signed_by", names[last[-1]], item.start, item.end))
    return out


def _signer(state: State, i: int, names: dict[int, str]) -> int | None:
    """The name item before "ký", posts in apposition between."""
    view, at = state.view, i
    for _ in range(_APPOSED):
        while at > 0 and view.keys[at - 1] in _BEFORE_SIGNING:
            at -= 1
        n = state.at_end.get(at)
        if n is None or state.sentences[state.items[n].start] != state.sentences[i]:
            return None
        if n in names:
            return n
        if not isinstance(state.items[n], Post):
            return None
        at = state.items[n].start
    return None


_APPOSED: Final = 4  # posts
_BEFORE_SIGNING: Final = frozenset((",", "-", "(", ")", *map(word_key, ("đã", "vừa", "mới", "và"))))


def _do_before(state: State, i: int) -> int | None:
    """The "do" that opens a passive right before a name, with the posts and forms of address that stand with it."""
    at = i
    while (n := state.at_end.get(at)) is not None and isinstance(state.items[n], (Post, Address)):
        at = state.items[n].start
        while at > 0 and state.view.keys[at - 1] in (",", "-"):
            at -= 1
    return at - 1 if at > 0 and state.view.keys[at - 1] == word_key("do") else None
