"""A report on a page read back into what `Finding.to_json` tells, in the language of the page."""

from html.parser import HTMLParser
from typing import Any

_ASIDE = ("message_", "shape_name_", "path_label_", "sentence_")


class ReportReader(HTMLParser):
    """Reads the list of findings; machine values stand in `data` elements and attributes, words in what they hold."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.findings: list[dict[str, Any]] = []
        self.buttons: list[str] = []
        self.lang = language
        self._open: list[tuple[str, str]] = []
        self._at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        classes = told.get("class", "").split()
        if tag == "li" and "finding" in classes:
            self.findings.append(_empty(told["data-component"], self.lang))
        elif tag == "figure" and self.findings:
            self.findings[-1]["evidence"].append(_sentence(told))
        elif tag == "li" and "repair" in classes:
            words = {
                "kind": told["data-kind"],
                "left": int(told["data-left"]),
                f"sentence_{self.lang}": "",
                "patch": "",
            }
            self.findings[-1]["repairs"].append(words)
        elif tag == "data" and self.findings:
            self._value(classes[0], told)
        elif tag == "time" and self.findings and self.findings[-1]["evidence"]:
            self.findings[-1]["evidence"][-1]["published"] = told["datetime"]
        elif tag == "button" and told.get("name") == "repair":
            self.buttons.append(told["value"])
        if tag in ("data", "span", "code", "blockquote", "pre"):
            self._open.append((tag, classes[0] if classes else tag))

    def _value(self, name: str, told: dict[str, str]) -> None:
        finding = self.findings[-1]
        if name == "said-by":
            finding["evidence"][-1]["source"] = told["value"]
        else:
            finding[name] = told["value"]
        if name == "value":
            finding["value_datatype"] = told.get("data-datatype")
            finding["value_language"] = told.get("data-language")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self.findings or not self._open:
            return
        finding, name = self.findings[-1], self._open[-1][1]
        evidence, repairs = finding["evidence"], finding["repairs"]
        match name:
            case "message":
                finding[f"message_{self.lang}"] += data
            case "focus":
                finding["focus_label"] += data
            case "shape":
                finding[f"shape_name_{self.lang}"] += data
            case "path":
                finding["path"] = data
            case "path-label":
                finding[f"path_label_{self.lang}"] += data
            case "value-label":
                finding["value_label"] += data
            case "blockquote":
                evidence[-1]["quote"] += data
            case "said-by":
                evidence[-1]["source_label"] += data
            case "mending":
                repairs[-1][f"sentence_{self.lang}"] += data
            case "patch":
                repairs[-1]["patch"] += data


def _empty(component: str, language: str) -> dict[str, Any]:
    words = dict.fromkeys((f"{name}{language}" for name in _ASIDE[:3]), "")
    lists: dict[str, Any] = {"evidence": [], "repairs": []}
    nothing = dict.fromkeys(("path", "value", "value_datatype", "value_language"))
    return {**words, **lists, **nothing, "component": component, "focus_label": "", "value_label": ""}


def _sentence(told: dict[str, str]) -> dict[str, Any]:
    places = {name: int(told[f"data-{name}"]) if f"data-{name}" in told else None for name in ("start", "end")}
    words = dict.fromkeys(("quote", "source_label", "published"), "")
    return {"evidence": told["data-evidence"], "supports": told["data-supports"], **words, **places}


def in_language(row: dict[str, Any], language: str) -> dict[str, Any]:
    """What a page of one language tells of a finding."""
    other = "en" if language == "vi" else "vi"
    kept = {name: value for name, value in row.items() if name not in {f"{aside}{other}" for aside in _ASIDE}}
    repairs = [
        {
            **{name: value for name, value in one.items() if name not in (f"sentence_{other}", "remove", "add")},
            "patch": "".join(
                f"{code} {line}\n"
                for code, text in (("D", one["remove"]), ("A", one["add"]))
                for line in text.splitlines()
            ),
        }
        for one in row["repairs"]
    ]
    return {**kept, "repairs": repairs}
