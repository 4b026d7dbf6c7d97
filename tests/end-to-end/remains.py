"""What is left of a PIN, in memory and in files, once the window has done with it.

The card is a program of its own behind pcscd, and the portal another: whatever is found in the
window's own memory is its own doing.
"""

import base64
import json
import os
import pathlib
import subprocess

import pcsc_service
from browser import Browser
from leaks import Search
from process_memory import Ending, writable_areas, write_memory
from scenario import Scenario
from window_driver import Window

FIRST_PIN = "123456"
# Long enough for a piece of it, or its digits as bytes, not to be found anywhere by chance.
PIN = "918273645546"
WRONG_PIN = "372819465564"
PLANTED = "640928175365"


class CardScenario(Scenario):
    """Opens `eonay` with a card in pcscd's virtual reader and a portal beside it."""

    def _open(self, environment):
        self.folder = pathlib.Path(os.environ["HOME"]).parent
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.trace = self.folder / "trace"
        os.environ["TMPDIR"] = str(self.temporary)
        self.tools = self.build / "src" / "practice"
        os.environ["EONAY_PKCS11_HOST"] = str(self.build / "src" / "card" / "eonay-pkcs11-host")
        self.service = pcsc_service.PcscService()
        self.service.__enter__()
        self.card = pcsc_service.PluggedCard(self.tools / "eonay-practice-card", "valid",
                                             self.folder / "ca.pem")
        self.card.__enter__()
        self._give_pin(PIN)
        self._open_portal()
        self.window = Window(
            [self.build / "src" / "eonay"], logged=True,
            GSETTINGS_BACKEND="keyfile", GSETTINGS_SCHEMA_DIR=str(self.build / "data"),
            EONAY_TRACE=str(self.trace), G_MESSAGES_DEBUG="all",
            **environment)

    def _give_pin(self, pin):
        reader, writer = os.pipe()
        os.write(writer, f"{FIRST_PIN}\n{pin}\n".encode())
        os.close(writer)
        subprocess.run([self.build / "src" / "cli" / "eonay-cli", "card", "change-pin",
                        "--pin-fd", str(reader), "--new-pin-fd", str(reader)],
                       pass_fds=[reader], check=True, stdout=subprocess.DEVNULL)
        os.close(reader)

    def _open_portal(self):
        self.portal = subprocess.Popen(
            [self.tools / "eonay-practice-portal", "--trust", self.folder / "ca.pem"],
            stdout=subprocess.PIPE, text=True)
        told = json.loads(self.portal.stdout.readline())
        told["signer_ca_file"] = str(self.folder / "ca.pem")
        self.browser = Browser(json.dumps(told))
        profiles = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "eonay" / "portals.d"
        profiles.mkdir(parents=True)
        (profiles / "deneme.json").write_text(json.dumps(
            {"id": "deneme", "name": "DENEME", "base_url": told["base_url"],
             "ca_file": told["ca_file"]}))

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.portal.terminate()
        self.portal.wait(10)
        self.card.__exit__()
        self.service.__exit__()
        return done

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
        search = self.search(planted=PLANTED)
        for octets in (PLANTED.encode(), PLANTED[3:].encode(), PLANTED.encode("UTF-16-LE"),
                       PLANTED.encode("UTF-32-LE"), PLANTED.encode().hex().encode(),
                       bytes(map(int, PLANTED)), bytes.fromhex(PLANTED),
                       base64.b64encode(b'{"pin":"' + PLANTED.encode() + b'"}')):
            undo = self.plant_in_memory(octets)
            for path in paths:
                path.write_bytes(octets)
            found = self.left(search)
            undo()
            for path in paths:
                path.unlink()
            for place in ("[heap]", *map(str, paths)):
                assert any(place in line for line in found), f"{octets} not seen in {place}"
        none(self.left(search))

    def left(self, search):
        """What is left while the window runs."""
        return search.memory(self.window.program.pid) + search.files(self.folder)

    def left_at_the_end(self, search):
        """What is left when the window has been closed."""
        ending = Ending(self.window.program.pid)
        self.window.activate("quit")
        ending.wait(lambda: None)
        found = search.memory(self.window.program.pid) + search.files(self.folder)
        ending.let_go()
        self.window.program.wait(10)
        return found


def none(found):
    assert not found, "still there:\n" + "\n".join(found)


def remains_signing(build, name):
    with CardScenario(build, name) as it:
        window = it.window
        search = it.search(pin=PIN, wrong=WRONG_PIN)
        with it.step("a wrong PIN, then the right one"):
            it.open_review()
            it.sign(WRONG_PIN)
            window.read("PIN yanlış")
            it.type_pin(PIN)
            window.keys("Return")
            window.read("^İmzalandı$")
        with it.step("the search finds what is planted"):
            it.finds_what_is_planted()
        with it.step("neither is left while the window runs"):
            none(it.left(search))
        with it.step("nor when it has ended"):
            none(it.left_at_the_end(search))

