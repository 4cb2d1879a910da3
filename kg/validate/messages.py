"""The words of a finding in both languages: the shape's own, else plain ones for each constraint component."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rdflib import Literal

from kg.namespaces import curie

_PLAIN: dict[str, tuple[str, str]] = {
    "MinCount": ("Thiếu giá trị: cần ít nhất {}.", "A value is missing: give at least {}."),
    "MaxCount": ("Quá nhiều giá trị: chỉ giữ nhiều nhất {}.", "There are too many values: keep at most {}."),
    "Class": ("Hãy chọn một nút thuộc lớp {}.", "Choose a node of class {}."),
    "Datatype": ("Hãy ghi giá trị kiểu {}.", "Write a value of datatype {}."),
    "NodeKind": ("Hãy ghi một giá trị loại {}.", "Give a value of kind {}."),
    "In": ("Hãy chọn một giá trị trong danh sách cho phép.", "Choose one of the allowed values."),
    "HasValue": ("Phải có giá trị {}.", "The value {} must be there."),
    "Pattern": ("Hãy viết đúng mẫu {}.", "Write it after the pattern {}."),
    "MinLength": ("Viết ít nhất {} ký tự.", "Write at least {} characters."),
    "MaxLength": ("Viết nhiều nhất {} ký tự.", "Write at most {} characters."),
    "UniqueLang": ("Mỗi ngôn ngữ chỉ một giá trị.", "Give one value for each language."),
    "LanguageIn": ("Hãy ghi ngôn ngữ cho phép.", "Use one of the allowed languages."),
    "MinInclusive": ("Giá trị không được nhỏ hơn {}.", "The value must not be below {}."),
    "MaxInclusive": ("Giá trị không được lớn hơn {}.", "The value must not be above {}."),
    "MinExclusive": ("Giá trị phải lớn hơn {}.", "The value must be above {}."),
    "MaxExclusive": ("Giá trị phải nhỏ hơn {}.", "The value must be below {}."),
    "LessThan": ("Giá trị phải nhỏ hơn giá trị của {}.", "The value must be less than that of {}."),
    "LessThanOrEquals": ("Giá trị không được lớn hơn giá trị của {}.", "The value must not be more than that of {}."),
    "Equals": ("Giá trị phải trùng với giá trị của {}.", "The values must equal those of {}."),
    "Disjoint": ("Giá trị không được trùng với giá trị của {}.", "The values must differ from those of {}."),
    "Closed": ("Bỏ thuộc tính không được phép này.", "Take out this property; it is not allowed here."),
}
_OTHER = (
    "Nút này chưa đạt điều kiện của hình dạng; hãy xem lại.",
    "This node does not meet its shape; look it over again.",
)
_SLOT = re.compile(r"\{[?$](\w+)\}")


def fill(template: str, values: dict[str, str]) -> str:
    """The template with {?name} and {$name} filled in, IRIs in their short form; unknown names stay."""
    return _SLOT.sub(lambda slot: curie(values[slot[1]]) if slot[1] in values else slot[0], template)


def both_languages(
    said: Sequence[Literal], templates: Iterable[Literal], component: str, parameter: str
) -> tuple[str, str]:
    """(Vietnamese, English) of a result.

    `said` are the result's messages; pySHACL drops the language of those it fills values into, so such a one takes the
    language of the template that it fits. `component` is the local name of the constraint component, `parameter` its
    value.
    """
    by_language: dict[str, str] = {}
    patterns = [(template.language or "", _fitting(str(template))) for template in templates]
    for message in sorted(said, key=str):
        language = message.language or next(
            (lang for lang, pattern in patterns if lang and pattern.fullmatch(str(message))), ""
        )
        by_language.setdefault(language[:2], str(message))
    own = by_language.get("") if any(not lang for lang, _ in patterns) else None
    given_vi, given_en = by_language.get("vi", own), by_language.get("en", own)
    plain_vi, plain_en = _PLAIN.get(component.removesuffix("ConstraintComponent"), _OTHER)
    vi = given_vi or given_en or plain_vi.format(parameter)
    return vi, given_en or given_vi or plain_en.format(parameter)


@lru_cache(1024)
def _fitting(template: str) -> re.Pattern[str]:
    parts = _SLOT.split(template)
    return re.compile("".join(re.escape(part) if at % 2 == 0 else ".*" for at, part in enumerate(parts)), re.DOTALL)
