"""Another program of the person's on the session bus: what it is offered, and what it gets by
asking for anything else."""

import os
import pathlib
import re
import xml.etree.ElementTree as ElementTree

from gi.repository import Gio, GLib

from scenario import PIN, Scenario
from window_driver import PRACTICE_ID, object_path

OBJECT_PATH = object_path(PRACTICE_ID)
WINDOW_PATH = OBJECT_PATH + "/window/1"
EVERYWHERE = {"org.freedesktop.DBus.Properties", "org.freedesktop.DBus.Introspectable",
              "org.freedesktop.DBus.Peer"}

# Names that the windows have, or had, on the bus.
ACTIONS = ("sign", "decline", "submit-again", "new-code", "paste-code", "choose-certificate",
           "save-signature", "guide", "show-view", "show-certificate", "change-pin", "unblock-puk",
           "unblock-portal", "show-help-overlay", "preferences", "history", "diagnostics", "about",
           "practice-code", "practice-operation", "practice-card", "quit", "help", "win.sign",
           "app.quit", "window.close", "", "no-such-action", "x" * 5000, "ş/\u0301")
VALUES = (None, GLib.Variant("b", True), GLib.Variant("s", ""), GLib.Variant("s", "card"),
          GLib.Variant("s", "x" * 100000), GLib.Variant("as", ["card"]), GLib.Variant("x", -1),
          GLib.Variant("d", float("nan")), GLib.Variant("ay", b"\0" * 4096),
          GLib.Variant("(ss)", ("", "")), GLib.Variant("v", GLib.Variant("i", 0)),
          GLib.Variant("a{sv}", {"x": GLib.Variant("v", GLib.Variant("s", "y"))}),
          GLib.Variant("i", -7), GLib.Variant("i", 2147483647))
PLATFORM = ({}, {"desktop-startup-id": GLib.Variant("i", 1)},
            {"desktop-startup-id": GLib.Variant("s", "x_TIME99999999999999")},
            {"activation-token": GLib.Variant("as", ["x"])}, {"": GLib.Variant("s", "")})

# Neither a code nor a link, or too much of it.
NOT_TO_OPEN = ([], [""], ["eonay:"], ["eonay:1"], ["eonay://example.org/820004526184196"],
               ["eonay:820004526184196?portal=https://example.org"],
               ["eonay:820004526184196?portal=deneme&card=1"], ["eonay:820004526184196#x"],
               ["eonay:82000452618\u202e4196"], ["eonay:82000\n4526184196"], ["eonay:%00%1b[2J"],
               ["file:///nonexistent"], ["https://example.org/"], ["x" * 5000], ["\u0301" * 3000],
               ["eonay:820004526184196", "eonay:820004526184196"], ["eonay:" + "8" * 15] * 5000,
               ["eonay:" + "8" * (10 << 20)])


def is_offered(action, value):
    """Whether the program may do something then, as what it exports."""
    plain = value.get_type_string() if value is not None else ""
    return (action in ("quit", "help") and plain == "" or
            action == "practice-card" and plain in ("", "i"))


