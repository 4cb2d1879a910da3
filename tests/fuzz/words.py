"""What official texts are made of, drawn from the project's own word lists."""

from hypothesis import strategies as st

from kg.extract.lexicon import rows
from kg.model.numbers import issuers, types


def surfaces(name: str, column: int = 0) -> list[str]:
    """The surfaces of a word list of kg/extract/data, in its order."""
    found = [surface for row in rows(name) for surface in row[column].split("|")]
    assert found, name
    return found


def syllables(name: str) -> list[str]:
    """The syllables of a list that has many on a line."""
    return [word for row in rows(name) for word in row[0].split()]


def capital(words: str) -> str:
    """With its first letter large, as at the head of a title or of a body."""
    return words[:1].upper() + words[1:]


RANKS = [capital(words) for words in surfaces("titles.tsv")]
BODIES = [capital(words) for words in surfaces("organs.tsv")]
FIELDS = [capital(words) for words in surfaces("fields.tsv")]
SURNAMES = syllables("surnames.txt")
GIVEN = ["Văn", "Thị", "Hữu", "An", "Lộc", "Bình", "Đạt", "Ngọc Hà", "Quốc Bảo", "Seo Vử", "Yim Kđoh", "K' Rứ", "Ê Ban"]
PLACES = [f"{row[0]} {row[1]}" for row in rows("places.tsv")] + ["tỉnh", "huyện", "xã", "thành phố", "TP.HCM", "Q.1"]
PARTING = [
    ", ",
    "; ",
    " - ",
    " – ",
    ": ",
    ". ",
    "\n",
    "\n\n",
    " ",
    " và ",
    " (",
    ") ",
    ", nguyên ",
    " kiêm ",
    "…",
    "/",
    " | ",
]
PHRASES = [
    surface
    for name in (
        "honorifics.tsv", "statuses.tsv", "modifiers.tsv", "meetings.tsv", "roles.tsv", "list_openers.tsv",
        "triggers.tsv", "proposals.tsv", "predicates.tsv", "doctypes.tsv", "memorials.txt", "commemorated.txt",
        "captions.txt", "sentence_openers.txt", "task_verbs.txt", "title_openers.txt", "countries.txt", "not_names.txt",
        "name_abbreviations.tsv", "division_fields.tsv",
    )
    for surface in surfaces(name)
]  # fmt: skip
FRAMES = [
    "thay", "do", "tại", "của", "số", "ngày", "năm", "từ", "đến", "khóa XIII", "nhiệm kỳ 2020-2025", "về việc",
    "sinh ngày",
    "mất ngày", "quê quán", "thay mặt", "ký", "kỷ luật", "khiển trách", "cảnh cáo", "kiểm tra", "giám sát", "sáp nhập",
    "hợp nhất", "thành lập", "trên cơ sở", "đổi tên thành", "TM.", "KT.", "TL.", "T/M", "Nơi nhận:", "Căn cứ",
    "Điều 1.",
    "Kính gửi:", "Ảnh:", "Theo", "PV", "cùng ngày", "nay", "hiện nay là", "phối hợp với", "chủ trì, phối hợp với",
    "điểm cầu",
]  # fmt: skip
LIST_HEADS = ["- ", "+ ", "* ", "1. ", "2) ", "a) ", "I. ", "IV. ", "| ", "# ", "• "]

rank = st.sampled_from(RANKS)
body = st.sampled_from(BODIES)
place = st.sampled_from(PLACES)
phrase = st.sampled_from(PHRASES)
task = st.sampled_from([capital(words) for words in surfaces("task_verbs.txt")])
frame = st.sampled_from(FRAMES)
parting = st.sampled_from(PARTING)

name = st.builds(
    "{} {} {}".format, st.sampled_from(SURNAMES), st.sampled_from(GIVEN), st.sampled_from(GIVEN + SURNAMES)
)
organ = st.one_of(
    body,
    st.builds("{} {}".format, body, place),
    st.builds("{} {} {}".format, body, st.sampled_from(FIELDS), place),
)
status = st.sampled_from(["", "", "nguyên ", "cố ", "tân ", "quyền ", "Q. ", "phó ", "Phó ", "các ", "KT. "])
post = st.one_of(st.builds("{}{} {}".format, status, rank, organ), st.builds("{}{}".format, status, rank))

day = st.integers(0, 32)
month = st.integers(0, 13)
year = st.one_of(st.integers(1944, 2031), st.sampled_from(["0000", "0001", 0, 1000, 1800, 9999, 20216]))
date = st.one_of(
    st.builds("{}/{}/{}".format, day, month, year),
    st.builds("ngày {}{}{}".format, day, st.sampled_from("/.- "), month),
    st.builds("{}{}{} năm {}".format, day, st.sampled_from("/.-"), month, year),
    st.builds("ngày {} tháng {} năm {}".format, day, month, year),
    st.builds("tháng {}{}{}".format, month, st.sampled_from("/.- "), year),
    st.builds("({} - {})".format, year, year),
    st.builds("từ ngày {} đến {}/{}/{}".format, day, day, month, year),
    st.builds("{} nay ({}/{})".format, st.sampled_from(["sáng", "Chiều", "hôm"]), day, month),
    st.builds("quý {} năm {}".format, st.sampled_from(["I", "II", "III", "IV", "V", "4"]), year),
)
type_code = st.sampled_from(sorted({row.code for row in types()}))
issuer_code = st.sampled_from(sorted({row.code for row in issuers()}))
gap = st.sampled_from(["", "", "", " ", "\u00a0", "\n"])
mark = st.sampled_from(["-", "/", "–", "\u2011", "&", "."])
number = st.one_of(
    st.builds("{}{}{}{}{}{}{}".format, st.integers(0, 10**6), mark, gap, type_code, gap, mark, issuer_code),
    st.builds("{}/{}/{}-{}".format, st.integers(0, 999), year, type_code, issuer_code),
    st.builds("{}/{}/QH{}".format, st.integers(0, 999), year, st.integers(0, 20)),
)
paper = st.one_of(
    st.builds("{} số {}".format, st.sampled_from(surfaces("doctypes.tsv")), number),
    st.builds("{} số {}, {} của {}".format, st.sampled_from(surfaces("doctypes.tsv")), number, date, body),
    st.builds("{} {} năm {}".format, st.sampled_from(surfaces("doctypes.tsv")), st.integers(0, 99), year),
)
