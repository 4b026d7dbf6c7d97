"""Preferences: what a person changes holds at once; what an administrator has locked stays."""

import json
import os
import pathlib
import shutil
import subprocess

import stand_in_journal
from modules import ModuleScenario
from outside import OutsideScenario
from scenario import PIN, WRONG_PIN, Scenario
from window_driver import Window

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOCKED = "Sistem yöneticiniz tarafından ayarlandı"


class ManagedScenario(OutsideScenario):
    """A computer whose administrator has put the examples of data/dconf to use."""

    def _open(self, environment):
        run = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        self._open_portal(ROOT / "tests/data/certificates/root.pem")
        profiles = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "eonay" / "portals.d"
        kurum = json.loads((profiles / "deneme.json").read_text())
        kurum.update(id="kurum", name="Kurum Portalı")
        installed = run / "portals.d"
        installed.mkdir()
        (installed / "kurum.json").write_text(json.dumps(kurum))
        # With its id, and at another address.
        kurum.update(name="Yerine geçen", base_url="https://localhost:1/")
        (profiles / "0.json").write_text(json.dumps(kurum))

        shutil.copytree(ROOT / "data/dconf/local.d", run / "local.d")
        subprocess.run(["dconf", "compile", run / "local", run / "local.d"], check=True)
        profile = (ROOT / "data/dconf/profile").read_text()
        (run / "profile").write_text(profile.replace("system-db:", f"file-db:{run}/"))
        self.environment = {
            "GSETTINGS_BACKEND": "dconf", "DCONF_PROFILE": str(run / "profile"),
            "GSETTINGS_SCHEMA_DIR": str(self.build / "data"),
            "PCSCLITE_CSOCK_NAME": "/nonexistent", "EONAY_PORTALS": str(installed),
            "EONAY_PKCS11_HOST": str(self.build / "src/card/eonay-pkcs11-host")}
        self.window = Window([self.build / "src" / "eonay"], logged=True, **self.environment)

    def cli(self, *arguments):
        """Returns how `eonay-cli` ended, and what it complained of."""
        done = subprocess.run([self.build / "src/cli/eonay-cli", *arguments],
                              env={**os.environ, **self.environment}, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, timeout=60)
        return done.returncode, done.stderr


def row(window, title):
    """Returns whether the row of that title can be used."""
    for role, name, node in window.walk():
        if name == title and role in ("list item", "toggle button", "switch", "combo box"):
            return window.is_sensitive(node)
    return None


def administrator(build, name):
    with ManagedScenario(build, name) as it:
        window = it.window
        with it.step("the portal that is preset is the only one", "portal"):
            window.read("^Kurum Portalı$")
            assert not window.says("^DENEME$|^Yerine geçen$"), window.describe()
        with it.step("a link for another is refused"):
            subprocess.run([build / "src" / "eonay", "eonay:820004526184196?portal=deneme"],
                           env={**os.environ, **it.environment}, check=True, timeout=30)
            window.read("PORTAL-18")
            assert window.text_of(window.find("text", "Doğrulama kodu")) == ""
        with it.step("Preferences shows what is locked", "locked"):
            window.press_keys("ctrl+comma")
            window.read(LOCKED)
            assert row(window, "Metinler de saklansın") is False, window.describe()
            assert row(window, "İmzaladıklarımın listesi tutulsun") is True, window.describe()
        with it.step("a locked module cannot be taken away, and its fault is told", "modules"):
            show_cards(window)
            window.read("^libakisp11.so$")
            window.read("KART-22")
            assert not window.seen("push button", "Kaldır: libakisp11.so")
        with it.step("the terminal keeps to the preset portal"):
            sign = ["sign", "--pin-fd", "0", "--accept", "0" * 64, "123456789012347"]
            status, told = it.cli(*sign)
            assert "KOD-" in told, (status, told)
            status, told = it.cli(*sign, "--portal", "deneme")
            assert status == 5 and "PORTAL-18" in told, (status, told)
        with it.step("and to what is locked"):
            for option in (["--module", "/usr/lib/x.so"], ["--experimental-akis"]):
                status, told = it.cli(*sign, *option)
                assert status == 2 and "yöneticiniz" in told, (status, told)


