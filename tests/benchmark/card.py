"""Counts what passes between pcscd and the practice card, whoever talks to it."""

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
                               env={**os.environ, "LC_ALL": "C.UTF-8"})
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
        ("Eonay lists and signs", lambda: sign_with_eonay(build, folder)),
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
    mine = figures["Eonay lists and signs"]
    others = [sum(pair) for pair in zip(figures["OpenSC lists (pkcs15-tool -D)"],
                                        figures["OpenSC signs (pkcs15-crypt)"])]
    print(f"Eonay to OpenSC, listing and signing once, two certificates: "
          f"{mine[0] / others[0]:.2f} × the exchanges, {mine[1] / others[1]:.2f} × the bytes")
