"""Telegram end to end: the real channel, runner and storage against a Bot API server that misbehaves."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.channels.rate import default_rate
from bot.channels.telegram import TelegramChannel
from bot.storage.base import StoreUnavailable
from bot.storage.sqlite import open_store
from tests.botapi.echo import echo_runner
from tests.botapi.server import TOKEN, FakeBotApi

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")

ANNE, BILAL, CHEN = 11, 22, 33


class Bot:
    """A running bot, its storage, and what its operator was told."""

    def __init__(self, api: FakeBotApi, folder: Path, **options) -> None:
        self.api, self.told = api, []
        self.store = open_store(folder, busy=0.05)
        self.runner = echo_runner(self.store, alert=self.told.append, **options)
        self.channel = TelegramChannel(
            TOKEN, self.runner, base_url=api.base_url, long_poll=2, commands={"": [("aide", "Aide")]}
        )
        self.runner.add(self.channel)

    async def start(self, poll: bool = True) -> None:
        await self.channel.start()
        await self.runner.start()
        self.polling = asyncio.create_task(self.channel.poll()) if poll else None

    async def stop(self) -> None:
        if self.polling:
            self.polling.cancel()
            await asyncio.gather(self.polling, return_exceptions=True)
        await self.channel.stop()
        await self.runner.stop()
        await self.store.close()

    async def idle(self) -> None:
        """Wait until nothing is left to do."""
        while True:
            counts = await self.store.counts()
            if counts.inbox == counts.outbox == 0:
                return
            await asyncio.sleep(0.01)


@pytest.fixture
async def api():
    async with FakeBotApi() as api:
        yield api
        assert api.wrong() == []


@pytest.fixture
async def bot(api, tmp_path):
    bot = Bot(api, tmp_path)
    await bot.start()
    yield bot
    await bot.stop()


async def test_a_message_is_answered(api, bot):
    api.say(ANNE, "bonjour")
    await api.until(lambda: api.texts(ANNE) == ["bonjour (1)"])


async def test_a_repeated_update_is_answered_once(api, bot):
    number = api.say(ANNE, "bonjour")
    await api.until(lambda: api.texts(ANNE))
    api.push({"update_id": number, "message": api.message(ANNE, text="bonjour")})
    api.say(ANNE, "encore")
    await api.until(lambda: len(api.texts(ANNE)) >= 2)

    assert api.texts(ANNE) == ["bonjour (1)", "encore (2)"]


async def test_a_conversation_keeps_its_order_while_many_talk(api, bot):
    for turn in range(1, 11):
        for chat in range(1, 21):
            api.say(chat, f"m{turn}")
    await api.until(lambda: len(api.sent()) == 200)

    assert all(api.texts(chat) == [f"m{n} ({n})" for n in range(1, 11)] for chat in range(1, 21))


async def test_a_slow_chat_holds_nobody(api, bot):
    api.slow_chats[ANNE] = 1.5
    for n in range(3):
        api.say(ANNE, f"lent {n}")
    await api.until(lambda: api.texts(ANNE))
    for n in range(5):
        api.say(BILAL, f"vite {n}")
    await api.until(lambda: len(api.texts(BILAL)) == 5, timeout=1.4)

    assert len(api.texts(ANNE)) == 1


async def test_too_many_requests_is_waited_out(api, bot):
    api.fail("sendMessage", status=429, description="Too Many Requests: retry after 1", retry_after=1, chat=ANNE)
    api.say(ANNE, "bonjour")
    await api.until(lambda: api.texts(ANNE) == ["bonjour (1)"])

    first, second = api.named("sendMessage")
    assert second.at - first.at >= 1


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 502, "times": 2},
        {"status": 500, "description": "Internal Server Error"},
        {"status": 429, "description": "Too Many Requests"},
        {"hang_up": True, "times": 2},
    ],
    ids=["502", "500", "429-without-delay", "reset"],
)
async def test_a_failed_send_is_tried_again_in_order(api, bot, fault):
    api.fail("sendMessage", **fault)
    api.say(ANNE, "un")
    api.say(ANNE, "deux")
    await api.until(lambda: len(api.texts(ANNE)) == 2)

    assert api.texts(ANNE) == ["un (1)", "deux (2)"]


async def test_a_lost_answer_is_rather_repeated_than_lost(api, bot):
    api.fail("sendMessage", after_effect=True)
    api.say(ANNE, "bonjour")
    await api.until(lambda: len(api.texts(ANNE)) == 2)

    assert set(api.texts(ANNE)) == {"bonjour (1)"}


@pytest.mark.parametrize(
    "words",
    ["Forbidden: bot was blocked by the user", "Bad Request: chat not found"],
)
async def test_who_left_is_remembered_and_not_tried_again(api, bot, words):
    api.fail("sendMessage", status=403 if "blocked" in words else 400, description=words, chat=ANNE)
    api.say(ANNE, "deux")
    api.say(BILAL, "bonjour")
    await api.until(lambda: api.texts(BILAL))
    await bot.idle()

    counts = await bot.store.counts()
    assert len([call for call in api.named("sendMessage") if call.chat == ANNE]) == 1
    assert (counts.by_table["bloque"], counts.dead) == (1, 0)


async def test_who_stops_the_bot_is_forgotten_and_can_come_back(api, bot):
    api.say(ANNE, "bonjour")
    await api.until(lambda: api.texts(ANNE))
    chat, person = {"id": ANNE, "type": "private"}, api.person(ANNE)
    old, new = {"status": "member", "user": person}, {"status": "kicked", "user": person, "until_date": 0}
    api.push(
        {"my_chat_member": {"chat": chat, "from": person, "date": 1, "old_chat_member": old, "new_chat_member": new}}
    )
    api.say(BILAL, "après")
    await api.until(lambda: api.texts(BILAL))
    assert (await bot.store.counts()).by_table["bloque"] == 1

    api.say(ANNE, "me revoilà")
    await api.until(lambda: api.texts(ANNE) == ["bonjour (1)", "me revoilà (1)"])


async def test_a_refused_reply_is_tried_plain_then_is_a_dead_letter_and_the_operator_is_told(api, bot):
    api.fail("sendMessage", status=400, description="Bad Request: can't parse entities", times=2, chat=ANNE)
    api.say(ANNE, "bonjour")
    api.say(ANNE, "suite")
    await api.until(lambda: api.texts(ANNE) == ["suite (2)"])
    await bot.idle()

    (dead,) = await bot.store.dead_letters(10)
    assert (dead.genre, dead.erreur) == ("refuse", "BadRequest")
    assert any("rebut" in words for words in bot.told)


async def test_a_reply_whose_form_is_refused_arrives_in_plain_text(api, bot):
    api.fail("sendMessage", status=400, description="Bad Request: BUTTON_URL_INVALID", chat=ANNE)
    api.say(ANNE, "a < b & c")
    await api.until(lambda: api.texts(ANNE) == ["a < b & c (1)"])

    assert "parse_mode" not in api.sent(ANNE)[0].params


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"message_id": 1, "date": "hier", "text": "x"}},
        {"message": "pas un objet"},
        {"message": {"message_id": 1, "chat": {"type": "private"}, "text": "x"}},
        {"callback_query": {"id": "1", "data": "x"}},
        {"my_chat_member": {"chat": {"id": 1, "type": "private"}}},
        {"message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "location": {"latitude": 900}}},
    ],
)
async def test_an_update_nobody_can_read_stops_nothing(api, bot, broken):
    api.push(broken)
    api.say(BILAL, "et moi ?")
    await api.until(lambda: api.texts(BILAL))
    api.say(BILAL, "encore")
    await api.until(lambda: len(api.texts(BILAL)) == 2)

    (dead,) = await bot.store.dead_letters(10)
    assert dead.genre == "illisible"
    assert any("illisible" in words for words in bot.told)


async def test_an_update_of_a_kind_not_yet_invented_is_passed_over(api, bot):
    api.push({"chat_dreamt_of": {"something": 1}})
    api.push({"message": api.message(ANNE, hologram={"file_id": "x"})})
    api.say(BILAL, "bonjour")
    await api.until(lambda: api.texts(BILAL))

    assert api.texts(ANNE) == []
    assert await bot.store.dead_letters(10) == ()


async def test_a_text_of_4096_characters_is_answered_in_pieces(api, bot):
    api.say(ANNE, "<&>é" * 1024)
    await api.until(lambda: len(api.texts(ANNE)) == 2)

    assert "".join(api.texts(ANNE)).startswith("<&>é" * 1024)


@pytest.mark.parametrize("text", ["😀" * 4096, "😀", "\u202e\u200f‎", "'; DROP TABLE inbox; --", "\ud83d seul"])
async def test_strange_texts_are_answered(api, bot, text):
    api.say(ANNE, text)
    await api.until(lambda: api.texts(ANNE))


async def test_groups_and_channels_hear_nothing(api, bot):
    for kind in ("group", "supergroup", "channel"):
        api.push({"message": {**api.message(-5, text="/start"), "chat": {"id": -5, "type": kind, "title": "G"}}})
    api.push({"channel_post": {**api.message(-6, text="x"), "chat": {"id": -6, "type": "channel", "title": "C"}}})
    group = {**api.message(-5, text="x"), "chat": {"id": -5, "type": "group", "title": "G"}}
    api.press(ANNE, "besoin:energie", message=group)
    api.say(BILAL, "bonjour")
    await api.until(lambda: api.texts(BILAL))

    assert {call.chat for call in api.sent()} == {BILAL}


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "video", "video_note", "document", "contact", "poll"])
async def test_what_is_not_text_is_answered_inside_a_dialogue(api, bot, kind):
    api.say(ANNE, "bonjour")
    api.push({"message": api.message(ANNE, **{kind: [{}] if kind == "photo" else {}})})
    await api.until(lambda: len(api.texts(ANNE)) == 2)

    assert api.texts(ANNE)[1].endswith("(2)")


async def test_a_location_and_a_venue_are_positions(api, bot):
    place = {"latitude": 49.9, "longitude": 2.3}
    api.push({"message": api.message(ANNE, location=place)})
    api.push({"message": api.message(ANNE, location=place, venue={"location": place, "title": "t", "address": "a"})})
    await api.until(lambda: api.texts(ANNE) == ["position (1)", "position (2)"])


async def test_words_under_a_picture_are_read(api, bot):
    api.push({"message": api.message(ANNE, photo=[{}], caption="j'ai reçu ça")})
    await api.until(lambda: api.texts(ANNE) == ["j'ai reçu ça (1)"])


async def test_an_album_is_answered_once(api, bot):
    for _ in range(10):
        api.push({"message": api.message(ANNE, photo=[{}], media_group_id="77")})
    api.say(ANNE, "fini")
    await api.until(lambda: api.texts(ANNE) == ["photo (1)", "fini (2)"])


async def test_an_edited_text_is_a_new_question_and_other_edits_are_silent(api, bot):
    api.say(ANNE, "bojour")
    api.push({"edited_message": api.message(ANNE, text="bonjour", edit_date=2)})
    api.push({"edited_message": api.message(ANNE, location={"latitude": 49.9, "longitude": 2.3}, edit_date=3)})
    api.say(BILAL, "fini")
    await api.until(lambda: api.texts(BILAL) and len(api.texts(ANNE)) == 2)

    assert api.texts(ANNE) == ["bojour (1)", "bonjour (2)"]


@pytest.mark.parametrize("data", ["besoin:energie", "", None, "x" * 500, "é" * 60, "../../etc", "\x00"])
async def test_any_button_old_or_forged_is_acknowledged_and_answered(api, bot, data):
    api.press(ANNE, data)
    await api.until(lambda: api.texts(ANNE) and api.named("answerCallbackQuery"))


async def test_a_button_whose_message_is_gone_is_answered(api, bot):
    api.press(ANNE, "besoin:energie", message=None)
    await api.until(lambda: api.texts(ANNE) == ["besoin:energie (1)"])


async def test_a_button_too_old_to_acknowledge_is_answered(api, bot):
    api.fail("answerCallbackQuery", status=400, description="Bad Request: query is too old")
    api.press(ANNE, "besoin:energie")
    await api.until(lambda: api.texts(ANNE) == ["besoin:energie (1)"])


async def test_the_start_payload_of_a_qr_code_reaches_the_conversation(api, bot):
    api.say(ANNE, "/start etouvie")
    await api.until(lambda: api.texts(ANNE) == ["/start etouvie (1)"])


async def test_a_burst_is_answered_then_asked_to_slow_down_then_answered_again(api, bot):
    for n in range(80):
        api.say(ANNE, f"m{n}")
    await api.until(lambda: any("très vite" in text for text in api.texts(ANNE)))
    await bot.idle()
    api.say(ANNE, "calme")
    await api.until(lambda: api.texts(ANNE)[-1].startswith("calme"))

    texts = api.texts(ANNE)
    assert texts[:30] == [f"m{n} ({n + 1})" for n in range(30)]
    assert len(texts) == 32


async def test_danger_in_a_burst_is_answered(api, bot):
    for n in range(60):
        api.say(ANNE, f"m{n}")
    api.say(ANNE, "danger")
    await api.until(lambda: any(text.startswith("danger") for text in api.texts(ANNE)))


async def test_a_fast_talker_who_waits_for_answers_is_never_asked_to_slow_down(api, bot):
    for n in range(60):
        api.say(ANNE, f"m{n}")
        await api.until(lambda n=n: len(api.texts(ANNE)) == n + 1)

    assert api.texts(ANNE)[-1] == "m59 (60)"


async def test_an_engine_that_fails_says_so_kindly_and_goes_on(api, bot):
    api.say(ANNE, "panne")
    api.say(ANNE, "bonjour")
    await api.until(lambda: len(api.texts(ANNE)) == 2)

    assert "Désolé" in api.texts(ANNE)[0]
    assert "112" in api.texts(ANNE)[0]
    await bot.idle()
    (dead,) = await bot.store.dead_letters(10)
    assert (dead.genre, dead.erreur) == ("moteur", "ZeroDivisionError")
    assert not any("words of the person" in words for words in bot.told)


async def test_erasing_forgets_at_once_and_still_sends_the_receipt(api, bot):
    api.say(ANNE, "bonjour")
    api.say(ANNE, "/effacer")
    await api.until(lambda: len(api.texts(ANNE)) == 2)
    await bot.idle()
    assert (await bot.store.counts()).conversations == 0

    api.say(ANNE, "re")
    await api.until(lambda: api.texts(ANNE)[-1] == "re (1)")


async def test_the_menu_is_set_and_updates_are_asked_for_by_kind(api, bot):
    api.say(ANNE, "bonjour")
    await api.until(lambda: api.texts(ANNE) and api.named("setMyCommands"))

    assert bot.channel.username == "bonneporte_test_bot"
    assert api.named("deleteWebhook")[0].params == {"drop_pending_updates": "false"} or not api.named("deleteWebhook")[
        0
    ].params.get("drop_pending_updates")


async def test_an_api_that_fails_at_first_is_waited_for(api, tmp_path):
    api.fail("getMe", status=502)
    api.fail("getUpdates", status=502, times=2)
    api.fail("getUpdates", status=409, description="Conflict: terminated by other getUpdates request")
    bot = Bot(api, tmp_path)
    await bot.start()
    api.say(ANNE, "bonjour")
    await api.until(lambda: api.texts(ANNE))
    await bot.stop()


async def test_nothing_is_confirmed_while_it_cannot_be_stored(api, bot):
    api.say(BILAL, "avant")
    await api.until(lambda: api.texts(BILAL))
    await bot.idle()

    async def fill(pages):
        await bot.store._writer.run(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchall(), alone=True)

    await fill(1)
    for chat in range(100, 160):
        api.say(chat, "x" * 4000)
    while not any("non reçus" in words for words in bot.told):
        await asyncio.sleep(0.01)
    assert api.unconfirmed == 60

    await fill(1_000_000)
    await api.until(lambda: len({call.chat for call in api.sent()}) == 61)


async def test_thousands_of_chats_at_once_are_all_answered(api, bot):
    for chat in range(1, 2001):
        api.say(chat, "bonjour")
    await api.until(lambda: len(api.sent()) == 2000, timeout=30)

    assert {call.chat for call in api.sent()} == set(range(1, 2001))


@pytest.fixture
async def hook(api, tmp_path):
    """A bot behind a webhook: gives the function that posts to it."""
    bot = Bot(api, tmp_path)
    await bot.start(poll=False)
    app = web.Application()
    bot.channel.add_webhook(app, "/telegram", "s3cret")
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/telegram"
    async with aiohttp.ClientSession() as session:

        async def post(update, secret="s3cret"):
            body = update if isinstance(update, bytes) else None
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
            json = None if body is not None else update
            async with session.post(url, data=body, json=json, headers=headers) as response:
                return response.status

        post.bot = bot
        yield post
    await runner.cleanup()
    await bot.stop()


async def test_a_webhook_answers_once_and_knows_its_secret(api, hook):
    update = {"update_id": 1, "message": api.message(ANNE, text="bonjour")}
    assert await hook(update, secret="autre") == 403
    assert await hook(update, secret=None) == 403
    assert await hook(update, secret="é") == 403
    assert await hook(update) == 200
    assert await hook(update) == 200
    await api.until(lambda: api.texts(ANNE))
    await hook.bot.idle()

    assert api.texts(ANNE) == ["bonjour (1)"]


async def test_an_update_that_breaks_the_storing_is_left_out_alone(api, bot):
    """A fault nobody foresaw in one update of a batch: the others are stored."""
    receive_many = bot.runner.receive_many

    async def fragile(name, deliveries, unreadable=()):
        if any(one.address == str(ANNE) for one in deliveries):
            raise RuntimeError("a bug")
        return await receive_many(name, deliveries, unreadable)

    bot.runner.receive_many = fragile
    api.say(ANNE, "casse tout")
    api.say(BILAL, "bonjour")
    await api.until(lambda: api.texts(BILAL))

    (dead,) = await bot.store.dead_letters(10)
    assert (dead.genre, dead.erreur) == ("illisible", "RuntimeError")


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 200), (b"12", 200), (b'{"update_id": "x"}', 200)])
async def test_a_webhook_survives_what_is_not_an_update(api, hook, body, status):
    assert await hook(body) == status
    assert await hook({"update_id": 2, "message": api.message(ANNE, text="bonjour")}) == 200
    await api.until(lambda: api.texts(ANNE))


async def test_a_webhook_says_503_when_it_cannot_store(api, hook):
    await hook.bot.store.close()
    with pytest.raises(StoreUnavailable):
        await hook.bot.store.pending()

    assert await hook({"update_id": 3, "message": api.message(ANNE, text="bonjour")}) == 503


async def test_the_webhook_is_declared_with_its_secret(api, hook):
    await hook.bot.channel.set_webhook("https://exemple.org/telegram", "s3cret")

    (call,) = api.named("setWebhook")
    assert call.params["secret_token"] == "s3cret"


def test_only_telegram_itself_is_paced_by_default():
    assert default_rate("") == default_rate("https://api.telegram.org/bot") == 30
    assert default_rate("http://127.0.0.1:8081/bot") is None


async def start_process(folder: Path, api: FakeBotApi) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.botapi.echo", str(folder), api.base_url, cwd=Path(__file__).parents[3]
    )


@pytest.mark.parametrize("answered", [0, 1, 7, 25])
async def test_killed_at_any_instant_and_started_again_it_answers_everything(api, tmp_path, answered):
    """Killed after so many answers reached the server, with messages in hand, then with more that come meanwhile."""
    api.latency = 0.05
    process = await start_process(tmp_path, api)
    for chat in range(1, 41):
        api.say(chat, "un")
        api.say(chat, "deux")
    await api.until(lambda: api.delivered_at and len(api.sent()) >= answered)
    process.kill()
    await process.wait()
    api.say(CHEN, "pendant")

    process = await start_process(tmp_path, api)
    await api.until(lambda: len({(c.chat, c.text) for c in api.sent()}) == 81, timeout=15)
    process.kill()
    await process.wait()

    for chat in range(1, 41):
        once = list(dict.fromkeys(api.texts(chat)))  # a reply may come twice, when its answer was lost with the process
        assert once == ["un (1)", "deux (2)", *(["pendant (3)"] if chat == CHEN else [])]
