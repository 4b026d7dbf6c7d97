"""eonay: links, as desktops and browsers hand them over: what they do, and that they do no more."""

import os
import pathlib
import re
import subprocess

from counted_portal import CountedPath, CountedPortal
from link_handler import LinkHandler, StartedWindow
from own_files import OwnFiles
from scenario import PIN, Scenario

CODE = "Doğrulama kodu"
DIGITS = "820004526184196"
SHOWN = "147370154719740"
NO_LINK = r"\(KOD-08\)$"
COME = "^Bir bağlantı geldi"
FIRST_THIS = "^Önce bu işlemi bitirin"

# Nothing of these is to be read in the window.
STRANGER = "evil.example"
RLO = "\u202e"

HOSTILE = (
    "eonay:", "eonay:1", "eonay:" + DIGITS[:14], "eonay:" + DIGITS + "0", "eonay:8200O4526184196",
    f"eonay://{STRANGER}/{DIGITS}", f"eonay:{DIGITS}@{STRANGER}", f"eonay://user:word@{STRANGER}/{DIGITS}",
    f"eonay:{DIGITS}?portal=https://{STRANGER}", f"eonay:{DIGITS}?base_url=https://{STRANGER}/",
    f"eonay:{DIGITS}?portal=deneme&base_url=https://{STRANGER}/", f"eonay:{DIGITS}?portal=deneme&portal=kurum",
    f"eonay:{DIGITS}?portal=../../{STRANGER}", f"eonay:{DIGITS}?portal=deneme%00", f"eonay:{DIGITS}?portal=",
    f"eonay:{DIGITS}?portal=<b>{STRANGER}</b>", f"eonay:{DIGITS}#{STRANGER}", f"eonay:{DIGITS}/../{STRANGER}",
    f"eonay:{RLO}{DIGITS}", f"eonay:{DIGITS[:5]}{RLO}{DIGITS[5:]}", f"eonay:{DIGITS}?portal={RLO}deneme",
    f"eonay:{DIGITS[:5]}\n{DIGITS[5:]}", f"eonay:{DIGITS}\x1b[2J", "eonay:%00%1b[2J", "eonay:%38%32", "eonay:" + "%38" * 15,
    f"eonay:{DIGITS}?portal=%E2%80%AEdeneme", f"eonay:{DIGITS}?&&&", f"eonay:{DIGITS}?portal=deneme" + "&x=1" * 5000,
    "eonay:" + DIGITS * 700, "eonay:" + "8" * (10 << 20), "EONAY:" + "\u0301" * 3000,
)


