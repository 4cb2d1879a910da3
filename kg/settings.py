"""Settings: flags, then `BOMAY_<NAME>` in the environment, then `bomay.toml` in the working folder, then defaults."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import BomayError

FILE: Final = "bomay.toml"


class BadSetting(BomayError):
    """A setting that is unknown or whose value cannot be used."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `default` is text, as a flag or a variable would give it."""

    name: str
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"BOMAY_{self.name.upper()}"


KNOWN: Final[Mapping[str, Setting]] = {
    setting.name: setting
    for setting in (
        Setting("data", "data", "the data folder"),
        Setting("host", "127.0.0.1", "the address that `kg serve` listens on"),
        Setting("port", "8080", "the port that `kg serve` listens on"),
        Setting("rearrange", "on", "whether OPTIONAL is moved where that changes no answer, on or off"),
        Setting("review_self_accept", "off", "whether editors may accept their own proposals, on or off"),
        Setting("query_seconds", "30", "seconds that a query may take over HTTP, waiting included"),
        Setting("query_memory", "2048", "MB that a query may use over HTTP; all together may use twice as much"),
        Setting(
            "cache", "256", "MB of answers that are kept for whoever asks the same of the same generation; 0: none"
        ),
        Setting("access_log", "off", "where `kg serve` logs each request as a line of JSON: off, stderr or a file"),
        Setting(
            "rate_reader",
            "0",
            "requests a minute of a reader: an address, or a token; 0: no limit",
        ),
        Setting("rate_contributor", "0", "requests a minute of a contributor; 0: no limit"),
        Setting("rate_editor", "0", "requests a minute of an editor; 0: no limit"),
        Setting("rate_admin", "0", "requests a minute of an admin; 0: no limit"),
        Setting("proxy", "", "the address of the web server before `kg serve` whose X-Forwarded headers are believed"),
    )
}
_MOST_A_MINUTE: Final = 1_000_000
_QUERY_LIMITS: Final = {
    "query_seconds": ("seconds", 1, 3600),
    "query_memory": ("MB", 64, 1 << 20),
    "cache": ("MB", 0, 1 << 20),
}


def setting(
    name: str, flag: str | None = None, *, environ: Mapping[str, str] = os.environ, folder: Path = Path()
) -> str:
    """The value in force, as text. `flag` is what the command line gave, None for nothing.

    Raises BadSetting for a `bomay.toml` that cannot be read or names a setting that does not exist.
    """
    known = KNOWN[name]
    if flag is not None:
        return flag
    if environ.get(known.variable):
        return environ[known.variable]
    return _from_file(folder / FILE).get(name, known.default)


def data_folder(flag: str | None) -> Path:
    """The data folder in force."""
    return Path(setting("data", flag))


def port(flag: str | None) -> int:
    """The port in force; raises BadSetting for anything but 0–65535."""
    value = setting("port", flag)
    if not value.isascii() or not value.isdigit() or int(value) > 65535:
        raise BadSetting(f"'{value}' is not a port; give a number from 0 to 65535, for example --port 8080.")
    return int(value)


def rearrange(flag: str | None) -> bool:
    """Whether queries are rearranged; raises BadSetting for anything but on and off."""
    return _switch("rearrange", flag)


def self_accept() -> bool:
    """Whether editors may accept their own proposals; raises BadSetting for anything but on and off."""
    return _switch("review_self_accept")


def query_limit(name: str) -> int:
    """The seconds or MB that a query, or answers that are kept, may take; raises BadSetting for no such number."""
    unit, least, most = _QUERY_LIMITS[name]
    value = setting(name)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise BadSetting(
            f"'{value}' is no number of {unit} from {least} to {most}; write {name} = {KNOWN[name].default}."
        )
    return int(value)


def rate(name: str) -> int:
    """The requests a minute that a setting allows; raises BadSetting for what is no such number."""
    value = setting(name)
    if not (value.isascii() and value.isdigit() and int(value) <= _MOST_A_MINUTE):
        raise BadSetting(f"'{value}' is no number of requests a minute; write {name} = 600, or 0 for no limit.")
    return int(value)


def _switch(name: str, flag: str | None = None) -> bool:
    value = setting(name, flag)
    if value not in ("on", "off"):
        variable = KNOWN[name].variable
        raise BadSetting(f"'{value}' is neither on nor off; give one of them, for example {variable}=off.")
    return value == "on"


def _from_file(path: Path) -> dict[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} is not TOML: {error}. Mend it or move it away.") from error
    named = dict(_flattened(table))
    for name in named:
        if name not in KNOWN:
            raise BadSetting(f"{path} has a setting '{name}' that nothing reads; the settings are {', '.join(KNOWN)}.")
    return named


def _flattened(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """`review.self_accept = true` is `review_self_accept = "on"`."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}_{inner}", word) for inner, word in _flattened(value))
        elif isinstance(value, bool):
            yield name, "on" if value else "off"
        else:
            yield name, str(value)
