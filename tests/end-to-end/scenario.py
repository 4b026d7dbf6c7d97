"""What every scenario starts from: a practice window, the browser beside it, steps told as TAP."""

import os
import pathlib
import re
import subprocess
import sys
import traceback

from browser import Browser
from window_driver import Window

PIN = "123456"
WRONG_PIN = "987654"
ASKING = "^Kalan deneme hakkı karta soruluyor"


class Scenario:
    """Opens `eonay --practice`; each `with scenario.step(…)` is a TAP subtest with a picture.

    What @provoked matches in the program's log is no complaint: the scenario brings it about."""

    provoked = re.compile("(?!)")

    recordings = None  # of the desktop's buses

    def __init__(self, build, name, **environment):
        self.name = name
        self.build = pathlib.Path(build)
        self.pictures = self.build / "screenshots"
        self.count = 0
        self.failed = False
        self._open(environment)

    def _open(self, environment):
        self.window = Window([self.build / "src" / "eonay", "--practice"], **environment)
        self.browser = Browser(self.window.output_line())

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None and not self.failed:
            self._tell(False, "a step", error)
        errors = self.window.errors()
        self.window.close()
        complaints = [line for line in errors.splitlines()
                      if not self.provoked.search(line) if "CRITICAL" in line or "Gtk-WARNING" in line or "eonay-WARNING" in line
                      or "AddressSanitizer" in line]
        self._tell(not complaints, "the program had nothing to complain of",
                   "\n".join(complaints))
        self._tell(PIN not in errors, "the PIN is not in its log", "")
        self._search_buses()
        print(f"1..{self.count}", flush=True)
        return True

    def _tell(self, passed, title, reason):
        self.count += 1
        if not passed:
            self.failed = True
            print("\n".join(f"# {line}" for line in str(reason).splitlines()), file=sys.stderr)
        print(f"{'ok' if passed else 'not ok'} {self.count} - {title}", flush=True)

    def _search_buses(self):
        """What is planted is found, and nothing that was typed as a secret."""
        try:
            found = self.recordings.search(**{f"the secret {text}": text
                                              for text in sorted(self.window.secrets)})
        except Exception as fault:
            found = ["".join(traceback.format_exception(fault))]
        self._tell(not found, f"none of {len(self.window.secrets)} secrets went over a bus",
                   "\n".join(found))

    def step(self, title, picture=None):
        return Step(self, title, picture)

    def picture(self, name):
        self.window.picture(self.pictures / f"{self.name}-{self.count + 1:02}-{name}.png")

    def enter_code(self, code):
        self.window.find("text", "Doğrulama kodu").enter(code)

    def read_signed(self):
        """Waits until the result is shown. What the last one said may still be there, unseen."""
        self.window.wait(lambda: self.window.can_press("Yeni kod")
                         and self.window.says("^İmzalandı$"), "the signature's result")

    def start_again(self):
        """Goes from a result to the code page, and waits until it is there."""
        self.window.press("Yeni kod")
        self.window.wait(lambda: not self.window.can_press("Yeni kod"), "the code page")

    def start_again_if_over(self):
        if self.window.can_press("Yeni kod"):
            self.start_again()

    def open_review(self, **wishes):
        """Gets a code with @wishes, enters it, and waits for the text; returns the code."""
        code = self.browser.new_code(**wishes)
        self.enter_code(code)
        self.window.read("^İşlem: " + self.browser.transaction(code)["transaction"])
        return code

    def ask_pin(self):
        """Presses İmzala and waits for the PIN dialog; returns its entry."""
        self.window.press("İmzala")
        return self.window.find("text", "PIN")

    def type_pin(self, pin, entry=None):
        """Types where the focus is, as a person would: the dialog must have put it there."""
        entry = entry or self.window.find("text", "PIN")
        self.window.wait(lambda: self.window.text_of(entry) == "", "the PIN entry to be empty")
        self.window.wait(self.window.has_keyboard, "the keyboard")
        self.window.type_secret(pin)
        self.window.wait(lambda: len(self.window.text_of(entry)) == len(pin), "the PIN typed")
        # Until the card has told how many tries are left, Return does nothing.
        self.window.wait(lambda: not self.window.says(ASKING), "the tries left")

    def sign(self, pin=PIN):
        self.ask_pin()
        self.type_pin(pin)
        self.window.keys("Return")

    def insert(self, card):
        """Puts a practice card in; -1 pulls."""
        from gi.repository import GLib
        self.window.activate("practice-card", GLib.Variant("i", card))

    def choose(self, number):
        """Chooses the certificate in row @number, from 0, with the keyboard."""
        window = self.window
        window.wait(window.has_keyboard, "the keyboard")
        row = [node for role, _, node in window.walk() if role == "check box"][number]
        for _ in range(20):
            window.keys("Tab")
            if window.is_focused(row):
                break
        window.wait(lambda: window.is_focused(row), "the focus on the certificate")
        window.keys("space")

    def open_link(self, link):
        """Does what the desktop does when a web page's link is clicked."""
        subprocess.run([self.build / "src" / "eonay", "--practice", link], check=True, timeout=30)

    def verify(self, code):
        """Lets OpenSSL judge what the portal received; returns what it says was signed."""
        folder = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        (folder / "signature.p7m").write_bytes(self.browser.signature(code))
        done = subprocess.run(
            ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in",
             folder / "signature.p7m", "-CAfile", self.browser.signer_ca_file, "-purpose", "any",
             "-out", folder / "content"], capture_output=True, text=True)
        assert "CAdES Verification successful" in done.stderr, done.stderr
        return (folder / "content").read_bytes()


class Step:
    def __init__(self, scenario, title, picture):
        self.scenario = scenario
        self.title = title
        self.name = picture

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        reason = "".join(traceback.format_exception(kind, error, trace)) if kind else ""
        try:
            if self.name is not None or kind is not None:
                self.scenario.picture(self.name if kind is None else "failed")
        except Exception as fault:  # the reason of the step counts more than its picture
            reason += f"no picture: {fault}"
        self.scenario._tell(kind is None, self.title, reason)
        return False