def memory(pid):
    """KiB that the process has in memory."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s+(\d+)", text, re.M).group(1))


class Linked(Scenario):
    """The program, not started yet, as what the desktop opens links with; two portals are installed."""

    names = {"deneme": "DENEME", "kurum": "Kurum Portalı"}

    def _open(self, environment):
        self.window = None
        self.handler = LinkHandler(self.build)
        self.portal = CountedPortal(self.build, **self.names)
        self.browser = self.portal.browser

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.portal.close()
        if self.window is not None:
            return super().__exit__(*reason)

        self._tell(False, "a window was there", "\n".join(map(str, (*reason[:2], self.handler.log.read_text()))))
        print(f"1..{self.count}", flush=True)
        return True

    def find_window(self):
        self.window = StartedWindow(self.handler)

    def entry(self):
        return self.window.find("text", CODE)

    def code(self):
        return self.window.text_of(self.window.seen("text", CODE)).replace(" ", "")

    def wait_for_code(self, code):
        self.window.wait(lambda: self.code() == code, f"the code {code}")

    def nobody_came(self):
        assert self.portal.counts() == {}, self.portal.counts()

    def is_told(self, *uris):
        """Whether it says of what is opened that it is no link: again, as that goes by itself."""
        def question():
            self.handler.open(*uris)
            return self.window.says(NO_LINK)
        self.window.wait(question, "what is said of it")

    def end(self):
        self.window.press_keys("ctrl+q")
        self.handler.wait_for_end()


def links(build, name):
    with Linked(build, name) as it:
        code = it.browser.new_code("login")
        with it.step("the bus starts the program for a link, and the code is filled in", "cold"):
            it.handler.xdg_open(f"eonay:{code}?portal=kurum", "GNOME")
            it.find_window()
            it.wait_for_code(code)
            it.window.read("^Kurum Portalı$")
            parent = pathlib.Path(f"/proc/{it.window.program.pid}/cmdline").read_text()
            assert "--gapplication-service" in parent, parent
        window = it.window
        with it.step("with it runs one program, however often a link is opened, and the last one wins"):
            pid = it.handler.owner()
            for number in range(5):
                it.handler.xdg_open(f"eonay:{int(DIGITS) + number}?portal=deneme", "GNOME" if number % 2 else "")
                it.wait_for_code(str(int(DIGITS) + number))
            window.read("^DENEME$")
            assert it.handler.owner() == pid
        with it.step("a program that is started for a link hands it over and ends"):
            subprocess.run([it.handler.program, f"eonay:{code}?portal=kurum"], check=True, timeout=60)
            it.wait_for_code(code)
            window.read("^Kurum Portalı$")
        with it.step("minimised, it comes back", "raised"):
            minimise(window)
            it.handler.xdg_open(f"eonay:{DIGITS}")
            window.wait(lambda: shown(window), "the window")
            it.wait_for_code(DIGITS)
        with it.step("of a portal that is not installed no code is taken, and it is said", "no-portal"):
            it.handler.open(f"eonay:{DIGITS}?portal=yok")
            window.read("PORTAL-18")
            assert it.code() == "", window.describe()
        with it.step("a dialog in front stays there, and what came is told now and after it", "dialog"):
            window.press_keys("ctrl+comma")
            window.read("^Tercihler$")
            it.handler.open(f"eonay:{code}?portal=kurum")
            window.read(COME)
            assert window.says("^Tercihler$"), window.describe()
            it.picture("behind")
            window.press_keys("Escape")
            window.wait(lambda: not window.says("^Tercihler$"), "its end")
            window.read(COME)
            assert it.code() == code
        with it.step("up to here nobody came to any portal"):
            it.nobody_came()
        with it.step("until the person goes on, and then to that portal only", "review"):
            window.press("İleri")
            window.read("^Portala e-imza ile giriş$")
            assert list(it.portal.counts()) == ["kurum"], it.portal.counts()
        with it.step("what is reviewed stays, and it is said", "busy"):
            count = it.portal.counts()
            it.handler.open(f"eonay:{DIGITS}?portal=deneme")
            window.read(FIRST_THIS)
            assert window.says("^Portala e-imza ile giriş$")
            assert it.portal.counts() == count, it.portal.counts()
            assert it.browser.transaction(code)["state"] == "waiting"


def minimise(window):
    """Until its window is no longer on the screen."""
    for identifier in windows_of(window):
        subprocess.run(["xdotool", "windowminimize", identifier], check=True)
    window.wait(lambda: not shown(window), "the window to go")


def windows_of(window):
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(window.program.pid)],
                          capture_output=True, text=True).stdout.split()


def shown(window):
    return windows_of(window) != []


def links_cold(build, name):
    """What is known only once the window is there."""
    with Linked(build, name) as it:
        with it.step("of a portal that is not installed, at the start", "no-portal"):
            it.handler.xdg_open(f"eonay:{DIGITS}?portal=yok")
            it.find_window()
            it.window.read("PORTAL-18")
            assert it.code() == "", it.window.describe()
            it.end()
        with it.step("a link that is none, at the start", "no-link"):
            it.handler.open(f"eonay://{STRANGER}/{DIGITS}")
            it.find_window()
            it.window.read(NO_LINK)
            assert it.code() == "" and not it.window.says(STRANGER), it.window.describe()
            it.end()
        with it.step("a click that the desktop has told of brings the window to the front"):
            it.handler.open(f"eonay:{DIGITS}", desktop_startup_id="eonay-test_TIME1", activation_token="eonay-test_TIME1")
            it.find_window()
            it.wait_for_code(DIGITS)
            it.window.wait(it.window.has_keyboard, "the keyboard")
            it.end()
        with it.step("where no portal is installed, too", "none"):
            for profile in (pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "eonay/portals.d").iterdir():
                profile.unlink()
            it.handler.xdg_open(f"eonay:{DIGITS}")
            it.find_window()
            it.window.read("PORTAL-18")
            it.nobody_came()


def hostile_links(build, name):
    with Linked(build, name) as it:
        it.handler.open(f"eonay:{SHOWN}?portal=kurum")
        it.find_window()
        window = it.window
        it.wait_for_code(SHOWN)
        with it.step("of what is no link it says so, with its short code, and the code stays", "told"):
            it.is_told("eonay:1")
            for link in HOSTILE:
                it.handler.open(link)
                assert it.code() == SHOWN, link[:100]
        with it.step("nothing of what it says is theirs"):
            shown_now = window.describe()
            assert STRANGER not in shown_now and RLO not in shown_now and "\x1b" not in shown_now, shown_now
        with it.step("nor by way of a command"):
            for link in HOSTILE:
                if len(link) < 100000 and "\0" not in link:
                    subprocess.run([it.handler.program, link], check=True, timeout=60)
            assert it.code() == SHOWN and not window.says(STRANGER), window.describe()
        with it.step("several at once are not taken"):
            it.is_told("eonay:123456789012347", "eonay:123456789012347")
            it.is_told(*["eonay:123456789012347"] * 5000)
            assert it.code() == SHOWN
        with it.step("a thousand in a second: it is there afterwards, has the last one, and has not grown", "flood"):
            before = memory(window.program.pid)
            for number in range(1000):
                it.handler.open(f"eonay:{100000000000000 + number}?portal=deneme")
            it.wait_for_code("100000000000999")
            for _ in range(1000):
                it.handler.open(f"eonay://{STRANGER}/{DIGITS}")
                it.handler.open(f"eonay:{DIGITS}?portal=yok")
            window.read("PORTAL-18")
            window.press_keys("ctrl+3")
            window.read("^Kart")
            grown = memory(window.program.pid) - before
            assert grown < 30000, f"{grown} KiB more than {before}"
        with it.step("and at the end there is one message, which goes"):
            window.wait(lambda: len(re.findall(r"\(KOD-08\)", window.describe())) <= 1, "the messages to go")
            window.wait(lambda: not window.says(NO_LINK), "the last one to go")
            assert it.handler.owner() == window.program.pid
        with it.step("nobody came to any portal"):
            it.nobody_came()


def opened_things(build, name):
    with Linked(build, name) as it:
        root = pathlib.Path(os.environ["HOME"])
        server = CountedPath("http://localhost:9/")
        it.handler.open(f"eonay:{DIGITS}")
        it.find_window()
        window = it.window
        it.wait_for_code(DIGITS)
        with it.step("what is elsewhere is not fetched, and it is said", "remote"):
            it.handler.open(f"{server.base_url}a.pdf", f"smb://{STRANGER}/b.pdf", f"sftp://{STRANGER}/c.pdf",
                            f"{server.base_url}{DIGITS}")
            window.read("^4 dosya bu bilgisayarda olmadığı için alınmadı")
            assert server.count == 0 and not window.says(STRANGER)
        with it.step("a folder, a pipe and what is not there say what they are", "no-files"):
            os.mkfifo(root / "boru")
            it.handler.open(*((root / part).as_uri() for part in ("yok.pdf", "boru", "bin")))
            window.read("DOSYA-01")
            for part, code in (("boru", "DOSYA-03"), ("bin", "DOSYA-03")):
                window.read(f"^{part}$")
                window.read(code)
        with it.step("a link among files is not taken, and the file is", "mixed"):
            (root / "not.txt").write_text("Not\n")
            it.handler.open((root / "not.txt").as_uri(), "eonay:123456789012347", "123456789012347")
            window.read("^not.txt$")
            window.read(NO_LINK)
        with it.step("a file whose name is a code is a file", "named"):
            (root / "123456789012347").write_text("Not\n")
            it.handler.open((root / "123456789012347").as_uri())
            window.read("^123456789012347$")
        with it.step("a signature says what can be done with it", "signature"):
            window.press("Vazgeç")
            window.wait(lambda: window.can_press("Dosya aç"), "the beginning")
            (root / "rapor.p7m").write_bytes(signature(root))
            it.handler.open((root / "rapor.p7m").as_uri())
            window.read("^Bu dosyada bir imza var. e-Onay imzaları doğrulamaz")
        with it.step("the code of before is still there, and nobody came to any portal"):
            window.press("Vazgeç")
            window.press_keys("ctrl+1")
            it.wait_for_code(DIGITS)
            it.nobody_came()
        server.close()


def signature(folder):
    """Signed data (CMS) over a note, by a key that is made for it."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-subj", "/CN=DENEME", "-keyout", folder / "k.pem", "-out", folder / "c.pem"],
                   check=True, capture_output=True)
    return subprocess.run(["openssl", "cms", "-sign", "-nodetach", "-binary", "-outform", "DER", "-signer",
                           folder / "c.pem", "-inkey", folder / "k.pem"], input=b"Not\n", check=True,
                          capture_output=True).stdout