def journal(build, name):
    settings = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0/settings/keyfile"
    with stand_in_journal.StandInJournal() as told, \
            Scenario(build, name, GSETTINGS_BACKEND="keyfile", EONAY_PRACTICE_CARD_DELAY="200",
                     GSETTINGS_SCHEMA_DIR=str(pathlib.Path(build) / "data")) as it:
        window = it.window

        def events():
            entries = told.read()
            assert all("EONAY_EVENT" in entry for entry in entries), entries
            return [(entry["EONAY_EVENT"], entry.get("EONAY_CODE")) for entry in entries]

        with it.step("off by default, the journal is told of nothing"):
            it.open_review()
            it.sign()
            it.read_signed()
            assert not events()
        with it.step("switched on, it is told from then on, of a wrong PIN, too"):
            it.start_again()
            settings.parent.mkdir(parents=True, exist_ok=True)
            with settings.open("a") as file:
                file.write("\n[io/github/eonay/Eonay]\njournal=true\n")
            code = it.open_review()
            window.wait(lambda: events() == [("transaction-opened", None)], "the entry")
            it.sign(WRONG_PIN)
            window.read("PIN yanlış; kalan deneme: 2")
            assert events() == [("signing-failed", "PIN-01")]
        with it.step("of a card that is pulled while it signs"):
            entry = window.find("text", "PIN")
            it.type_pin(PIN, entry)
            window.keys("Return")
            window.wait(lambda: window.text_of(entry) == "", "the signing")
            it.insert(-1)
            window.read("KART-07")
            assert events() == [("signing-failed", "KART-07")]
        with it.step("and of the signature"):
            it.insert(0)
            it.sign()
            it.read_signed()
            assert events() == [("signed", None), ("delivered", None)]
        with it.step("with no PIN, code, name, text or number of the portal in it"):
            transaction = it.browser.transaction(code)
            text = b"".join(told.received).decode()
            for word in (PIN, WRONG_PIN, code, "AYŞE", "DENEME", "10000000146", "KABUL",
                         transaction["transaction"], transaction["receipt"]):
                assert word not in text, word


def changed_preferences(build, name):
    with ModuleScenario(build, name, EONAY_SHIM="") as it:
        window = it.window
        module = str(it.build / "tests" / "shim" / "eonay-shim.so")
        settings = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0/settings/keyfile"
        with it.step("Ctrl+comma opens Preferences"):
            window.read("AYŞE DENEME")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("ctrl+comma")
            window.find("label", "Büyük geri sayım")
        with it.step("the large countdown is switched on by the keyboard", "countdown"):
            window.settle()
            for _ in range(20):
                window.keys("Tab")
                focused = [its for _, its, node in window.walk() if window.is_focused(node)]
                if "Büyük geri sayım" in focused:
                    break
            window.keys("space")
            window.wait(lambda: "large-countdown=true" in settings.read_text(), "the setting")
        with it.step("a module that works is told so", "works"):
            show_cards(window)
            window.read("Modül çalışıyor: 1 kart görüyor")
        with it.step("without its module the card is gone at once"):
            window.press("Kaldır: eonay-shim.so")
            window.wait(lambda: not window.says("AYŞE DENEME"), "the card to go")
        with it.step("what is no module is refused with its reason", "refused"):
            choose_file(window, "Modül ekle…", "PKCS#11 modülü seçin", "/etc/hostname")
            window.read("KART-22")
        with it.step("the module is picked again, and the card is back", "back"):
            choose_file(window, "Modül ekle…", "PKCS#11 modülü seçin", module)
            window.read("AYŞE DENEME")
            assert module in settings.read_text()


def show_cards(window):
    """Goes to the second page by the keyboard."""
    for _ in range(20):
        window.keys("Tab")
        if any(role == "page tab" and window.is_focused(node)
               for role, name, node in window.walk() if name in ("Genel", "Kartlar")):
            break
    window.keys("Right", "space")
    window.settle()


def choose_file(window, button, title, path):
    """Presses @button and types @path into the file chooser of that @title that it opens."""
    window.press(button)
    window.find("filler", title)
    window.wait(window.has_keyboard, "the keyboard")
    window.settle()
    window.keys("slash")
    entry = window.wait(lambda: next((node for role, _, node in window.walk()
                                      if role == "text" and window.is_focused(node)), None),
                        "the place to type the path")
    entry.enter(str(path))
    window.keys("Return")
