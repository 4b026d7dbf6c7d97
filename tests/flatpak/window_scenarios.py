"""What flatpak-window does with the window. Needs a Desktop that has been started."""

import contextlib
import functools
import http.server
import json
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import traceback

import accessible_tree
import pcsc_service
import sample_pdf
from browser import Browser
from flatpak_build import ID
from gi.repository import Gio, GLib
from scenario import PIN, Scenario
from window_driver import Window, object_path

from document_portal import DocumentPortal

POLICIES = "/etc/chromium/policies/managed"

count = failed = 0


def list_running():
    """The processes that Flatpaks of the program began with, as they are counted outside."""
    said = subprocess.run(["flatpak", "ps", "--columns=child-pid,application"], capture_output=True, text=True).stdout
    return re.findall(rf"^(\d+)\s+{re.escape(ID)}$", said, re.M)


class FlatpakTree(accessible_tree.AccessibleTree):
    """Between a Flatpak and the bus stands a proxy, so that no process is told apart by its number."""

    def _find(self, name):
        for sender, path in accessible_tree.call(self.bus, accessible_tree.REGISTRY, accessible_tree.ROOT,
                                                 accessible_tree.ACCESSIBLE, "GetChildren"):
            try:
                its = accessible_tree.call(self.bus, sender, path, accessible_tree.PROPERTIES, "Get",
                                           GLib.Variant("(ss)", (accessible_tree.ACCESSIBLE, "Name")))
            except GLib.Error:
                continue
            if its == name:
                return sender
        raise LookupError(f"{name} is not on the accessibility bus")


class FlatpakWindow(Window):
    def _find_tree(self):
        try:
            return FlatpakTree(self.bus, "eonay")
        except LookupError:
            return None

    def has_keyboard(self):
        title = subprocess.run(["xdotool", "getwindowfocus", "getwindowname"], capture_output=True, text=True).stdout
        return title.strip() not in ("", "openbox")

    def _place(self, title=None):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "onay"], capture_output=True, text=True)
        places = []
        for window in found.stdout.split():
            shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True,
                                   text=True).stdout
            place = dict(line.split("=") for line in shell.split())
            places.append(tuple(int(place[key]) for key in ("WINDOW", "X", "Y", "WIDTH", "HEIGHT")))
        return max(places, key=lambda place: place[3] * place[4])

    def close(self):
        subprocess.run(["flatpak", "kill", ID], capture_output=True)
        super().close()
        pcsc_service.wait_until(lambda: not list_running(), "the Flatpak to end")


class FlatpakScenario(Scenario):
    def __init__(self, cache, name, *arguments):
        self.arguments = arguments
        super().__init__(cache, name)
        self.pictures = pathlib.Path(cache) / "pictures"

    def _open(self, environment):
        self.window = FlatpakWindow(["flatpak", "run", ID, *self.arguments], **environment)
        self.browser = Browser(self._portal()) if "--practice" in self.arguments else None

    def _portal(self):
        """What the practice portal says of itself, with its file as it is seen from outside."""
        told = json.loads(self.window.output_line())
        number, = list_running()
        told["ca_file"] = f"/proc/{number}/root{told['ca_file']}"
        return json.dumps(told)

    def _tell(self, passed, title, reason):
        global count, failed
        count += 1
        self.count += 1
        if not passed:
            self.failed = True
            failed += 1
            print("\n".join(f"# {line}" for line in str(reason).splitlines()))
        print(f"{'ok' if passed else 'not ok'} {count} - {self.name}: {title}", flush=True)

    def __exit__(self, kind, error, trace):
        if kind is not None and not self.failed:
            self._tell(False, "a step", "".join(traceback.format_exception(error)))
        self.window.close()
        return True


def find_dialog():
    """The file chooser of the desktop, a window of another program."""
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "xdg-desktop-portal-gtk"],
                          capture_output=True, text=True).stdout.strip()


def call_application(application_id, method, arguments):
    """As a desktop does it that starts programs by D-Bus."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.call_sync(application_id, object_path(application_id), "org.freedesktop.Application", method, arguments, None,
                  Gio.DBusCallFlags.NONE, -1, None)


def main_job(cache):
    with FlatpakScenario(cache, "main-job", "--practice") as it:
        window = it.window
        with it.step("the window opens, in Turkish", "code"):
            window.read("^DENEME MODU · imzalar geçersizdir$")
            window.read("^AYŞE DENEME · ")
        with it.step("a code is signed, and delivered to the portal", "result"):
            code = it.open_review()
            it.ask_pin()
            it.type_pin(PIN)
            window.keys("Return")
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed", it.browser.transaction(code)


def add_portal():
    """The person's own, which nobody is behind; the file."""
    profiles = pathlib.Path(os.environ["HOME"]) / ".var/app" / ID / "config/eonay/portals.d"
    profiles.mkdir(parents=True, exist_ok=True)
    (profiles / "deneme.json").write_text(json.dumps(
        {"id": "deneme", "name": "DENEME", "base_url": "https://127.0.0.1:1/"}))
    return profiles / "deneme.json"