def links_while_signing(build, name):
    with Scenario(build, name, EONAY_PRACTICE_CARD_DELAY="300") as it:
        window = it.window
        with it.step("a link while the PIN is typed: the PIN goes on, and the link is told of", "pin"):
            code = it.open_review()
            entry = it.ask_pin()
            it.type_pin(PIN[:3])
            it.open_link(f"eonay:{DIGITS}")
            window.read(FIRST_THIS)
            it.open_link(f"eonay://{STRANGER}/{DIGITS}")
            window.read(NO_LINK)
            window.wait(window.has_keyboard, "the keyboard")
            window.keys(*PIN[3:])
            window.wait(lambda: len(window.text_of(entry)) == len(PIN), "the rest of the PIN")
        with it.step("while the card signs, too", "signing"):
            window.keys("Return")
            window.wait(lambda: window.text_of(entry) == "", "the signing")
            it.open_link(f"eonay:{DIGITS}")
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"
            assert it.verify(code)


def links_while_signing_files(build, name):
    with OwnFiles(build, name, EONAY_PRACTICE_CARD_DELAY="300") as it:
        window = it.window
        with it.step("a link while the PIN for files is typed leaves the view as it is", "pin"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("kira.txt", b"Kira\n"))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            window.press("İmzala")
            entry = window.find("text", "PIN")
            it.type_pin(PIN[:3])
            it.open_link(f"eonay:{DIGITS}")
            window.read(COME)
            window.wait(window.has_keyboard, "the keyboard")
            window.keys(*PIN[3:])
            window.wait(lambda: len(window.text_of(entry)) == len(PIN), "the rest of the PIN")
        with it.step("and the files are signed", "signed"):
            window.keys("Return")
            assert it.signed() == ["kira.txt.p7s"], it.signed()
        with it.step("the code waits in the other view", "code"):
            window.press("Tamam")
            window.press_keys("ctrl+1")
            window.wait(lambda: window.text_of(window.seen("text", CODE)).replace(" ", "") == DIGITS, "the code")