class Neighbour:
    def __init__(self):
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.pending = 0
        self.count = 0

    def _on_answer(self, bus, result):
        self.pending -= 1
        try:
            bus.call_finish(result)
        except GLib.Error as error:
            assert "disconnected" not in error.message, error.message

    def call(self, path, interface, method, *arguments):
        signature, values = arguments if arguments else ("()", ())
        self.pending += 1
        self.count += 1
        self.bus.call(PRACTICE_ID, path, interface, method, GLib.Variant(signature, values), None,
                      Gio.DBusCallFlags.NO_AUTO_START, 60000, None, self._on_answer)
        while self.pending > 64:
            GLib.MainContext.default().iteration(True)

    def ask(self, path, interface, method):
        return self.bus.call_sync(PRACTICE_ID, path, interface, method, None, None,
                                  Gio.DBusCallFlags.NO_AUTO_START, -1, None).unpack()

    def wait(self):
        while self.pending > 0:
            GLib.MainContext.default().iteration(True)

    def open(self, uris):
        self.call(OBJECT_PATH, "org.freedesktop.Application", "Open", "(asa{sv})", (uris, {}))
        self.call(OBJECT_PATH, "org.gtk.Application", "Open", "(assa{sv})", (uris, "", {}))

    def act(self, action, value, platform):
        parameter = [value] if value is not None else []
        for path in (OBJECT_PATH, WINDOW_PATH):
            self.call(path, "org.gtk.Actions", "Activate", "(sava{sv})",
                      (action, parameter, platform))
        self.call(OBJECT_PATH, "org.freedesktop.Application", "ActivateAction", "(sava{sv})",
                  (action, parameter, platform))
        self.call(OBJECT_PATH, "org.gtk.Actions", "Activate", "(sava{sv})",
                  (action, [GLib.Variant("s", "")] * 3, platform))
        if value is not None:
            for path in (OBJECT_PATH, WINDOW_PATH):
                self.call(path, "org.gtk.Actions", "SetState", "(sva{sv})",
                          (action, value, platform))

    def act_wildly(self):
        for action in ACTIONS:
            for index, value in enumerate(VALUES):
                if not is_offered(action, value):
                    self.act(action, value, PLATFORM[index % len(PLATFORM)])

    def call_wildly(self):
        """Known methods with other types, and interfaces that an application may have."""
        for platform in PLATFORM:
            self.call(OBJECT_PATH, "org.gtk.Application", "Activate", "(a{sv})", (platform,))
            self.call(OBJECT_PATH, "org.freedesktop.Application", "Activate", "(a{sv})",
                      (platform,))
            self.call(OBJECT_PATH, "org.gtk.Application", "CommandLine", "(oaaya{sv})",
                      ("/", [b"eonay\0", b"--practice\0", b"\xff\0"], platform))
        for path in (OBJECT_PATH, WINDOW_PATH, OBJECT_PATH + "/menus/menubar", "/"):
            for interface, method in (("org.gtk.Application", "Open"),
                                      ("org.gtk.Application", "Activate"),
                                      ("org.gtk.Application", "CommandLine"),
                                      ("org.freedesktop.Application", "ActivateAction"),
                                      ("org.gtk.Actions", "Activate"),
                                      ("org.gtk.Actions", "Describe"),
                                      ("org.gtk.Actions", "DescribeAll"),
                                      ("org.gtk.Actions", "SetState"),
                                      ("org.gtk.Menus", "Start"), ("org.gtk.Menus", "End"),
                                      ("org.freedesktop.DBus.Properties", "Set")):
                self.call(path, interface, method)
                self.call(path, interface, method, "(s)", ("quit",))
                self.call(path, interface, method, "(au)", ([0, 1, 4294967295],))
                self.call(path, interface, method, "(ssv)",
                          ("org.gtk.Application", "Busy", GLib.Variant("b", True)))

    def attack(self):
        """Everything that a neighbour can think of; returns when all of it is answered."""
        self.act_wildly()
        self.call_wildly()
        for uris in NOT_TO_OPEN:
            self.open(uris)
        for _ in range(500):
            self.open(["eonay:1"])
        self.wait()

    def list_objects(self, path="/"):
        """Yields the path and the interfaces of all that the program exports."""
        node = ElementTree.fromstring(
            self.ask(path, "org.freedesktop.DBus.Introspectable", "Introspect")[0])
        interfaces = {each.get("name") for each in node.findall("interface")} - EVERYWHERE
        if interfaces:
            yield path, interfaces
        for child in node.findall("node"):
            yield from self.list_objects(path.rstrip("/") + "/" + child.get("name"))

    def list_actions(self, path):
        return set(self.ask(path, "org.gtk.Actions", "DescribeAll")[0])