def link(cache):
    """By D-Bus, as browsers have it opened."""
    profile = add_portal()
    with FlatpakScenario(cache, "link") as it:
        with it.step("a link brings its code into the window, and nothing more", "filled"):
            it.window.find("text", "Doğrulama kodu")
            call_application(ID, "Open", GLib.Variant("(asa{sv})", (["eonay:820004526184196"], {})))
            it.window.wait(lambda: it.window.says("820 0045 2618 4196"), "the code")
    profile.unlink()


@contextlib.contextmanager
def chromium(link):
    """Yields a function that clicks LINK on a page. The person has agreed to that once: an administrator's policy."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By

    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "index.html").write_text(f'<a id="link" href="{link}">e-Onay</a>')
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    os.makedirs(POLICIES, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", POLICIES], check=True)
    (pathlib.Path(POLICIES) / "eonay.json").write_text(json.dumps(
        {"AutoLaunchProtocolsFromOrigins": [{"protocol": "eonay", "allowed_origins": [origin]}]}))
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # Its own sandbox does not start for root.
    for option in ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server",
                   "--headless=new", f"--user-data-dir={folder}/profile"):
        options.add_argument(option)
    service = Service("/usr/bin/chromedriver", env={**os.environ, "XDG_CURRENT_DESKTOP": "GNOME"})
    driver = webdriver.Chrome(service=service, options=options)
    try:
        driver.get(f"{origin}/index.html")
        yield lambda: driver.find_element(By.ID, "link").click()
    finally:
        driver.quit()
        server.shutdown()
        subprocess.run(["umount", POLICIES])


class ClickedScenario(FlatpakScenario):
    """The window that a click brings about."""

    def __init__(self, cache, name, click):
        self.click = click
        super().__init__(cache, name)

    def _open(self, environment):
        self.click()
        # Somebody else starts the program: this one only stands for it.
        self.window = FlatpakWindow(["sleep", "infinity"], **environment)


def browser_link(cache):
    """From a page in Chromium, by the entries that Flatpak has exported."""
    profile = add_portal()
    subprocess.run(["xdg-mime", "default", f"{ID}.desktop", "x-scheme-handler/eonay"], check=True)
    with chromium("eonay:820004526184196?portal=deneme") as click, ClickedScenario(cache, "browser-link", click) as it:
        with it.step("a link in Chromium starts the Flatpak, with the code filled in", "cold"):
            it.window.find("text", "Doğrulama kodu")
            it.window.wait(lambda: it.window.says("820 0045 2618 4196"), "the code")
    profile.unlink()


def diagnosis(cache):
    with FlatpakScenario(cache, "no-service") as it:
        with it.step("without a card service the window says what to type, and to start anew", "setup"):
            it.window.read("sonra e-Onay’ı kapatıp yeniden açın")
            it.window.read("sudo systemctl start pcscd")


def document(cache):
    """What “Open with” gives a Flatpak, in the running window."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ["HOME"]))
    (folder / "kira.pdf").write_bytes(sample_pdf.make("Kira sozlesmesi"))
    chosen = pathlib.Path(tempfile.mkdtemp(dir=os.environ["HOME"])) / "imzalananlar"
    chosen.mkdir()
    portal = DocumentPortal(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    with portal, FlatpakScenario(cache, "document", "--practice") as it:
        window = it.window
        with it.step("a PDF that the document portal gives is shown", "shown"):
            window.read("^AYŞE DENEME · ")
            path = portal.export(folder / "kira.pdf", ID)
            call_application(f"{ID}.Practice", "Open", GLib.Variant("(asa{sv})", ([f"file://{path}"], {})))
            window.read("kira.pdf")
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
        with it.step("its folder is asked for, by the desktop’s own dialog", "folder"):
            window.press("İmzala")
            window.wait(find_dialog, "the dialog")
            window.settle()
            window.keys("slash")
            window.settle()
            window.write(str(chosen)[1:])
            window.settle()
            window.keys("Return")
            window.wait(lambda: not find_dialog(), "the dialog to go")
        with it.step("it is signed into that folder of the computer, and it is said", "signed"):
            window.press("Bakmadan imzala")
            it.type_pin(PIN, window.find("text", "PIN"))
            window.keys("Return")
            window.wait(lambda: window.can_press("Tamam"), "the result")
            window.read("^İmzalı dosya seçtiğiniz klasörde")
            window.read("imzalananlar/kira-imzalı.pdf")
            assert [path.name for path in chosen.iterdir()] == ["kira-imzalı.pdf"], list(chosen.iterdir())
            assert [path.name for path in folder.iterdir()] == ["kira.pdf"], list(folder.iterdir())


def run(cache):
    global count, failed
    for test in (main_job, link, browser_link, diagnosis, document):
        try:
            test(cache)
        except Exception:  # the window did not open: the others are still worth a try
            count += 1
            failed += 1
            print("\n".join(f"# {line}" for line in traceback.format_exc().splitlines()))
            print(f"not ok {count} - {test.__name__}", flush=True)
    print(f"{count - failed} passed, {failed} failed, 0 skipped")
    return int(failed > 0)
