"""Whatever is thrown at the page, it answers with one plain sentence and stays up."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request

import pytest


def post(site: str, body: bytes, *, origin: str | None = "same", kind: str = "application/x-www-form-urlencoded"):
    """(status, headers, text) of a POST to /message, redirects not followed."""
    headers = {"Content-Type": kind, "X-Fragment": "1"}
    if origin:
        headers["Origin"] = site if origin == "same" else origin
    request = urllib.request.Request(site + "/message", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


@pytest.mark.parametrize("origin", [None, "null", "https://ailleurs.example", "http://127.0.0.1:1"])
def test_a_message_from_elsewhere_is_refused(site, origin):
    status, _, text = post(site, b"text=bonjour", origin=origin)

    assert status == 403
    assert "Ouvrez la page" in text


def test_ten_megabytes_are_refused(site):
    status, _, text = post(site, b"text=" + b"a" * 10_000_000)

    assert status == 413
    assert "trop long" in text


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 60_000,
        b'"text"',
        b"[1]",
        b"\xff\xfe",
        b"{}",
        b'{"text": 12}',
        b'{"lat": "a", "lon": 2}',
        b'{"lat": 91, "lon": 2}',
    ],
)
def test_malformed_json_gets_one_sentence(site, body):
    status, _, text = post(site, body, kind="application/json")

    assert status == 400
    assert "Envoyez-le encore" in text


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        "a" * 60_000,
        "🎉🎉🎉",
        "<script>alert(1)</script>",
        "\x00\x01",
        "\u202e\u202e",
        "/inconnue",
        "'; drop table",
    ],
)
def test_any_text_gets_an_answer_and_is_never_sent_back_as_markup(site, text):
    body = json.dumps({"text": text}).encode()
    status, _, answer = post(site, body, kind="application/json")

    assert status in (200, 413)
    assert "<script>" not in answer


@pytest.mark.parametrize(
    "action", ["besoin:n-existe-pas", "porte:energie:999999", "langue:xx", "x" * 200, "🎉", "quartier:"]
)
def test_a_forged_button_gets_a_kind_answer(site, action):
    status, _, answer = post(site, json.dumps({"action": action}).encode(), kind="application/json")

    assert status == 200
    assert json.loads(answer)["replies"]


def test_the_same_number_twice_is_answered_once(site):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    body = json.dumps({"text": "bonjour", "n": "deux-fois"}).encode()
    headers = {"Content-Type": "application/json", "Origin": site}
    first, second = (
        json.loads(opener.open(urllib.request.Request(site + "/message", body, headers), timeout=20).read())
        for _ in range(2)
    )
    page = opener.open(site + "/", timeout=20).read().decode()

    assert first == second
    assert page.count('<article class="bot') == 1 + len(first["replies"])  # the greeting, then the answer


def test_every_answer_carries_the_headers_that_protect(site):
    for path in ("/", "/static/chat.js", "/nulle-part"):
        try:
            headers = urllib.request.urlopen(site + path, timeout=20).headers
        except urllib.error.HTTPError as error:
            headers = error.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path


def test_a_page_that_does_not_exist_says_so_in_french(site):
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(site + "/nulle-part", timeout=20)

    assert caught.value.code == 404
    assert "Cette page n’existe pas" in caught.value.read().decode()


def test_a_broken_request_leaves_neither_words_nor_an_address_in_the_log(site, site_folder):
    form = f"Origin: {site}\r\nContent-Type: application/x-www-form-urlencoded\r\n".encode()
    host, port = site.removeprefix("http://").split(":")
    for lines in (
        b"GET / HTTP/1.1\r\nHost: a\r\nCookie: equipe=mot-tres-secret\x7f\r\n\r\n",
        b"GET /fiche?" + b"mot-tres-secret" * 700 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"mot-tres-secret\r\n\r\n",
        b"POST /message HTTP/1.1\r\nHost: %s\r\n%sContent-Length: 99\r\n\r\nmot-tres-secret"
        % (f"{host}:{port}".encode(), form),
    ):
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(lines)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass
    log = (site_folder / "serve.log").read_text()

    assert "mot-tres-secret" not in log
    assert "Error handling request" not in log
