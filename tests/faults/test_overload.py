"""More phones at once than the server can answer in time: it says so at once, and every punch arrives all the same."""

from __future__ import annotations

import asyncio
import time
from statistics import median

import aiohttp

from tests.client import CATAT, HARI_INI, inside, punch
from tests.faults import ledger

# Several times what may wait at the proxy (config/dev/stack.py).
AT_ONCE = 900
GIVE_UP = 180.0
MARK = "uji berlebih"
# What a refusal may take while the machine is busy with those that are let in.
AT_ONCE_MEANS = 5.0
# Of those who only look: fewer than are turned away, and all waiting all the time.
LOOKING, PUNCHES, EVERY = 120, 40, 0.1


async def send(http, phone, one, seen):
    """As the PWA does it, until there is a receipt: (status, seconds, Retry-After) of each answer go to ``seen``."""
    headers = {**phone.headers, "Cookie": f"sid={phone.cookies['sid']}"}
    give_up = time.monotonic() + GIVE_UP
    while time.monotonic() < give_up:
        began = time.monotonic()
        async with http.post(phone.url + CATAT, json=one, headers=headers) as answer:
            again = answer.headers.get("Retry-After")
            seen.append((answer.status, time.monotonic() - began, again))
            body = await answer.json()
            if answer.status == 200:
                return body["message"]["name"]
        assert body["exc_type"] in ("LayananTidakTersedia", "SistemSibuk")
        await asyncio.sleep(float(again))
    return None


async def rush(phones, punches, seen):
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        tasks = [send(http, phones[n % len(phones)], one, seen) for n, one in enumerate(punches)]
        return await asyncio.gather(*tasks)


def test_who_cannot_be_answered_in_time_is_told_at_once_when_to_come_back_and_nothing_is_lost(
    machine, phones
):
    homes = {id(phone): phone.home() for phone in phones}
    punches = [punch(inside(homes[id(phones[n % len(phones)])]), perangkat=MARK) for n in range(AT_ONCE)]
    seen: list[tuple[int, float, str | None]] = []
    names = asyncio.run(rush(phones, punches, seen))
    refused = [(seconds, again) for status, seconds, again in seen if status == 503]
    assert refused, "nobody had to wait: more phones are needed to test this"
    assert max(seconds for seconds, _again in refused) < AT_ONCE_MEANS
    # Not all at the same moment.
    assert len({again for _seconds, again in refused}) > 1
    assert None not in names and len(set(names)) == AT_ONCE
    stored = ledger.rows(machine.site, "select name from `tabAbsensi` where perangkat = %s", MARK)
    assert sorted(row["name"] for row in stored) == sorted(names)


async def look(http, phone, over, seen):
    headers = {**phone.headers, "Cookie": f"sid={phone.cookies['sid']}"}
    while not over.is_set():
        began = time.monotonic()
        async with http.get(phone.url + HARI_INI, headers=headers) as answer:
            await answer.read()
            assert answer.status == 200
        seen.append(time.monotonic() - began)


async def among_onlookers(phones, punches):
    """Seconds of each home screen, and of each punch."""
    over, looked, punched = asyncio.Event(), [], []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        crowd = [
            asyncio.create_task(look(http, phones[n % len(phones)], over, looked)) for n in range(LOOKING)
        ]
        # Until the queue is full.
        while len(looked) < LOOKING:
            await asyncio.sleep(EVERY)
        looked.clear()
        for n, one in enumerate(punches):
            seen = []
            assert await send(http, phones[n % len(phones)], one, seen)
            punched += [seconds for _status, seconds, _again in seen]
            await asyncio.sleep(EVERY)
        over.set()
        await asyncio.gather(*crowd)
    return looked, punched


def test_a_punch_waits_for_nobody_who_only_looks(machine, phones):
    homes = {id(phone): phone.home() for phone in phones}
    punches = [punch(inside(homes[id(phones[n % len(phones)])]), perangkat=MARK) for n in range(PUNCHES)]
    looked, punched = asyncio.run(among_onlookers(phones, punches))
    assert len(punched) == PUNCHES
    assert median(punched) < median(looked) / 5, (median(punched), median(looked))
