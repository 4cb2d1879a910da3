"""Settings: flags, then the environment, then bomay.toml, then the default."""

from pathlib import Path

import pytest

from kg.settings import BadSetting, port, query_limit, rearrange, self_accept, setting


def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(tmp_path: Path) -> None:
    assert setting("data", environ={}, folder=tmp_path) == "data"
    (tmp_path / "bomay.toml").write_text('data = "from-file"\nport = 9000\n')
    assert setting("data", environ={}, folder=tmp_path) == "from-file"
    assert setting("data", environ={"BOMAY_DATA": "from-env"}, folder=tmp_path) == "from-env"
    assert setting("data", "from-flag", environ={"BOMAY_DATA": "from-env"}, folder=tmp_path) == "from-flag"
    assert setting("port", environ={}, folder=tmp_path) == "9000"


@pytest.mark.parametrize(("toml", "words"), [('dta = "x"', "'dta' that nothing reads"), ("data = ", "is not TOML")])
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "bomay.toml").write_text(toml)
    with pytest.raises(BadSetting, match=words):
        setting("data", environ={}, folder=tmp_path)


@pytest.mark.parametrize("value", ["http", "-1", "65536", "8080x", "٨٠"])
def test_a_port_is_a_number_in_range(value: str) -> None:
    with pytest.raises(BadSetting, match="is not a port"):
        port(value)


def test_rearranging_is_on_or_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (rearrange(None), rearrange("off")) == (True, False)
    with pytest.raises(BadSetting, match="neither on nor off"):
        rearrange("yes")


@pytest.mark.parametrize(
    "toml", ['review_self_accept = "on"', "review.self_accept = true", "[review]\nself_accept = true"]
)
def test_accepting_ones_own_is_off_unless_it_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert self_accept() is False
    (tmp_path / "bomay.toml").write_text(toml)
    assert self_accept() is True
    monkeypatch.setenv("BOMAY_REVIEW_SELF_ACCEPT", "off")
    assert self_accept() is False
    monkeypatch.setenv("BOMAY_REVIEW_SELF_ACCEPT", "1")
    with pytest.raises(BadSetting, match="BOMAY_REVIEW_SELF_ACCEPT=off"):
        self_accept()


def test_what_a_query_may_use_is_a_number_in_range(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (query_limit("query_seconds"), query_limit("query_memory")) == (30, 2048)
    for value in ("0", "3601", "1.5", "many", "٣"):
        monkeypatch.setenv("BOMAY_QUERY_SECONDS", value)
        with pytest.raises(BadSetting, match="seconds from 1 to 3600"):
            query_limit("query_seconds")
