"""Counts what passes between a card and whoever talks to it: the practice card through pcscd, and
the recorded third-party card, for which OpenSC's own recordings stand beside."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

import pcsc_service

PIN = "123456"
SENT = re.compile(r"APDU: ((?:[0-9A-F]{2} ?)+)")
RECEIVED = re.compile(r"SW: ((?:[0-9A-F]{2} ?)+)")


class Counter:
    """Reads pcscd's log of APDUs from where it stood at the last count."""

    def __init__(self, path):
        self.log = open(path, encoding="utf-8", errors="replace")

    def count(self):
        text = self.log.read()
        sent = [len(match.split()) for match in SENT.findall(text)]
        received = [len(match.split()) for match in RECEIVED.findall(text)]
        return len(sent), sum(sent) + sum(received)


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}"
                           f"{done.stderr}")


def sign_with_opensc(folder):
    (folder / "digest").write_bytes(bytes(32))
    run("pkcs15-crypt", "-s", "--key", "45", "--pkcs1", "--sha-256", "--pin", PIN, "--input",
        folder / "digest", "--output", folder / "signature")


def list_with_eonay(build, folder):
    run(build / "src" / "cli" / "eonay-cli", "card", "list", "--reader", pcsc_service.READER,
        env=eonay_environment(folder))


def eonay_environment(folder):
    return {**os.environ, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(folder / "eonay-cache")}


def sign_with_eonay(build, folder):
    """Lists and signs, as eonay-cli does it: with the text that it printed accepted."""
    reader, writer = os.pipe()
    os.write(writer, f"{PIN}\n".encode())
    os.close(writer)
    command = [build / "src" / "cli" / "eonay-cli", "sign", "--practice-portal", "--trust",
               folder / "ca.pem", "--reader", pcsc_service.READER, "--accept", "-", "--pin-fd",
               str(reader)]
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, pass_fds=[reader],
                               env=eonay_environment(folder))
    with process:
        os.close(reader)
        for line in process.stdout:
            digest = re.search(r"\b[0-9a-f]{64}\b", line)
            if digest:
                process.stdin.write(digest.group() + "\n")
                process.stdin.flush()
    if process.returncode != 0:
        raise RuntimeError(f"eonay-cli ended with {process.returncode}")


def measure(build, folder, counter):
    tasks = (
        ("OpenSC lists (pkcs15-tool -D)", lambda: run("pkcs15-tool", "-D")),
        ("OpenSC lists (pkcs11-tool -O)", lambda: run("pkcs11-tool", "-O")),
        ("OpenSC signs (pkcs15-crypt)", lambda: sign_with_opensc(folder)),
        ("Eonay lists, the card is new to it", lambda: list_with_eonay(build, folder)),
        ("Eonay lists, from its cache", lambda: list_with_eonay(build, folder)),
        ("Eonay lists and signs, from its cache", lambda: sign_with_eonay(build, folder)),
    )
    # OpenSC's cache of certificates would hide what it reads.
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    figures = {}
    for name, task in tasks:
        counter.count()
        task()
        figures[name] = counter.count()
        exchanges, octets = figures[name]
        print(f"{name}: {exchanges} exchanges, {octets} bytes")
    return figures


def print_traffic(build):
    reason = pcsc_service.missing()
    if reason is not None or pcsc_service.answers():
        print(f"No card figures: {reason or 'another pcscd is running'}")
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        with open(folder / "log", "w", encoding="utf-8") as log, \
                pcsc_service.PcscService(("pcscd", "--foreground", "--apdu"), log), \
                pcsc_service.PluggedCard(build / "src" / "practice" / "eonay-practice-card",
                                         "valid", folder / "ca.pem"):
            figures = measure(build, folder, Counter(folder / "log"))
    mine = figures["Eonay lists and signs, from its cache"]
    others = [sum(pair) for pair in zip(figures["OpenSC lists (pkcs15-tool -D)"],
                                        figures["OpenSC signs (pkcs15-crypt)"])]
    print(f"Eonay to OpenSC, listing and signing once, two certificates: "
          f"{mine[0] / others[0]:.2f} × the exchanges, {mine[1] / others[1]:.2f} × the bytes")


def recorded(transcript):
    """What OpenSC and the third-party card said to each other when it was recorded."""
    rows = [json.loads(line) for line in transcript.read_text(encoding="utf-8").splitlines()]
    return len(rows), sum(len(row["c"]) + len(row["r"]) for row in rows) // 2


def print_recorded_card(build, source):
    transcripts = source / "tests" / "data" / "isoapplet" / "transcripts"
    for name, what in (("list", "lists (pkcs15-tool -D)"),
                       ("sign-rsa-sha256", "signs with RSA (pkcs15-crypt)"),
                       ("sign-ecdsa-sha384", "signs with ECDSA (pkcs15-crypt)")):
        print("Third-party card, OpenSC {}: {} exchanges, {} bytes".format(
            what, *recorded(transcripts / f"{name}.jsonl")))
    environment = {**os.environ, "G_TEST_SRCDIR": str(source / "tests" / "unit")}
    played = subprocess.run([str(build / "tests" / "unit" / "card" / "test-token-cache")],
                            capture_output=True, text=True, env=environment)
    for line in played.stdout.splitlines():
        if "exchanges" in line:
            print("Third-party card, Eonay", line.lstrip("# "))
