"""Searches a program's memory and files for what a person typed, in the forms it may have taken."""

import base64
import json
import pathlib
import subprocess
import urllib.parse

# A piece as long as this is as good as the whole: the head of what was freed is soon written over.
PIECE = 8


def base64_forms(octets):
    """What is sure to stand in the base64 of any text with OCTETS in it."""
    for before in range(3):
        code = base64.b64encode(bytes(before) + octets)
        yield code[-(-before * 4 // 3):(before + len(octets)) * 4 // 3]


def digit_forms(text):
    """As cards take digits; too short in BCD would be found anywhere by chance."""
    values = bytes(int(digit) for digit in text)
    yield "digit values", values
    if len(text) >= 10:
        yield "BCD", bytes.fromhex(text + "F" * (len(text) % 2))[:len(text) // 2]
        yield "BCD, shifted", bytes.fromhex(text[1:] + "F" * ((len(text) - 1) % 2))[:(len(text) - 1) // 2]


def forms(text):
    """Yields (what it is, octets)."""
    octets = text.encode()
    yield "text", octets
    for name in ("UTF-16-LE", "UTF-16-BE", "UTF-32-LE", "UTF-32-BE"):
        yield name, text.encode(name)
    for name, code in (("hexadecimal", octets.hex()), ("spaced", octets.hex(" ")),
                       ("with colons", octets.hex(":"))):
        yield name, code.encode()
        yield name + ", upper case", code.upper().encode()
    for code in base64_forms(octets):
        yield "base64", code
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "octal", "".join(chr(octet) if octet < 128 else f"\\{octet:o}" for octet in octets).encode()
    yield "URL", urllib.parse.quote(text).encode()
    if text.isascii() and text.isdigit():
        yield from digit_forms(text)


class Search:
    """@program: memory-search; @secrets: what each is called, and the text of it."""

    def __init__(self, program, **secrets):
        self.program = program
        self.needles = {}
        for name, text in secrets.items():
            pieces = [text[start:start + PIECE] for start in range(len(text) - PIECE + 1)]
            for piece in [*pieces, text]:
                for form, octets in forms(piece):
                    self.needles.setdefault(octets, f"{name} ({form})")

    def memory(self, pid):
        """What is in the memory of a program, as lines to read."""
        lines = "\n".join(octets.hex() for octets in self.needles)
        told = subprocess.run([self.program, str(pid)], input=lines, capture_output=True,
                              text=True, check=True).stdout
        names = list(self.needles.values())
        found = []
        for line in told.splitlines():
            number, place, area = line.split(" ", 2)
            found.append(f"{names[int(number)]} in {area} at {place}")
        return found

    def files(self, *folders):
        """What is in the files under folders, and in their names."""
        found = []
        for folder in folders:
            for path in sorted(pathlib.Path(folder).rglob("*")):
                content = bytes(path)
                if path.is_file() and not path.is_symlink():
                    content += path.read_bytes()
                found += [f"{name} in {path}" for octets, name in self.needles.items()
                          if octets in content]
        return found
