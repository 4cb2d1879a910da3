"""The small world of the hard cases: places, bodies, and how a report is told and read in them."""

from dataclasses import dataclass, field

from kg.model.documents import Document
from kg.model.extraction import Extraction, OrganRead, PersonRead, Position
from kg.model.spans import Span

PLACES = """
place:viet-nam a bm:Place ; rdfs:label "Việt Nam"@vi ; bm:key "viet nam" ; bm:level level:country .
place:tinh-bac-kan a bm:Place ; rdfs:label "Tỉnh Bắc Kạn"@vi ; bm:key "tinh bac kan" ; bm:level level:province ;
    bm:unitType unittype:Province ; bm:within place:viet-nam ;
    bm:validTo "2025-07-01"^^xsd:date ; bm:replacedBy place:tinh-thai-nguyen-2025 .
place:tinh-thai-nguyen-2025 a bm:Place ; rdfs:label "Tỉnh Thái Nguyên"@vi ; bm:key "tinh thai nguyen" ;
    bm:level level:province ; bm:unitType unittype:Province ; bm:within place:viet-nam ;
    bm:validFrom "2025-07-01"^^xsd:date .
place:tinh-nghe-an a bm:Place ; rdfs:label "Tỉnh Nghệ An"@vi ; bm:key "tinh nghe an" ; bm:level level:province ;
    bm:unitType unittype:Province ; bm:within place:viet-nam .
place:tinh-lao-cai a bm:Place ; rdfs:label "Tỉnh Lào Cai"@vi ; bm:key "tinh lao cai" ; bm:level level:province ;
    bm:unitType unittype:Province ; bm:within place:viet-nam .
place:huyen-cho-don-bac-kan a bm:Place ; rdfs:label "Huyện Chợ Đồn"@vi ; bm:key "huyen cho don" ;
    bm:level level:district ; bm:unitType unittype:RuralDistrict ; bm:within place:tinh-bac-kan .
place:huyen-na-ri-bac-kan a bm:Place ; rdfs:label "Huyện Na Rì"@vi ; bm:key "huyen na ri" ;
    bm:level level:district ; bm:unitType unittype:RuralDistrict ; bm:within place:tinh-bac-kan .
place:xa-bang-lang-cho-don-bac-kan a bm:Place ; rdfs:label "Xã Bằng Lãng"@vi ; bm:key "xa bang lang" ;
    bm:level level:commune ; bm:unitType unittype:Commune ; bm:within place:huyen-cho-don-bac-kan .
organ:ban-to-chuc-trung-uong a bm:Organ ; rdfs:label "Ban Tổ chức Trung ương"@vi ; bm:key "ban to chuc trung uong" ;
    bm:kind organkind:OrganisationBoard ; bm:ladder ladder:Party ; bm:jurisdiction place:viet-nam .
organ:ban-chap-hanh-trung-uong-dang a bm:Organ ; rdfs:label "Ban Chấp hành Trung ương Đảng"@vi ;
    bm:key "ban chap hanh trung uong dang" ; bm:kind organkind:CentralCommittee ; bm:ladder ladder:Party ;
    bm:jurisdiction place:viet-nam .
"""

