"""The product itself over the Bot API: the command that residents' messages meet, with the real directory."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import sys
from pathlib import Path

import pytest

from bot.app import load_data
from bot.channels.telegram_message import render
from bot.config import load_config
from bot.conversation.messages import Incoming
from bot.conversation.state import Conversation
from tests.botapi.server import TOKEN, FakeBotApi
from tests.botapi.validate import faults

ROOT = Path(__file__).parents[3]
ARABIC = re.compile("[\u0600-\u06ff]")


class Product:
    """`bonneporte serve` as a process, which can be killed and started again on the same data."""

    def __init__(self, api: FakeBotApi, folder: Path) -> None:
        self.api, self.folder = api, folder

    async def start(self) -> None:
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("BONNEPORTE_")}
        environ |= {
            "BONNEPORTE_TELEGRAM_TOKEN": TOKEN,
            "BONNEPORTE_TELEGRAM_BASE_URL": self.api.base_url,
            "BONNEPORTE_DATA": str(self.folder),
            "BONNEPORTE_PORT": str(port),
        }
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", cwd=ROOT, env=environ, stdout=asyncio.subprocess.DEVNULL
        )

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


@pytest.fixture
async def api():
    async with FakeBotApi() as api:
        yield api
        assert api.wrong() == []


@pytest.fixture
async def product(api, tmp_path):
    product = Product(api, tmp_path)
    await product.start()
    yield product
    await product.kill()


async def answer(api: FakeBotApi, chat: int, count: int = 1) -> str:
    await api.until(lambda: len(api.sent(chat)) >= count, timeout=20)
    return api.texts(chat)[-1]


async def test_each_is_answered_in_their_language_and_danger_first(api, product):
    said = {1: "je cherche un avocat gratuit", 2: "I need food for my children", 3: "أريد تعلم اللغة الفرنسية"}
    for chat, words in said.items():
        api.say(chat, words)
    api.say(4, "je veux mourir")
    texts = {chat: await answer(api, chat) for chat in (1, 2, 3, 4)}

    assert ARABIC.search(texts[3])
    assert not ARABIC.search(texts[1] + texts[2])
    assert "3114" in texts[4].split("\n")[0]
    assert all(api.sent(chat)[0].buttons for chat in said)


async def test_every_button_of_an_answer_answers(api, product):
    api.say(1, "j'ai besoin d'un colis alimentaire")
    await answer(api, 1)
    buttons = [button["callback_data"] for button in api.sent(1)[0].buttons if "callback_data" in button]
    assert buttons
    for number, data in enumerate(buttons):
        api.press(1, data)
        await answer(api, 1, 2 + number)
    assert len(api.named("answerCallbackQuery")) == len(buttons)


async def test_killed_with_messages_in_hand_it_answers_them_all_at_the_next_start(api, product):
    api.latency = 0.05
    for chat in range(1, 41):
        api.say(chat, "bonjour")
    await api.until(lambda: len(api.sent()) >= 3, timeout=20)
    await product.kill()
    api.say(41, "bonjour")
    await product.start()
    await api.until(lambda: len({call.chat for call in api.sent()}) == 41, timeout=20)


@pytest.mark.parametrize("hint", ["fr", "en", "ar"])
def test_whatever_button_is_pressed_the_call_is_valid(hint, now):
    """Walks the conversation button by button from several beginnings."""
    live = load_data(load_config({}))
    beginnings = {"fr": ["/start", "électricité coupée", "je veux mourir"], "en": ["/start", "food", "/quartier"]}
    queue = [(Conversation(), Incoming("telegram", text=words, hint=hint)) for words in beginnings.get(hint, ["مرحبا", "/aide"])]  # fmt: skip
    seen: set[tuple[str, str | None]] = set()
    for conversation, message in queue:
        step = live.step(conversation, message, now)
        for spoken in map(live.texts.say, step.replies):
            for piece in render(spoken):
                call = {"chat_id": "1", "text": piece.html, "parse_mode": "HTML"}
                if piece.markup:
                    call["reply_markup"] = json.dumps(piece.markup)
                assert faults("sendMessage", call) == []
            for choice in spoken.choices:
                key = (choice.action, step.conversation.quartier)
                if choice.url is None and key not in seen and len(seen) < 300:
                    seen.add(key)
                    queue.append((step.conversation, Incoming("telegram", action=choice.action, hint=hint)))
    assert len(seen) > 50
