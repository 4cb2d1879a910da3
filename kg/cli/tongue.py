"""Which of our two languages the person at the terminal reads."""

import os
from collections.abc import Mapping


def language(environ: Mapping[str, str] = os.environ) -> str:
    """ "vi" where the locale (LC_ALL, LC_MESSAGES, LANG; POSIX order) is Vietnamese, else "en"."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    return "vi" if locale.startswith("vi") else "en"
