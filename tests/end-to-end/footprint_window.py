"""What the window writes, and whom it speaks to, over a whole day's work: what the guide says, and no more."""

import json
import os
import pathlib
import re
import subprocess
import time

import linked_pdf
import named_portal
import traced
import written_files
from outside import CardScenario
from preferences import choose_file
from window_driver import Window

ROOT = pathlib.Path(__file__).resolve().parents[2]
# In the place of dconf's, whose service is another program; and what the guide says of the toolkit.
SETTINGS = "~/.config/glib-2.0"
TOOLKIT = {"~/.cache/fontconfig", "~/.cache/mesa_shader_cache", "~/.local/share/recently-used.xbel"}
# Of the computer itself: card service, display, buses, the C library's cache of names.
LOCAL = re.compile(r"^(?:/run|/var/run)/(?:pcscd/pcscd\.comm|nscd/socket|dbus/system_bus_socket)$|^@?/tmp/\.X11-unix/X\d+$|/run/bus$|/at-spi/bus")
SECONDS_OF_REST = 5


class Footprint(CardScenario):
    """With a portal that has a name, and a home that is looked at when all is over."""

    def _open_portal(self, ca_file):
        self.run = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        self.names = named_portal.NameServer(self.run)
        self.names.__enter__()
        self.named = named_portal.NamedPortal(self.build / "src/practice/eonay-practice-portal", self.run, ca_file)
        self.named.__enter__()
        self.portal, self.browser = self.named.portal, self.named.browser
        self.profile = self.run / "kurum.json"
        self.profile.write_text(json.dumps(self.named.profile()))

    def _open_window(self, **environment):
        self.trace = traced.Trace(self.run)
        self._make_viewer()
        self.window = Window([*self.trace.command, self.build / "src" / "eonay"], logged=True, GSETTINGS_BACKEND="keyfile",
                             EONAY_GUIDE_DIR=str(self.run / "html"),
                             GSETTINGS_SCHEMA_DIR=str(self.build / "data"), **environment)

    def _make_viewer(self):
        """A guide, and what opens it: it keeps the address that it was given."""
        for language in ("C", "tr"):
            folder = self.run / "html" / language
            folder.mkdir(parents=True)
            (folder / "history.html").write_text("<html/>")
        self.guide = self.run / "guide"
        data = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "applications"
        data.mkdir(parents=True)
        (data / "viewer.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=Viewer\nMimeType=text/html;x-scheme-handler/help;x-scheme-handler/file;\n"
            f"Exec=/bin/sh -c 'printf %%s \"$0\" >> {self.guide}' %u\n")
        (data / "mimeapps.list").write_text(
            "[Default Applications]\ntext/html=viewer.desktop\nx-scheme-handler/help=viewer.desktop\nx-scheme-handler/file=viewer.desktop\n")

    def written(self):
        """The paths as they are with the usual folders."""
        usual = {os.environ["XDG_CONFIG_HOME"]: ".config", os.environ["XDG_DATA_HOME"]: ".local/share",
                 os.environ["XDG_CACHE_HOME"]: ".cache"}
        for path in self.trace.written():
            for folder, name in usual.items():
                if path == folder or path.startswith(folder + "/"):
                    path = f"{os.environ['HOME']}/{name}{path.removeprefix(folder)}"
            yield path

    def end(self):
        """Ends the program; what it did until then is in the trace."""
        self.window.program.terminate()
        self.window.program.wait(20)

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.named.__exit__()
        self.names.__exit__()
        return done


def footprint(build, name):
    with Footprint(build, name) as it:
        window = it.window
        with it.step("a portal is added by hand"):
            window.wait(window.has_keyboard, "the keyboard")
            choose_file(window, "Portal ekleyin", "Portal profili seçin", it.profile)
            window.wait(lambda: not window.says("^Portal ekleyin$"), "the portal")
            window.settle()
            window.press_keys("Escape")
            window.gone("filler", "Tercihler")
        with it.step("a text of the portal is signed and delivered", "result"):
            code = it.open_review()
            it.sign()
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"
            it.start_again()
        with it.step("an own PDF that refers to others is looked at and signed"):
            path = it.run / "sozlesme.pdf"
            path.write_bytes(linked_pdf.make(f"https://{named_portal.NAME}/", "http://192.0.2.7/"))
            before = it.named.connections
            subprocess.run([it.build / "src" / "eonay", path], check=True, timeout=60)
            window.read("^sozlesme.pdf$")
            window.press("İmzala")
            window.press("Bakmadan imzala")
            it.type_pin("123456")
            window.keys("Return")
            window.wait(lambda: window.can_press("Tamam"), "the result")
            assert (it.run / "sozlesme-imzalı.pdf").exists() and it.named.connections == before
        with it.step("history, diagnosis and help", "diagnosis"):
            window.press("Tamam")
            window.choose_in_menu("Tanılama", 2)
            window.read("^Şu anda imza atılabilir.$")
            window.settle()
            window.press_keys("Escape")
            window.press_keys("ctrl+h")
            window.read("İmzalandı ve kaydedildi")
            window.settle()
            window.press_keys("F1")
            window.wait(it.guide.exists, "the guide")
            window.wait(it.guide.read_text, "its address")
            assert it.guide.read_text().removeprefix("file://") == f"{it.run}/html/tr/history.html", it.guide.read_text()
        with it.step("nothing comes of doing nothing"):
            before = it.named.connections
            time.sleep(SECONDS_OF_REST)
            assert it.named.connections == before
        it.end()
        with it.step("the portal is all that it has spoken to, and whose name it has looked up"):
            reached = {address for address, _ in it.trace.connected()}
            assert reached == {named_portal.SERVER, named_portal.ADDRESS}, it.trace.connected()
            assert it.names.asked == {named_portal.NAME}, it.names.asked
            assert not it.trace.bound(), it.trace.bound()
            strangers = {path for path in it.trace.spoken_to() if not LOCAL.search(path)}
            assert not strangers, strangers
        with it.step("what it has written is what the guide says"):
            documented = written_files.documented(ROOT / "data/help/C/written.page")
            found, others = written_files.sort(it.written(), os.environ["HOME"], documented | TOOLKIT | {SETTINGS})
            others -= {str(it.run / "sozlesme-imzalı.pdf"), str(it.guide)}
            assert not others, others
            assert {"~/.cache/eonay/cards", "~/.local/share/eonay/history.db", "~/.config/eonay/portals.d"} <= found, found
