"""A first start: no portal, no card service, no reader; each thing to do has its button."""

import json
import os
import pathlib

from gi.repository import Gio, GLib

import pcsc_service
import tap
from heard import Heard
from name_squatter import NameSquatter
from preferences import choose_file
from scenario import Scenario
from screen_reader import ScreenReader
from stand_in_systemd import StandInSystemd
from window_driver import APPLICATION_ID, PRACTICE_ID, Window, object_path

START = "Kart servisini başlatın"
COMMAND = "sudo systemctl start pcscd"
CODE = "Doğrulama kodu"
TAKEN = "^Deneme modu zaten açık görünüyor"


class FirstStart(Scenario):
    """A window on a machine whose card service is stopped, without a portal."""

    def _open(self, environment):
        os.environ["EONAY_PKCS11_HOST"] = str(self.build / "src" / "card" / "eonay-pkcs11-host")
        self.service = pcsc_service.PcscService(readers=False)
        self.service.__enter__()
        self.service.stop()
        self.systemd = StandInSystemd(*self.service.command, *self.service.without_readers(),
                                      *pcsc_service.without_polkit())
        self.systemd.__enter__()
        self.window = Window([self.build / "src" / "eonay"], logged=True,
                             GSETTINGS_SCHEMA_DIR=str(self.build / "data"), **environment)

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.systemd.__exit__()
        self.service.__exit__()
        return done

    def start_service(self):
        """Presses the button, and waits until the service is no longer missed."""
        self.window.press(START)
        self.window.wait(lambda: not self.window.says(f"^{START}$"), "the service")


class HeardFirstStart(FirstStart, Heard):
    def _open(self, environment):
        self.reader = ScreenReader()
        FirstStart._open(self, environment)


def open_scenario(kind, build, name):
    reason = pcsc_service.missing()
    if reason is not None:
        tap.skip_all(reason)
    return kind(build, name)


def owns_practice():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         "NameHasOwner", GLib.Variant("(s)", (PRACTICE_ID,)), None,
                         Gio.DBusCallFlags.NONE, -1, None).unpack()[0]


def list_actions(application_id):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return set(bus.call_sync(application_id, object_path(application_id), "org.gtk.Actions",
                             "DescribeAll", None, None, Gio.DBusCallFlags.NONE, -1,
                             None).unpack()[0])


def quit_practice():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.call_sync(PRACTICE_ID, object_path(PRACTICE_ID), "org.gtk.Actions", "Activate",
                  GLib.Variant("(sava{sv})", ("quit", [], {})), None, Gio.DBusCallFlags.NONE, -1,
                  None)


def write_profile():
    path = pathlib.Path(os.environ["HOME"]) / "deneme.json"
    path.write_text(json.dumps({"id": "deneme", "name": "Deneme Kurumu",
                                "base_url": "https://localhost:1/"}))
    return path


def first_start(build, name):
    with open_scenario(FirstStart, build, name) as it:
        window = it.window
        with it.step("without portal and service it says what there is to do", "to-do"):
            window.read("^İlk imzadan önce$")
            window.read("^Portal ekleyin$")
            window.read(f"^{START}$")
            # What is not known is not asked for.
            assert not window.says("^Kart okuyucunuzu takın$"), window.describe()
        with it.step("the keyboard is where the first thing is done"):
            window.wait(lambda: window.is_focused(window.seen("list item", "Portal ekleyin")),
                        "the focus on the row")
        with it.step("a desktop that does not let it start the service leaves the command", "refused"):
            it.systemd.set_refuses(True)
            window.press(START)
            window.read("^Buradan başlatılamadı")
            window.read(f"^{COMMAND}$")
            window.press("Kopyala: Uçbirimde çalıştırın")
        with it.step("once it is started, the reader is what is missing", "reader"):
            it.service.start()
            window.read("^Kart okuyucunuzu takın$")
            assert not window.says(f"^{COMMAND}$"), window.describe()
        with it.step("stopped again, and started by the button"):
            it.service.stop()
            window.read(f"^{START}$")
            it.systemd.set_refuses(False)
            it.start_service()
            window.read("^Kart okuyucunuzu takın$")
        with it.step("to other programs it offers help, practice mode and its end, and nothing else"):
            assert list_actions(APPLICATION_ID) == {"help", "practice", "quit"}
        with it.step("practice mode opens beside it"):
            window.press("Deneme modu: kartsız deneyin")
            window.wait(owns_practice, "practice mode")
            assert window.says("^İlk imzadan önce$"), window.describe()
            quit_practice()
            window.wait(lambda: not owns_practice(), "the end of practice mode")
        with it.step("a program that has taken practice mode's name is not waited for", "practice-taken"):
            assert not window.says(TAKEN), window.describe()
            with NameSquatter(PRACTICE_ID, object_path(PRACTICE_ID)):
                window.press("Deneme modu: kartsız deneyin")
                window.read(TAKEN)
        with it.step("with a portal it is the code that is asked for", "portal"):
            choose_file(window, "Portal ekleyin", "Portal profili seçin", write_profile())
            window.find("text", CODE)
            window.read("^Deneme Kurumu$")
            window.read("^Kart okuyucunuzu takın$")
            assert not window.says("^Portal ekleyin$"), window.describe()


def heard_first_start(build, name):
    with open_scenario(HeardFirstStart, build, name) as it:
        window, reader = it.window, it.reader
        with it.step("what there is to do first is said"):
            reader.hear("^Portal ekleyin")
        with it.step("and what comes after it"):
            reader.forget()
            window.press_keys("Tab")
            reader.hear("^Yardım: portallar")
            reader.forget()
            window.press_keys("Tab")
            reader.hear(f"^{START}")
        with it.step("My Card says what is wrong, with its code, on what there is to do", "my-card"):
            reader.forget()
            window.press_keys("ctrl+3")
            reader.hear("^Tanılama düğme")
            reader.hear("^Kart servisi çalışmıyor(.|\n)*KART-02")
            assert not reader.says("seçil"), reader.spoken()
        with it.step("the short code that Tab comes to is not marked", "short-code"):
            reader.forget()
            window.press_keys("Tab")
            reader.hear("^KART-02")
            assert not reader.says("seçil"), reader.spoken()
        with it.step("Diagnostics says its verdict"):
            reader.forget()
            window.press_keys("ctrl+shift+d")
            reader.hear("Şu anda imza atılamaz.*Kart servisi")
            window.keys("Escape")
        with it.step("the page is called by its title"):
            reader.forget()
            window.press_keys("ctrl+1")
            reader.hear("^İlk imzadan önce")
            reader.hear(f"^{START}")
        with it.step("a service that cannot be started from here is told, with what to do"):
            it.systemd.set_refuses(True)
            reader.forget()
            window.keys("Return")
            reader.hear("Buradan başlatılamadı")
        with it.step("a service that runs is told, and that no reader is there"):
            reader.forget()
            it.service.start()
            reader.hear("Kart okuyucu bulunamadı")
