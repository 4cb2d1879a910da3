"""Sessions of browsers: signing in with a token, the CSRF token of writes, and what caches may keep."""

import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from werkzeug.test import TestResponse

from kg.store.tokens import create_token, revoke_token
from server import sessions
from tests.server.conftest import running

HTML = {"Accept": "text/html"}
SHOWN = '<span title="lan, editor">lan</span>'
INSERT = 'INSERT DATA { place:viet-nam skos:altLabel "Vietnam"@en }'


@pytest.fixture(scope="module")
def own_folder(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all of these tests; each has tokens of its own."""
    return shutil.copytree(template, tmp_path_factory.mktemp("sessions") / "data")


@pytest.fixture(scope="module")
def own(own_folder: Path) -> Iterator[Flask]:
    with running(own_folder) as made:
        yield made


@pytest.fixture(autouse=True)
def no_tokens(own_folder: Path) -> None:
    (own_folder / "tokens.json").unlink(missing_ok=True)


def signed_in(app: Flask, folder: Path, role: str = "editor", name: str = "lan") -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "en"}
    answer = client.post("/signin", data={"token": create_token(folder, name, role)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    return client


def csrf_of(client: FlaskClient) -> str:
    (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', client.get("/about").text))
    return token


def update(client: FlaskClient, **headers: str) -> TestResponse:
    answer: TestResponse = client.post(
        "/update", data=INSERT, content_type="application/sparql-update", headers=headers | {"Accept": "*/*"}
    )
    return answer


def test_a_token_begins_a_session_that_pages_show(own: Flask, own_folder: Path) -> None:
    client = own.test_client()
    secret = create_token(own_folder, "lan", "editor")
    answer = client.post("/signin", data={"token": f" {secret} ", "next": "/conflicts/ten?lang=en"}, headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/conflicts/ten?lang=en")
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={sessions.LIFETIME}"} <= set(cookie.split("; "))
    assert "Secure" not in cookie and secret not in cookie
    assert SHOWN in client.get("/about?lang=en").text
    assert "You are signed in: lan, editor." in client.get("/signin").text
    assert 'action="/signout"' in client.get("/about").text
    assert 'action="/signout"' not in own.test_client().get("/about").text
    key = own_folder / "session.key"
    assert (stat.S_IMODE(key.stat().st_mode), key.stat().st_size) == (0o600, 32)


def test_the_cookie_is_secure_under_https(own: Flask, own_folder: Path) -> None:
    secret = create_token(own_folder, "lan", "editor")
    answer = own.test_client().post("/signin", data={"token": secret}, base_url="https://bomay.example")
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")


@pytest.mark.parametrize("token", ["", "bomay_wrong", "mã nào đó"])
def test_a_wrong_token_gets_the_form_again_with_one_sentence(page: FlaskClient, token: str) -> None:
    answer = page.post("/signin", data={"token": token, "next": "/about"})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert "WWW-Authenticate" in answer.headers
    assert answer.text.count('role="alert"') == 1 and "Mã này không có ở đây" in answer.text
    assert 'name="next" value="/about"' in answer.text


def test_a_program_is_told_of_a_wrong_token_as_a_problem(client: FlaskClient) -> None:
    answer = client.post("/signin", data={"token": "bomay_wrong"})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


@pytest.mark.parametrize(
    "then", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/\t/x"]
)
def test_signing_in_leads_to_no_other_site(own: Flask, own_folder: Path, then: str) -> None:
    client, secret = own.test_client(), create_token(own_folder, "lan", "editor")
    assert client.post("/signin", data={"token": secret, "next": then}).headers["Location"] == "/"


def test_no_other_site_signs_somebody_in(own: Flask, own_folder: Path) -> None:
    form = {"token": create_token(own_folder, "lan", "editor")}
    answer = own.test_client().post("/signin", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (403, False)


def test_a_write_of_a_session_needs_its_csrf_token(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    other = csrf_of(signed_in(own, own_folder, name="mai"))
    for headers in ({}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": "ệ"}, {"X-CSRF-Token": other}):
        answer = update(client, **headers)
        assert (answer.status_code, "needs the CSRF token" in answer.get_json()["detail"]) == (403, True)
    assert update(client, **{"X-CSRF-Token": csrf_of(client)}).status_code == 204
    form = {"update": INSERT.replace("Vietnam", "Viet Nam"), "csrf": csrf_of(client)}
    assert client.post("/update", data=form | {"csrf": ""}, headers={"Accept": "*/*"}).status_code == 403
    assert client.post("/update", data=form, headers={"Accept": "*/*"}).status_code == 204


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_each_unsafe_method_is_held_to_it(own: Flask, own_folder: Path, method: str) -> None:
    client = signed_in(own, own_folder, "admin")
    address = "/api/running/none" if method == "delete" else "/graphs?default"
    body = {"data": INSERT, "content_type": "application/sparql-update"} if method == "patch" else {}
    assert getattr(client, method)(address, **body).status_code == 403


def test_a_bearer_token_needs_no_csrf_token_and_counts_before_the_session(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    assert update(client, Authorization="Bearer bomay_wrong").status_code == 401
    reader = create_token(own_folder, "an", "reader")
    assert update(client, Authorization=f"Bearer {reader}").status_code == 403
    editor = create_token(own_folder, "binh", "editor")
    assert update(own.test_client(), Authorization=f"Bearer {editor}").status_code == 204


def test_a_session_reads_what_its_role_may_without_a_csrf_token(own: Flask, own_folder: Path) -> None:
    assert signed_in(own, own_folder, "admin").get("/api/running").status_code == 200
    assert signed_in(own, own_folder, "editor", "mai").get("/api/running").status_code == 403
    assert signed_in(own, own_folder, "editor", "an").post("/sparql", data={"query": "ASK {}"}).status_code == 200


def test_a_session_ends_with_its_token_even_if_another_has_its_name(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    revoke_token(own_folder, "lan")
    assert SHOWN not in client.get("/about").text
    assert update(client).status_code == 401
    create_token(own_folder, "lan", "editor")
    assert SHOWN not in client.get("/about").text


def test_signing_out_needs_the_csrf_token_and_ends_the_session(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    assert client.post("/signout").status_code == 403
    assert SHOWN in client.get("/about").text
    answer = client.post("/signout", data={"csrf": csrf_of(client)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert SHOWN not in client.get("/about").text
    assert client.post("/signout").status_code == 303


@pytest.mark.parametrize("late", [False, True])
def test_a_session_is_over_after_its_time(
    own: Flask, own_folder: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    client = signed_in(own, own_folder)
    timestamp, past = TimestampSigner.get_timestamp, sessions.LIFETIME + 60 if late else sessions.LIFETIME - 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: timestamp(signer) + past)
    assert (SHOWN in client.get("/about").text) is not late


def test_a_forged_cookie_and_one_of_another_key_are_none(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    cookie = client.get_cookie(sessions.COOKIE)
    assert cookie is not None
    for forged in (cookie.value[:-2], cookie.value[1:], "x", "ệ.x.y", ".."):
        client.set_cookie(sessions.COOKIE, forged)
        assert SHOWN not in client.get("/about").text
    client.set_cookie(sessions.COOKIE, cookie.value)
    assert SHOWN in client.get("/about").text
    (own_folder / "session.key").unlink()
    assert SHOWN not in client.get("/about").text


def test_a_key_that_is_none_is_one_sentence_also_as_a_page(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    key = own_folder / "session.key"
    key.write_bytes(b"short")
    answer = client.get("/about")
    assert (answer.status_code, "session.key is no key" in answer.text) == (503, True)
    assert own.test_client().get("/about").status_code == 200
    key.unlink()
    assert SHOWN not in client.get("/about").text


@pytest.mark.parametrize("path", ["/", "/conflicts", "/doc/person/dinh-thi-hoa-1", "/shapes", "/void"])
def test_caches_never_mix_pages_of_sessions(own: Flask, own_folder: Path, path: str) -> None:
    clients = [own.test_client(), signed_in(own, own_folder), signed_in(own, own_folder, name="mai")]
    answers: list[Any] = [client.get(path, headers=HTML) for client in clients]
    tags = [answer.headers["ETag"] for answer in answers]
    assert len(set(tags)) == 3
    assert all("Cookie" in answer.vary for answer in answers)
    assert answers[0].headers["Cache-Control"] == "no-cache"
    assert [answer.headers["Cache-Control"] for answer in answers[1:]] == ["private, no-store"] * 2
    assert clients[1].get(path, headers=HTML | {"If-None-Match": tags[0]}).status_code == 200
    assert clients[0].get(path, headers=HTML | {"If-None-Match": tags[1]}).status_code == 200
    assert clients[1].get(path, headers=HTML | {"If-None-Match": tags[1]}).status_code == 304


def test_data_for_a_session_is_private_and_static_files_are_not(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    answer = client.get("/api/conflicts", headers={"Accept": "application/json"})
    assert (answer.headers["Cache-Control"], "Cookie" in answer.vary) == ("private, no-cache", True)
    assert "private" not in client.get("/static/style.css").headers.get("Cache-Control", "")
