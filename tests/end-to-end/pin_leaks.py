"""What is left of a PIN, in memory and in files, once the window has done with it.

The card is a program of its own behind pcscd or in a module's process, and the portal another:
what is found in the window's memory is its own doing.
"""

import base64
import os
import pathlib
import shutil
import sqlite3

from leaks import Search
from modules import ModuleScenario
from outside import CardScenario
from process_memory import Ending, writable_areas, write_memory

# Long enough for a piece of it, or its digits as bytes, not to be found anywhere by chance.
PIN = "918273645546"
WRONG_PIN = "372819465564"
PUK = "5081726394"
PLANTED = "640928175365"
CUT = "270495183826"


def runs(pid):
    """Nothing runs in what only nobody has waited for yet."""
    try:
        return os.readlink(f"/proc/{pid}/exe") != ""
    except OSError:
        return False


class PinLeaks:
    """A scenario that looks for what its window leaves behind."""

    def _open(self, environment):
        self.folder = pathlib.Path(os.environ["HOME"]).parent
        self.log = self.folder / "run" / "program.log"
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.trace = f"EONAY_TRACE={self.folder / 'trace'}".encode()
        super()._open({**environment, "TMPDIR": str(self.temporary), "G_MESSAGES_DEBUG": "all",
                       "EONAY_TRACE": str(self.folder / "trace"),
                       "MALLOC_PERTURB_": "0"})

    def hosts(self):
        """The processes in which the window has modules at work."""
        return [int(path.parent.name) for path in pathlib.Path("/proc").glob("[0-9]*/environ")
                if self.is_ours(path) and "eonay-pkcs11-host" in os.readlink(path.parent / "exe")]

    def is_ours(self, environ):
        """A host has little of the environment; this is of what the build tree's have."""
        try:
            return self.trace in environ.read_bytes().split(b"\0")
        except OSError:
            return False

    def in_files(self, search):
        assert self.log.stat().st_size > 0, "nothing was logged"
        return search.files(self.folder)

    def show_what_is_typed(self):
        """By the button in the entry that has the focus, to which it goes back."""
        window = self.window
        entry = window.find("text", "PIN")
        window.wait(lambda: window.is_sensitive(entry), "the entry")
        window.wait(window.has_keyboard, "the keyboard")
        window.settle()
        window.keys("Tab", "space", "shift+Tab")

    def search(self, **secrets):
        return Search(self.build / "tests" / "end-to-end" / "memory-search", **secrets)

    def plant_in_memory(self, octets):
        """Writes where the heap is not in use, as what was freed would be; returns what undoes it."""
        pid = self.window.program.pid
        start, content = next((start, content) for start, content, name in writable_areas(pid)
                              if name == "[heap]")
        place = start + content.rindex(bytes(2 * len(octets) + 64)) + 32
        write_memory(pid, place, octets)
        return lambda: write_memory(pid, place, bytes(len(octets)))

    def finds_what_is_planted(self):
        """The search sees each place and each form; without that it would prove nothing."""
        home = self.folder / "home"
        paths = [self.temporary / "file", home / "data" / "file", home / "cache" / "file",
                 home / "config" / "file", self.folder / "run" / "file"]
        search = self.search(planted=PLANTED, cut=CUT)
        octets = bytes(16).join((
            PLANTED.encode(), PLANTED.encode("UTF-16-LE"), PLANTED.encode("UTF-32-LE"),
            PLANTED.encode().hex().encode(), bytes(map(int, PLANTED)), bytes.fromhex(PLANTED),
            base64.b64encode(b'{"pin":"' + PLANTED.encode() + b'"}'), CUT[3:].encode()))
        forms = {f"planted ({form})" for form in ("text", "UTF-16-LE", "UTF-32-LE", "hexadecimal",
                                                  "digit values", "BCD", "base64")}
        undo = self.plant_in_memory(octets)
        for path in paths:
            path.write_bytes(octets)
        found = self.left(search)
        undo()
        for path in paths:
            path.unlink()
        for place in ("[heap]", *map(str, paths)):
            seen = {line.split(" in ")[0] for line in found if place in line}
            assert forms | {"cut (text)"} <= seen, f"only {seen} seen in {place}"
        none(self.left(search))
        self.finds_what_is_written(search, home)

    def finds_what_is_written(self, search, home):
        """As the program itself would: in its log, its settings, its history."""
        settings = home / "config" / "glib-2.0" / "settings" / "keyfile"
        history = home / "data" / "eonay" / "history.db"
        copy = history.with_name("copy.db")
        for path in (settings, copy):
            path.parent.mkdir(parents=True, exist_ok=True)
        with open(settings, "a", encoding="utf-8") as file:
            file.write(f"[planted]\npin='{PLANTED}'\n")
        with open(self.log, "ab") as file:
            file.write(f"planted: {PLANTED}\n".encode())
        if history.exists():
            shutil.copy(history, copy)
        with sqlite3.connect(copy) as database:
            database.execute("CREATE TABLE planted AS SELECT ? AS pin", [PLANTED])
        database.close()
        found = search.files(self.folder)
        copy.unlink()
        for path in (settings, self.log, copy):
            assert any(str(path) in line for line in found), f"not seen in {path}"

    def left(self, search):
        """What is left while the window runs."""
        processes = [self.window.program.pid, *self.hosts()]
        return [line for pid in processes for line in search.memory(pid)] + self.in_files(search)

    def left_at_the_end(self, search):
        """What is left when the window has been closed."""
        ending = Ending(self.window.program.pid)
        self.window.activate("quit")
        ending.wait(lambda: None)
        found = search.memory(self.window.program.pid) + self.in_files(search)
        ending.let_go()
        self.window.program.wait(10)
        return found


