"""A person's own files in the window: opened, looked at, signed with one PIN."""

import pathlib
import subprocess
import sys
import tempfile

import sample_pdf
from scenario import PIN, WRONG_PIN, Scenario

NONE = -1


class OwnFiles(Scenario):
    """Scenario with a folder of files, which “Open with” hands to the program that runs."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="eonay-own-")
        self.root = pathlib.Path(self.folder.name)
        return super().__enter__()

    def __exit__(self, *reason):
        try:
            return super().__exit__(*reason)
        finally:
            self.folder.cleanup()

    def put(self, name, content):
        path = self.root / name
        path.write_bytes(content)
        return path

    def open_with(self, *paths):
        """As the file manager does: by argument."""
        subprocess.run([self.build / "src" / "eonay", "--practice", *paths], check=True, timeout=60)

    def drop(self, *paths):
        """As a person does it with the mouse, from a window beside this one."""
        with subprocess.Popen([sys.executable, pathlib.Path(__file__).with_name("drag_source.py"), *paths],
                              stdout=subprocess.PIPE, text=True) as source:
            assert source.stdout.readline() == "ready\n"
            xdotool("search", "--sync", "--name", "^drag-source$", "windowmove", "--sync", "1100", "500")
            self.window.resize("e-Onay", 720, 680)
            xdotool("mousemove", "1180", "580", "mousedown", "1")
            for x in range(1160, 360, -40):
                xdotool("mousemove", str(x), "400")
            xdotool("mousemove", "360", "380", "mouseup", "1")
            assert source.stdout.readline() == "dropped\n"

    def signed(self):
        """Waits for the result; returns the names of the files that are new."""
        self.window.wait(lambda: self.window.can_press("Tamam"), "the result")
        return sorted(path.name for path in self.root.iterdir() if "imzalı" in path.name or
                      path.suffix in (".p7s", ".p7m"))

    def sign_unseen(self):
        self.window.press("Bakmadan imzala")


def xdotool(*words):
    subprocess.run(["xdotool", *words], check=True, capture_output=True)


def judge(path):
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=True, text=True).stdout
    assert "Signature is Valid" in said and "Total document signed" in said, said


def own_pdf(build, name):
    with OwnFiles(build, name) as it:
        window = it.window
        with it.step("without a file it says what can be done", "empty"):
            window.read("^AYŞE DENEME · ")
            window.press_keys("ctrl+2")
            window.wait(lambda: window.can_press("Dosya aç"), "the button")
        with it.step("“Open with” shows the PDF, and who can sign it", "pdf"):
            path = it.put("sozlesme.pdf", sample_pdf.make("Kira sozlesmesi", "Ikinci sayfa"))
            it.open_with(path)
            window.read("^sozlesme.pdf$")
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
        with it.step("what was not looked at to its end is named", "unseen"):
            window.press("İmzala")
            window.read("^1 dosyaya sonuna kadar bakmadınız$")
        with it.step("a wrong PIN is told where it was typed, and nothing is saved", "wrong-pin"):
            it.sign_unseen()
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.read("PIN yanlış; kalan deneme: 2")
            assert not list(it.root.glob("*imzalı*"))
        with it.step("the right one puts the signed PDF beside the original", "result"):
            it.type_pin(PIN)
            window.keys("Return")
            assert it.signed() == ["sozlesme-imzalı.pdf"]
            judge(it.root / "sozlesme-imzalı.pdf")
        with it.step("“Done” leads back to the beginning"):
            window.press("Tamam")
            window.wait(lambda: window.can_press("Dosya aç"), "the button")
        with it.step("the history has it", "history"):
            window.press_keys("ctrl+h")
            window.read("sozlesme.pdf")
            window.read("İmzalandı ve kaydedildi")


def own_files(build, name):
    with OwnFiles(build, name, ADW_DEBUG_COLOR_SCHEME="prefer-dark") as it:
        window = it.window
        with it.step("several files are a list, with what cannot be signed", "list"):
            paths = [it.put(f"belge-{number}.txt", b"Belge\n") for number in range(3)]
            paths += [it.put("rapor.pdf", sample_pdf.make("Rapor")), it.put("bos.txt", b""),
                      it.put("tablo.ods", b"PK\3\4\0\0")]
            it.open_with(*paths)
            window.read("DOSYA-04")
            window.wait(lambda: window.can_press("5 dosyayı imzala"), "five files")
        with it.step("no card: it says so, and keeps the files", "no-card"):
            it.insert(NONE)
            window.wait(lambda: not window.can_press("5 dosyayı imzala"), "nothing to sign with")
            it.insert(0)
            window.wait(lambda: window.can_press("5 dosyayı imzala"), "the card")
        with it.step("one PIN signs them, each in its format", "result"):
            window.press("5 dosyayı imzala")
            window.read("dosyaya sonuna kadar bakmadınız")
            it.sign_unseen()
            it.type_pin(PIN)
            window.keys("Return")
            assert it.signed() == ["belge-0.txt.p7s", "belge-1.txt.p7s", "belge-2.txt.p7s",
                                   "rapor-imzalı.pdf", "tablo.ods.p7s"], it.signed()
            judge(it.root / "rapor-imzalı.pdf")


def dropped_files(build, name):
    with OwnFiles(build, name) as it:
        window = it.window
        with it.step("files that are dropped on any view are opened", "dropped"):
            window.read("^AYŞE DENEME · ")
            it.drop(it.put("sozlesme.pdf", sample_pdf.make("Kira sozlesmesi")), it.put("not.txt", b"Not\n"))
            window.wait(lambda: window.can_press("2 dosyayı imzala"), "both files")
        with it.step("“Cancel” signs nothing, and the files stay"):
            window.press("Vazgeç")
            window.wait(lambda: window.can_press("Dosya aç"), "the beginning")
            assert sorted(path.name for path in it.root.iterdir()) == ["not.txt", "sozlesme.pdf"]
        with it.step("what cannot be opened says so", "refused"):
            it.open_with(it.put("bozuk.pdf", sample_pdf.make("Bozuk")[:300]))
            window.press("İmzala")
            window.read("PDF-02")
            assert sorted(path.name for path in it.root.iterdir()) == ["bozuk.pdf", "not.txt", "sozlesme.pdf"]