class Attacked(Scenario):
    # What GLib says of a parameter of another type, which only it can refuse.
    provoked = re.compile("GLib-GIO-CRITICAL .*g_simple_action_activate: assertion")

    def settings(self):
        path = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0/settings/keyfile"
        return path.read_text() if path.exists() else ""


def check_exported(neighbour, actions):
    objects = dict(neighbour.list_objects())
    assert objects == {
        OBJECT_PATH: {"org.gtk.Application", "org.freedesktop.Application", "org.gtk.Actions"},
        WINDOW_PATH: {"org.gtk.Actions"},
    }, objects
    assert neighbour.list_actions(OBJECT_PATH) == actions, neighbour.list_actions(OBJECT_PATH)
    assert neighbour.list_actions(WINDOW_PATH) == set(), neighbour.list_actions(WINDOW_PATH)


def exported(build, name):
    with Scenario(build, name) as it:
        window = it.window
        neighbour = Neighbour()
        with it.step("the bus offers quit, help and the practice card, and nothing of the window"):
            window.read("^AYŞE DENEME · ")
            check_exported(neighbour, {"quit", "help", "practice-card"})
        with it.step("nor with a transaction and a question on screen"):
            it.open_review()
            it.ask_pin()
            check_exported(neighbour, {"quit", "help", "practice-card"})
            window.press_keys("Escape")
        with it.step("help is offered, once"):
            for _ in range(3):
                window.activate("help")
            window.read("^Geçmiş$")
            it.picture("help")
            window.press_keys("Escape")
            window.wait(lambda: window.can_press("İmzala"), "the review")
        with it.step("and so is quit"):
            window.activate("quit")
            assert window.program.wait(30) == 0


def neighbour(build, name):
    with Attacked(build, name, GSETTINGS_BACKEND="keyfile") as it:
        window = it.window
        other = Neighbour()
        with it.step("what is neither a code nor a link is said to be none", "told"):
            window.read("^AYŞE DENEME · ")

            def is_told():
                # It goes by itself, on a slow machine before it is found.
                other.open(["eonay:1"])
                other.wait()
                return window.says(r"^Bu bağlantı bir portal bağlantısı değil\. \(KOD-08\)$")

            window.wait(is_told, "what is said of it")
        with it.step("a neighbour gets nothing else on the code page", "code"):
            settings = it.settings()
            entry = window.find("text", "Doğrulama kodu")
            entry.enter("123")
            other.attack()
            assert window.text_of(entry) == "123", window.text_of(entry)
            assert it.settings() == settings, it.settings()
        with it.step("an address is no file, which is said among the files, and the code stays"):
            window.read("^[0-9]+ dosya bu bilgisayarda olmadığı için alınmadı")
            window.press_keys("ctrl+1")
            entry = window.find("text", "Doğrulama kodu")
            assert window.text_of(entry) == "123", window.text_of(entry)
        with it.step("nor while a text is reviewed", "review"):
            code = it.open_review()
            settings = it.settings()
            other.attack()
            for _ in range(100):
                other.open(["eonay:820004526184196"])
                other.open(["file:///etc/passwd"])
            other.wait()
            assert window.can_press("İmzala")
            window.read("^Kalan süre: ")
            assert it.browser.transaction(code)["state"] == "waiting"
            assert it.settings() == settings, it.settings()
        with it.step("nor while the PIN is typed, which stays where it was typed", "pin"):
            entry = it.ask_pin()
            it.type_pin(PIN[:3])
            other.attack()
            other.act("help", None, {})
            for _ in range(100):
                other.open(["eonay:820004526184196"])
                other.open(["file:///etc/passwd", "file:///etc/hosts"])
            other.wait()
            window.wait(window.has_keyboard, "the keyboard")
            window.keys(*PIN[3:])
            window.wait(lambda: len(window.text_of(entry)) == len(PIN), "the rest of the PIN")
            assert it.browser.transaction(code)["state"] == "waiting"
        with it.step(f"after {other.count} calls it signs what was reviewed", "signed"):
            window.keys("Return")
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"