class CardPinLeaks(PinLeaks, CardScenario):
    pins = ("--pin", PIN, "--puk", PUK)


class TokenPinLeaks(PinLeaks, ModuleScenario):
    pins = (PIN, PUK)

    def wait_for_host(self):
        self.window.wait(self.hosts, "a process with the module")
        return self.hosts()


def none(found):
    assert not found, "still there:\n" + "\n".join(found)


def check_pin_leaks(it, **secrets):
    """Three steps: what is planted is found, and of the secrets nothing, neither now nor later."""
    search = it.search(**secrets)
    with it.step("the search finds what is planted"):
        it.finds_what_is_planted()
    with it.step("nothing is left while the window runs"):
        none(it.left(search))
    with it.step("nor when it has ended"):
        none(it.left_at_the_end(search))


def sign_twice(it, choose):
    with it.step("a wrong PIN, then the right one"):
        it.open_review()
        choose()
        it.sign(WRONG_PIN)
        it.window.read("PIN yanlış")
        it.show_what_is_typed()
        it.type_pin(PIN)
        it.window.keys("Return")
        it.read_signed()


def pin_leaks_signing(build, name):
    with CardPinLeaks(build, name) as it:
        sign_twice(it, lambda: None)
        check_pin_leaks(it, pin=PIN, wrong=WRONG_PIN)
        with it.step("there are a trace and a history to search"):
            for name in ("trace", "home/data/eonay/history.db"):
                assert (it.folder / name).stat().st_size > 0


def pin_leaks_module(build, name):
    with TokenPinLeaks(build, name, EONAY_SHIM="") as it:
        it.window.read("AYŞE DENEME")
        hosts = it.wait_for_host()
        sign_twice(it, lambda: it.choose_key("RSA-2048"))
        with it.step("the module's process, which got the PIN, has ended"):
            it.window.wait(lambda: not any(runs(pid) for pid in hosts), "the end of its process")
        check_pin_leaks(it, pin=PIN, wrong=WRONG_PIN)
