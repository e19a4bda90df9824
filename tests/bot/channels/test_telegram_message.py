"""What a reply looks like in Telegram, valid whatever it says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_message import LIMIT, render
from bot.spoken import Span, Spoken, SpokenChoice
from tests.botapi.validate import faults, visible


def spoken(*lines: Span | tuple[Span, ...], direction: str = "ltr", choices: tuple[SpokenChoice, ...] = ()) -> Spoken:
    return Spoken("fr", direction, tuple(line if isinstance(line, tuple) else (line,) for line in lines), choices)


def fields(piece) -> dict[str, str]:
    out = {"chat_id": "1", "text": piece.html, "parse_mode": "HTML"}
    if piece.markup:
        out["reply_markup"] = json.dumps(piece.markup)
    return out


def shown(piece) -> str:
    return visible(piece.html, "HTML")[0]


def test_three_characters_are_escaped_and_names_are_bold():
    (piece,) = render(spoken((Span("a < b & c > d ", "texte"), Span("L'Atrium & Co", "nom"))))
    assert piece.html == "a &lt; b &amp; c &gt; d <b>L'Atrium &amp; Co</b>"
    assert piece.plain == "a < b & c > d L'Atrium & Co"


def test_web_links_are_links_and_phones_stay_text_that_can_be_tapped():
    line = (
        Span("03 22 66 10 28", "tel", "tel:+33322661028"),
        Span(" "),
        Span("site", "lien", 'https://x.fr/?a=1&b="2"'),
    )
    (piece,) = render(spoken(line))
    assert piece.html == '03 22 66 10 28 <a href="https://x.fr/?a=1&amp;b=&quot;2&quot;">site</a>'
    assert faults("sendMessage", fields(piece)) == []


def test_left_to_right_runs_are_isolated_in_a_right_to_left_message():
    (piece,) = render(spoken((Span("اتصل "), Span("3114", "tel", "tel:3114", ltr=True)), direction="rtl"))
    assert piece.plain == "\u200fاتصل \u20683114\u2069"


def test_nothing_is_isolated_in_a_left_to_right_message():
    (piece,) = render(spoken((Span("3114", "tel", "tel:3114", ltr=True),)))
    assert piece.plain == "3114"


def test_a_long_reply_is_cut_between_lines_and_its_buttons_come_last():
    pieces = render(spoken(*(Span(f"{n} " + "é" * 500) for n in range(20)), choices=(SpokenChoice("a", "A"),)))
    assert len(pieces) == 3
    assert [piece.markup is not None for piece in pieces] == [False, False, True]
    assert "\n".join(shown(piece) for piece in pieces) == "\n".join(f"{n} " + "é" * 500 for n in range(20))
    assert all(faults("sendMessage", fields(piece)) == [] for piece in pieces)


def test_a_line_longer_than_a_message_loses_no_word():
    text = "<&>😀" * 3000
    pieces = render(spoken(Span(text, "nom")))
    assert "".join(shown(piece) for piece in pieces) == text
    assert all(faults("sendMessage", fields(piece)) == [] for piece in pieces)


def test_buttons_are_two_or_three_a_row_by_their_length():
    labels = ["Oui", "Non", "Peut-être", "Un quartier au nom bien long", "Un autre au nom aussi long", "Fin"]
    (piece,) = render(spoken(Span("?"), choices=tuple(SpokenChoice(str(n), label) for n, label in enumerate(labels))))
    rows = [[button["text"] for button in row] for row in piece.markup["inline_keyboard"]]
    assert rows == [["Oui", "Non", "Peut-être"], [labels[3]], [labels[4]], ["Fin"]]


def test_a_link_button_is_a_link_unless_telegram_would_refuse_it():
    choices = (
        SpokenChoice("", "Y aller", "🧭", "https://exemple.org/plan"),
        SpokenChoice("", "Appeler", "☎️", "tel:3114"),
        SpokenChoice("x" * 80, "Trop long"),
    )
    (piece,) = render(spoken(Span("?"), choices=choices))
    assert piece.markup == {"inline_keyboard": [[{"text": "🧭 Y aller", "url": "https://exemple.org/plan"}]]}


def test_sharing_a_location_alone_is_a_key_and_among_others_a_button():
    share = SpokenChoice("partager:position", "Ma position", "📍")
    (alone,) = render(spoken(Span("?"), choices=(share,)))
    assert alone.markup["keyboard"] == [[{"text": "📍 Ma position", "request_location": True}]]
    assert alone.markup["one_time_keyboard"] is True
    (among,) = render(spoken(Span("?"), choices=(share, SpokenChoice("quartier:aucun", "Non"))))
    assert among.markup["inline_keyboard"][0][0]["callback_data"] == "partager:position"
    assert faults("sendMessage", fields(alone)) == faults("sendMessage", fields(among)) == []


@pytest.mark.parametrize("lines", [(), (Span(""),), (Span("  "), Span("\n"))])
def test_a_reply_without_words_is_still_a_valid_message(lines):
    (piece,) = render(spoken(*lines, choices=(SpokenChoice("a", "A"),)))
    assert faults("sendMessage", fields(piece)) == []


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=3000)
SPANS = st.builds(
    Span,
    WORDS,
    st.sampled_from(["texte", "nom", "tel", "adresse", "lien"]),
    st.sampled_from([None, "tel:3114", "geo:49.9,2.3", "https://exemple.org/?q=<a>&b='\"", "javascript:alert(1)"]),
    st.booleans(),
)


@given(st.lists(st.lists(SPANS, max_size=4), max_size=4), st.sampled_from(["ltr", "rtl"]))
def test_whatever_is_said_the_calls_are_valid(lines, direction):
    for piece in render(Spoken("ar", direction, tuple(tuple(line) for line in lines))):
        assert faults("sendMessage", fields(piece)) == []
        assert len(piece.plain.encode("utf-16-le")) // 2 <= LIMIT
