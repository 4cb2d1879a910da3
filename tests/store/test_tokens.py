"""Tokens on disk."""

import stat
from pathlib import Path

import pytest

from kg.errors import FolderError, NotFound
from kg.store.tokens import ROLES, create_token, find_token, list_tokens, revoke_token


def test_a_secret_finds_its_token_and_no_other_does(folder: Path) -> None:
    secret = create_token(folder, "Lan Nguyễn", "editor")
    create_token(folder, "minh", "reader")
    token = find_token(folder, secret)
    assert token is not None
    assert (token.name, token.role) == ("Lan Nguyễn", "editor")
    assert token.agent.value.endswith("/id/agent/lan-nguyen")
    for wrong in ("", secret[:-1], secret + "x", "\udcff"):
        assert find_token(folder, wrong) is None


def test_the_secret_is_nowhere_on_disk(folder: Path) -> None:
    secret = create_token(folder, "lan", "admin")
    assert secret not in (folder / "tokens.json").read_text()


def test_only_the_user_can_read_the_tokens(folder: Path) -> None:
    create_token(folder, "lan", "admin")
    assert stat.S_IMODE((folder / "tokens.json").stat().st_mode) == 0o600


def test_a_revoked_token_is_worthless_at_once(folder: Path) -> None:
    secret = create_token(folder, "lan", "editor")
    revoke_token(folder, "lan")
    assert find_token(folder, secret) is None
    with pytest.raises(NotFound):
        revoke_token(folder, "lan")


def test_tokens_are_listed_by_name_without_secrets(folder: Path) -> None:
    for name in ("minh", "lan"):
        create_token(folder, name, "reader")
    assert [token.name for token in list_tokens(folder)] == ["lan", "minh"]


def test_two_tokens_never_share_an_agent(folder: Path) -> None:
    create_token(folder, "Lan", "reader")
    with pytest.raises(FolderError, match="already"):
        create_token(folder, "lan", "editor")


@pytest.mark.parametrize(("name", "role"), [("lan", "king"), ("", "reader"), ("…", "reader")])
def test_bad_names_and_roles_are_refused(folder: Path, name: str, role: str) -> None:
    with pytest.raises(FolderError):
        create_token(folder, name, role)


def test_roles_stand_in_rising_order() -> None:
    assert ROLES == ("reader", "contributor", "editor", "admin")


def test_tokens_need_a_data_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="kg init"):
        create_token(tmp_path, "lan", "reader")
