"""The emulator as a person at a keyboard sees it: humans who write and click, and a hand on its faults."""

import asyncio
import json
import os
import time
from urllib.parse import quote, urljoin


def read_start():
    """Reads the line that the emulator prints at its start."""
    return json.loads(os.environ["EMULATOR"])


async def until(what, probe, within=20.0):
    """Waits until something is truthy and gives it back."""
    end = time.monotonic() + within
    while True:
        value = probe()
        if asyncio.iscoroutine(value):
            value = await value
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"Waited in vain until {what}.")
        await asyncio.sleep(0.02)


class Emulator:
    """Its humans and its control routes."""

    def __init__(self, start, session):
        self.start = start
        self._session = session
        self._nonce = 0

    async def call(self, human, method, path, body=None):
        """Calls a route of the API as one of the humans."""
        headers = {"Authorization": human["token"]}
        async with self._session.request(
            method, self.start["apiBaseUrl"] + path, json=body, headers=headers
        ) as answer:
            text = await answer.text()
            if answer.status >= 400:
                raise AssertionError(f"{human['name']}: {method} {path} was answered with {answer.status}: {text}")
            return json.loads(text) if text else None

    async def say(self, human, channel, content, **more):
        return await self.call(human, "POST", f"/channels/{channel}/messages", {"content": content, **more})

    async def interact(self, human, kind, channel, data, **more):
        """Runs a command, clicks or submits, as the official client does."""
        self._nonce += 1
        body = {
            "type": kind,
            "application_id": self.start["applicationId"],
            "guild_id": self.start["guildId"],
            "channel_id": channel,
            "session_id": "session-of-" + human["name"],
            "nonce": f"{human['name']}-{self._nonce}",
            "data": data,
            **more,
        }
        return await self.call(human, "POST", "/interactions", body)

    async def inbox(self, human):
        """Everything that only this human sees."""
        return await self.control("GET", f"/_fake/humans/{quote(human['name'])}/inbox")

    async def fault(self, script):
        await self.control("POST", "/_fake/faults", script)

    async def state(self):
        return await self.control("GET", "/_fake/state")

    async def control(self, method, path, body=None):
        async with self._session.request(method, urljoin(self.start["apiBaseUrl"], path), json=body) as answer:
            text = await answer.text()
            if answer.status >= 400:
                raise AssertionError(f"{method} {path} was answered with {answer.status}: {text}")
            return json.loads(text) if text else None
