"""Tokens: shown once, listed without their secret, revoked by name."""

from collections.abc import Callable
from pathlib import Path

from kg.store.tokens import find_token

Run = Callable[..., tuple[int, str, str]]


def test_a_token_works_until_it_is_revoked_and_is_never_listed(kg: Run, own: Path) -> None:
    status, out, _ = kg("token", "create", "lan", "--role", "editor", "--data", own)
    secret = out.strip()
    assert status == 0 and len(secret) > 20
    token = find_token(own, secret)
    assert token is not None and token.role == "editor"
    _, listed, _ = kg("token", "list", "--data", own)
    assert "lan\teditor\t" in listed and secret not in listed
    assert kg("token", "revoke", "lan", "--data", own)[0] == 0
    assert find_token(own, secret) is None


def test_a_taken_or_unknown_name_is_one_sentence(kg: Run, own: Path) -> None:
    assert kg("token", "create", "lan", "--role", "editor", "--data", own)[0] == 0
    for arguments in (["create", "lan", "--role", "admin"], ["revoke", "nobody"]):
        status, _, err = kg("token", *arguments, "--data", own)
        assert status == 2
        assert err.count("\n") == 1 and arguments[1] in err