BODIES = {
    "UBND Bắc Kạn": ("Ủy ban nhân dân tỉnh Bắc Kạn", "PeoplesCommittee", "tỉnh Bắc Kạn"),
    "UBND Nghệ An": ("Ủy ban nhân dân tỉnh Nghệ An", "PeoplesCommittee", "tỉnh Nghệ An"),
    "Tỉnh ủy Bắc Kạn": ("Tỉnh ủy Bắc Kạn", "PartyCommittee", "tỉnh Bắc Kạn"),
    "Tỉnh ủy Lào Cai": ("Tỉnh ủy Lào Cai", "PartyCommittee", "tỉnh Lào Cai"),
    "Tỉnh ủy Nghệ An": ("Tỉnh ủy Nghệ An", "PartyCommittee", "tỉnh Nghệ An"),
    "Sở Nội vụ Bắc Kạn": ("Sở Nội vụ tỉnh Bắc Kạn", "Department", "tỉnh Bắc Kạn"),
    "Sở Nội vụ Thái Nguyên": ("Sở Nội vụ tỉnh Thái Nguyên", "Department", "tỉnh Thái Nguyên"),
    "Sở Tài chính Thái Nguyên": ("Sở Tài chính tỉnh Thái Nguyên", "Department", "tỉnh Thái Nguyên"),
    "Sở Y tế Bắc Kạn": ("Sở Y tế tỉnh Bắc Kạn", "Department", "tỉnh Bắc Kạn"),
    "Sở Xây dựng Bắc Kạn": ("Sở Xây dựng tỉnh Bắc Kạn", "Department", "tỉnh Bắc Kạn"),
    "Sở Y tế Nghệ An": ("Sở Y tế tỉnh Nghệ An", "Department", "tỉnh Nghệ An"),
    "Sở Xây dựng Lào Cai": ("Sở Xây dựng tỉnh Lào Cai", "Department", "tỉnh Lào Cai"),
    "Huyện ủy Chợ Đồn": ("Huyện ủy Chợ Đồn", "PartyCommittee", "huyện Chợ Đồn"),
    "HĐND Chợ Đồn": ("Hội đồng nhân dân huyện Chợ Đồn", "PeoplesCouncil", "huyện Chợ Đồn"),
    "UBND Chợ Đồn": ("Ủy ban nhân dân huyện Chợ Đồn", "PeoplesCommittee", "huyện Chợ Đồn"),
    "UBND Na Rì": ("Ủy ban nhân dân huyện Na Rì", "PeoplesCommittee", "huyện Na Rì"),
    "UBND xã Bằng Lãng": ("Ủy ban nhân dân xã Bằng Lãng", "PeoplesCommittee", "xã Bằng Lãng"),
    "Ban Tổ chức Trung ương": ("Ban Tổ chức Trung ương", "OrganisationBoard", None),
    "Trung ương Đảng": ("Ban Chấp hành Trung ương Đảng", "CentralCommittee", None),
    "Ban Tổ chức Bắc Kạn": ("Ban Tổ chức Tỉnh ủy Bắc Kạn", "OrganisationBoard", "tỉnh Bắc Kạn"),
}

Held = tuple[str, str | None] | tuple[str, str | None, str]
"""Title, key of BODIES or None, and the status if not "current"."""


@dataclass(frozen=True, slots=True)
class Told:
    """One report that names one person, once for each group of posts; `before` is the form of address."""

    day: str
    name: str
    mentions: tuple[tuple[Held, ...], ...]
    before: str = "đồng chí"
    born: str | None = None
    died: str | None = None
    context: str | None = None
    aliases: tuple[str, ...] = ()

    def read(self) -> tuple[Document, Extraction]:
        """The report and what a reader makes of it."""
        words = f"Ngày {self.day} họp bàn công tác. "
        spans: list[Span] = []
        positions: list[Position] = []
        for group in self.mentions:
            words += f"Dự họp có {self.before} "
            spans.append(Span(len(words), len(words) + len(self.name)))
            words += self.name
            for title, body, *status in group:
                organ = BODIES[body][0] if body else None
                words += ", "
                said = f"{title} {organ or ''}".strip()
                at = Span(len(words), len(words) + len(said))
                words += said
                positions.append(
                    Position(title, organ, status[0] if status else "current", (at,), "post-after-name", "high")
                )
            words += ". "
        person = PersonRead(
            self.name,
            tuple(spans),
            tuple(positions),
            aliases=self.aliases,
            birth_date=self.born,
            death_date=self.died,
        )
        bodies = {body: BODIES[body] for group in self.mentions for _, body, *_ in group if body}
        organs = tuple(OrganRead(*body, spans=(spans[0],)) for body in bodies.values())
        return Document(self.day, words, published=self.day), Extraction(
            self.day, self.day, self.context, persons=(person,), organs=organs
        )


def told(day: str, name: str, *posts: Held) -> Told:
    """A report that names a person once, with these posts."""
    return Told(day, name, (posts,))


@dataclass(frozen=True, slots=True)
class Case:
    """What is known, what is said then, the decision on the last report, and reasons that must be among those kept.

    `decision` is "link", "undecided" or "apart"; "unrelated" for people whose names are not the same, "split" for one
    report that speaks of two. `reasons` are names of features (kg/propose/data/namesakes.tsv).
    """

    title: str
    known: tuple[Told, ...]
    said: Told
    decision: str
    reasons: tuple[str, ...] = field(default=())


COMMON = "Nguyễn Văn Hùng"
PLAIN = "Nông Quốc Khánh"
LONG = "Triệu Thị Kim Oanh"
