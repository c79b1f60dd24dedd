"""Loads a running `habeas serve` on loopback and prints what it measured. Usage: load.py ADDRESS PID [SECONDS] [RATE]

Requests go out by the clock, RATE a second, whether earlier ones were answered or not, and each is timed from the moment
that it was due: a stall shows in every request behind it. Six connections that stay open, as a browser has."""
import asyncio
import json
import os
import re
import sys
import time
import urllib.parse

address, pid = urllib.parse.urlsplit(sys.argv[1]), int(sys.argv[2])
seconds, rate = float(sys.argv[3]) if len(sys.argv) > 3 else 20, float(sys.argv[4]) if len(sys.argv) > 4 else 50
TICK = os.sysconf("SC_CLK_TCK")
ORIGIN = f"http://{address.netloc}"


def spent():  # seconds of processor that the server took so far
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory():  # MiB held now, and at most
    said = open(f"/proc/{pid}/status").read()
    return [int(re.search(rf"{key}:\s+(\d+)", said)[1]) / 1024 for key in ("VmRSS", "VmHWM")]


class Line:
    """A connection that stays open."""

    def __init__(self):
        self.reader = self.writer = None

    async def ask(self, path, form=None):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(address.hostname, address.port, limit=1 << 26)
        head = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"host: {address.netloc}"]
        body = b"" if form is None else urllib.parse.urlencode(form).encode()
        if form is not None:
            head += [f"origin: {ORIGIN}", "content-type: application/x-www-form-urlencoded",
                     f"content-length: {len(body)}"]
        self.writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        said = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", said, re.I)
        if length:
            body = await self.reader.readexactly(int(length[1]))
        else:
            parts = []
            while size := int(await self.reader.readline(), 16):
                parts.append(await self.reader.readexactly(size))
                await self.reader.readline()
            await self.reader.readline()
            body = b"".join(parts)
        return int(said.split(" ")[1]), said, body

    def close(self):
        if self.writer:
            self.writer.close()


def show(what, took, cpu, size):
    took = sorted(took)
    at = lambda share: took[min(len(took) - 1, int(share * len(took)))] * 1000
    print(f"{what:<34} {len(took):>5} asked  p50 {at(.5):8.1f} ms  p99 {at(.99):8.1f} ms  worst {took[-1] * 1000:8.1f} ms"
          f"  {cpu / len(took) * 1000:7.2f} CPU ms each  {size / 1000:8.1f} kB", flush=True)


async def load(what, request, expected=200):
    """`request(n)` is the path and form of the nth."""
    free, took, size = asyncio.Queue(), [], 0
    lines = [Line() for _ in range(6)]
    for line in lines:
        free.put_nowait(line)

    async def one(n, due):
        nonlocal size
        line = await free.get()
        status, _, body = await line.ask(*request(n))
        free.put_nowait(line)
        assert status == expected, (what, status, body[:300])
        took.append(time.perf_counter() - due)
        size = max(size, len(body))

    start, before, running = time.perf_counter() + 0.05, spent(), []
    for n in range(int(seconds * rate)):
        due = start + n / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        running.append(asyncio.create_task(one(n, due)))
    await asyncio.gather(*running)
    show(what, took, spent() - before, size)
    for line in lines:
        line.close()


async def first(what, path, form=None):
    """The first time that a question is asked, everything in it made anew."""
    line, begin, before = Line(), time.perf_counter(), spent()
    status, _, body = await line.ask(path, form)
    show(f"first: {what} ({status})", [time.perf_counter() - begin], spent() - before, len(body))
    line.close()
    return body.decode()


async def crowd(path, many):
    """So many clients at once, each with a connection of its own."""
    begin, before, took = time.perf_counter(), spent(), []

    async def one():
        line = Line()
        status, _, body = await line.ask(path)
        took.append(time.perf_counter() - begin)
        line.close()
        return status

    statuses = await asyncio.gather(*(one() for _ in range(many)), return_exceptions=True)
    show(f"{many} clients at once, {path}", took, spent() - before, 0)
    assert statuses == [200] * many, [one for one in statuses if one != 200][:3]


async def slow(path, many):
    """Clients that send one byte a second, until they are stopped."""
    async def one():
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for byte in f"GET {path} HTTP/1.1\r\nhost: {address.netloc}\r\nx: {'y' * 1000}".encode():
            if writer.is_closing():
                return  # The server does not wait for ever, and need not.
            writer.write(bytes([byte]))
            await asyncio.sleep(1)

    async def sleepy():
        """Asks, and reads the answer one byte a second."""
        reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=64)
        writer.write(f"GET {path} HTTP/1.1\r\nhost: {address.netloc}\r\n\r\n".encode())
        while await reader.read(1):
            await asyncio.sleep(1)

    return [asyncio.create_task(way()) for _ in range(many) for way in (one, sleepy)]


async def main():
    print(f"memory {memory()[0]:.0f} MiB before anything is asked", flush=True)
    pages = ["/", "/people", "/change", "/audit", "/promises", "/documents", "/read", "/ledger", "/estimate", "/link"]
    skip = os.environ.get("SKIP", "").split()
    people = ""
    for path in pages:
        if path not in skip:
            body = await first(path, path)
            people = body if path == "/people" else people
    token = re.search(r'name="token" value="([^"]+)"', people)[1]
    found = re.findall(r'href="(/people/[0-9a-f]{16})', people)
    lines = re.findall(r'href="(/lines/[0-9a-f]{16})', await first("/ again", "/"))
    typed = ["gar", "garcia", "maria g", "rodriguez per", "jose anto", "lopez martin", "fernan", "m gonzalez", "carm", "ximena"]
    await first("search", "/people", {"token": token, "typed": "garcia"})
    await first("a person", found[0])
    await first("a line", lines[0])
    print(f"memory {memory()[0]:.0f} MiB after the first answers", flush=True)
    others = await slow("/", 20)
    print("with 20 clients that send, and 20 that read, one byte a second:", flush=True)
    await load("board", lambda n: ("/",))
    await load("search as you type", lambda n: ("/people", {"token": token, "typed": typed[n % len(typed)]}))
    await load("person", lambda n: (found[n % len(found)],))
    await load("people", lambda n: ("/people",))
    await load("line", lambda n: (lines[n % len(lines)],))
    await load("documents", lambda n: ("/documents",))
    print(f"memory {memory()[0]:.0f} MiB before the crowds", flush=True)
    for path in ("/", found[0], "/style.css"):
        await crowd(path, 200)
    for one in others:
        one.cancel()
    now, most = memory()
    print(f"memory {now:.0f} MiB now, {most:.0f} MiB at most", flush=True)


asyncio.run(main())
