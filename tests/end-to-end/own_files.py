"""A person's own files in the window: opened, looked at, signed with one PIN."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import sample_pdf
from preferences import choose_file
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

    def look_to_end(self, name):
        """Scrolls the page around the pages to its end, with the keyboard."""
        window = self.window
        pages = window.find(None, re.compile(f"^{name}, sayfa 1 / "))
        window.wait(window.has_keyboard, "the keyboard")
        window.go_to(pages)
        for _ in range(6):
            window.keys("Page_Down")
            window.settle()

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
            paths += [it.put("rapor.pdf", sample_pdf.make_active("Rapor")), it.put("bos.txt", b""),
                      it.put("tablo.ods", b"PK\3\4\0\0"), it.put("bozuk.pdf", sample_pdf.make("Bozuk")[:300])]
            it.open_with(*paths)
            window.read("DOSYA-04")
            window.read("PDF-02")
            window.read(" · imzasız · 2 uyarı · ")
            window.wait(lambda: window.can_press("5 dosyayı imzala"), "five files")
        with it.step("no card: it says so, and keeps the files", "no-card"):
            it.insert(NONE)
            window.wait(lambda: not window.can_press("5 dosyayı imzala"), "nothing to sign with")
            it.insert(0)
            window.wait(lambda: window.can_press("5 dosyayı imzala"), "the card")
        with it.step("what nobody looked at is named, with what it holds", "unseen"):
            window.press("5 dosyayı imzala")
            window.read("dosyaya sonuna kadar bakmadınız")
            window.read("^rapor.pdf\n⚠ .*JavaScript")
        with it.step("one PIN signs them, each in its format", "result"):
            it.sign_unseen()
            it.type_pin(PIN)
            window.keys("Return")
            assert it.signed() == ["belge-0.txt.p7s", "belge-1.txt.p7s", "belge-2.txt.p7s",
                                   "rapor-imzalı.pdf", "tablo.ods.p7s"], it.signed()
            window.read("Açık olan 2 dosya daha, imzalanacaklar arasında değildi")
            judge(it.root / "rapor-imzalı.pdf")


def unconfirmed_file(build, name):
    """Who has looked at all of it, and has not said so of what stands above, is told just that."""
    with OwnFiles(build, name) as it:
        window = it.window
        with it.step("a PDF with a script is looked at to its end", "looked-at"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("rapor.pdf", sample_pdf.make_active("Rapor", sizes=[(595, 140)])))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            window.read(r"^[0-9,]+ (kB|bayt).* · imzasız · 2 uyarı$")
            it.look_to_end("rapor.pdf")
        with it.step("what is asked is whether its warnings were read", "question"):
            window.press("İmzala")
            window.read("^1 dosyanın uyarılarını okuduğunuzu onaylamadınız$")
            window.read(r"^rapor.pdf \(bakıldı, okunduğu onaylanmadı\)\n⚠ .*JavaScript")
            window.press("Dosyalara dön")
        with it.step("once that is said, it is asked no more", "confirmed"):
            window.press("Okudum")
            window.press("İmzala")
            it.type_pin(PIN)
            window.keys("Return")
            assert it.signed() == ["rapor-imzalı.pdf"], it.signed()


def unsaved_files(build, name):
    """The folder is taken away while the PIN is typed."""
    with OwnFiles(build, name) as it:
        window = it.window
        folder, moved = it.root / "belgeler", it.root / "tasindi"

        def sign_without_folder():
            folder.mkdir(exist_ok=True)
            (folder / "kira.txt").write_bytes(b"Kira\n")
            it.open_with(folder / "kira.txt")
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            window.press("İmzala")
            entry = window.find("text", "PIN")
            folder.rename(moved)
            it.type_pin(PIN, entry)
            window.keys("Return")
            window.wait(lambda: window.can_press("Başka yere kaydet…"), "what to do")

        with it.step("what could not be saved is kept, and it is said", "unsaved"):
            window.read("^AYŞE DENEME · ")
            sign_without_folder()
            window.read("^1 imzalı dosya kaydedilmedi$")
            window.read("Kart imzaladı; e-Onay bunu siz bu sayfayı kapatana kadar tutar")
            window.read("DOSYA-10")
        with it.step("it is not lost without a question", "question"):
            window.press("Tamam")
            window.read("^Kartın imzaladıkları kaydedilmedi$")
            window.press("Geri")
            window.wait(lambda: window.can_press("Yeniden dene"), "the way back")
        with it.step("nor with the window", "closing"):
            window.activate("quit")
            window.read("^Şimdi kapatırsanız o imzalar kaybolur")
            window.press("Bekle")
        with it.step("once it is back, it is saved, without the card", "saved"):
            it.insert(NONE)
            moved.rename(folder)
            window.press("Yeniden dene")
            window.read("^1 dosya imzalandı$")
            assert [path.name for path in it.root.rglob("*.p7s")] == ["kira.txt.p7s"]
            window.read("^İmzalı dosya özgün dosyanın yanında")
        with it.step("another folder does as well", "elsewhere"):
            (folder / "kira.txt.p7s").unlink()
            window.press("Tamam")
            window.wait(lambda: window.can_press("Dosya aç"), "the beginning")
            it.insert(0)
            sign_without_folder()
            other = it.root / "baska"
            other.mkdir()
            choose_file(window, "Başka yere kaydet…", "İmzalı dosyaların klasörü", other)
            window.read("^İmzalı dosya seçtiğiniz klasörde")
            assert [path for path in it.root.rglob("*.p7s")] == [other / "kira.txt.p7s"]


def blocked_card(build, name):
    """Three wrong PINs; there is no portal, and so no clock."""
    with OwnFiles(build, name) as it:
        window = it.window
        with it.step("the PIN is asked for without a clock", "pin"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("kira.txt", b"Kira\n"), it.put("bos.txt", b""))
            window.wait(lambda: window.can_press("1 dosyayı imzala"), "the certificate")
            window.press("1 dosyayı imzala")
            window.find("text", "PIN")
            assert not window.says("Kalan süre")
        with it.step("the keys of Diagnostics open no inspector of GTK there"):
            window.press_keys("ctrl+shift+d")
            window.press_keys("ctrl+shift+i")
            window.settle()
            assert not window.says("GTK"), window.describe()
        with it.step("once the PIN is blocked there is nothing to type, and it is said what to do", "blocked"):
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.read("kalan deneme: 2")
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.read("^Son deneme! Yanlış PIN kartı")
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.press("Eminim")
            window.gone("text", "PIN")
            window.read("^PIN kilitli")
            window.read("PIN-02")
            window.wait(lambda: window.can_press("Kartım’ı aç"), "the way to unblock it")
            window.read("^Bu sertifikaların hiçbiriyle imza atılamaz")
            assert not list(it.root.glob("*.p7s"))


def signed_rest(build, name):
    """The card is pulled once some of the files are signed."""
    count = 12
    with OwnFiles(build, name, EONAY_PRACTICE_CARD_DELAY="40") as it:
        window = it.window
        with it.step("the card is pulled after the first file", "pulled"):
            window.read("^AYŞE DENEME · ")
            it.open_with(*[it.put(f"belge-{number:02}.txt", b"Belge\n") for number in range(count)])
            window.wait(lambda: window.can_press(f"{count} dosyayı imzala"), "the certificate")
            window.press(f"{count} dosyayı imzala")
            it.sign_unseen()
            it.type_pin(PIN)
            window.keys("Return")
            window.wait(lambda: any(it.root.glob("*.p7s")), "the first signature")
            it.insert(NONE)
            window.wait(lambda: window.can_press("Kalanları imzala"), "what to do")
            first = {path.name: path.read_bytes() for path in it.root.glob("*.p7s")}
            assert 0 < len(first) < count, sorted(first)
            window.read("KART-")
        with it.step("what is left is signed with another PIN, the others stay as they are", "rest"):
            window.press("Kalanları imzala")
            it.insert(0)
            rest = count - len(first)
            window.wait(lambda: window.can_press("İmzala" if rest == 1 else f"{rest} dosyayı imzala"), "the rest")
            window.press("İmzala" if rest == 1 else f"{rest} dosyayı imzala")
            it.sign_unseen()
            it.type_pin(PIN)
            window.keys("Return")
            window.wait(lambda: len(it.signed()) == count, "all files")
            assert all((it.root / name).read_bytes() == content for name, content in first.items())


def lone_file(build, name):
    """What a Flatpak is given by the document portal: a file without the folder that it is in."""
    # Not where the portal is mounted: there may be one.
    documents = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "documents"
    with OwnFiles(build, name, EONAY_DOCUMENTS=str(documents)) as it:
        window = it.window
        lone = documents / "1a2b3c4d"
        lone.mkdir(parents=True)
        (lone / "kira.txt").write_bytes(b"Kira\n")
        folder = it.root / "imzalananlar"
        folder.mkdir()
        with it.step("the folder of the signed file is asked for, before the PIN", "folder"):
            window.read("^AYŞE DENEME · ")
            it.open_with(lone / "kira.txt")
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            choose_file(window, "İmzala", "İmzalı dosyaların klasörü", folder)
            it.type_pin(PIN, window.find("text", "PIN"))
            window.keys("Return")
            window.wait(lambda: window.can_press("Tamam"), "the result")
        with it.step("it is there, and it is said; nothing is hidden beside the original", "signed"):
            window.read("^İmzalı dosya seçtiğiniz klasörde")
            window.read("imzalananlar/kira.txt.p7s")
            assert [path.name for path in folder.iterdir()] == ["kira.txt.p7s"]
            assert [path.name for path in lone.iterdir()] == ["kira.txt"]


def outside_files(build, name):
    with OwnFiles(build, name) as it:
        window = it.window
        with it.step("a file that is opened from outside is shown, and is what is signed"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("kira.txt", b"Kira\n"))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
        with it.step("what comes to it afterwards is not ticked, and it is said", "notice"):
            it.open_with(it.put("yabanci.txt", b"Yabanci\n"))
            window.read("^Başka dosyalar açıkken e-Onay dışından 1 dosya daha açıldı")
            window.read("yabanci.txt")
            window.wait(lambda: window.can_press("1 dosyayı imzala"), "the button, of one file")
        with it.step("nor is it signed"):
            window.press("1 dosyayı imzala")
            it.type_pin(PIN)
            window.keys("Return")
            assert it.signed() == ["kira.txt.p7s"], it.signed()
        with it.step("what is not on this computer is not taken, and it is said", "remote"):
            window.press("Tamam")
            window.wait(lambda: window.can_press("Dosya aç"), "the button")
            it.open_with("sftp://example.org/a.pdf", "smb://example.org/b.pdf")
            window.read("^2 dosya bu bilgisayarda olmadığı için alınmadı")


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
        with it.step("what cannot be signed says so, and is not asked for", "refused"):
            it.open_with(it.put("bozuk.pdf", sample_pdf.make("Bozuk")[:300]))
            window.read("PDF-02")
            window.read("^İmzalanabilecek hiçbir dosya işaretli değil")
            assert not window.can_press("İmzala")


MARK = (r"^Görünür işaret, sayfa (\d+): soldan (\d+) mm, üstten (\d+) mm, eni (\d+) mm, boyu (\d+) mm$")
HANDLE = (0x1a, 0x5f, 0xb4)
SENTENCE = "DENEME: bu imza geçersizdir."


class Marks(OwnFiles):
    """OwnFiles with a PDF whose mark is switched on."""

    def find_mark(self):
        """The rectangle on the page, and where its name says that it is: page, left, top, width, height."""
        for role, name, node in self.window.walk():
            found = re.match(MARK, name or "")
            if found:
                return node, tuple(map(int, found.groups()))
        return None

    def wait_for_mark(self, wanted):
        self.window.wait(lambda: self.find_mark() and wanted(self.find_mark()[1]), "the mark")
        return self.find_mark()

    def handles(self):
        """What they are the corners of, on the screen."""
        self.window.rest()
        return self.window.find_colour(HANDLE)

    def switch_on(self, why="Metnin altında"):
        """Once a place is proposed, for this reason."""
        switch = self.window.find("check box", "Görünür işaret")
        self.window.wait(self.window.has_keyboard, "the keyboard")
        self.window.go_to(switch)
        self.window.keys("space")
        self.window.read(f"^{why}$")
        self.window.press("İşarete git")
        node, place = self.wait_for_mark(lambda place: True)
        self.window.wait(lambda: self.window.is_focused(node), "the mark to be focused")
        return place

    def choose_place(self, wanted, number):
        """From the list of places, with the keyboard: the one that is @number after the first."""
        window = self.window
        window.go_to(window.find("combo box", re.compile("^Sayfadaki yeri")))
        window.keys("space")
        window.wait(lambda: any(role == "list item" and window.is_focused(node) for role, _, node in window.walk()),
                    "the list to have the keyboard")
        window.keys("Home", *["Down"] * number, "Return")
        window.read(f"^{wanted}$")

    def read_rect(self, name, original):
        """Where the signature's field is that came to @original: left, bottom, right, top."""
        added = (self.root / name).read_bytes()[len(original):]
        rects = set(re.findall(rb"/Rect ?\[([-0-9. ]+)\]", added))
        assert len(rects) == 1, rects
        return tuple(map(float, rects.pop().split()))

    def sign_marked(self, name, place):
        """Signs it; all words of the mark are where its name said."""
        self.window.press("İmzala")
        self.window.read("dosyaya sonuna kadar bakmadınız")
        self.sign_unseen()
        self.type_pin(PIN)
        self.window.keys("Return")
        assert self.signed() == [name]
        judge(self.root / name)
        page, left, top, width, height = place
        inside = [str(round(length * 72 / 25.4) + more)
                  for length, more in zip((left, top, width, height), (-3, -3, 6, 6))]
        options = [word for pair in zip(("-x", "-y", "-W", "-H"), inside) for word in pair]
        said = subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), *options, self.root / name, "-"],
                              capture_output=True, check=True, text=True).stdout
        words = " ".join(said.split())
        assert "AYŞE DENEME" in words and SENTENCE in words, words


def mark_by_keyboard(build, name):
    with Marks(build, name) as it:
        window = it.window
        with it.step("a mark is off until it is switched on"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("kira.pdf", sample_pdf.make("Kira", "Ikinci sayfa")))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            assert it.find_mark() is None
        with it.step("switched on, it is on the last page, on the right below its text", "on"):
            page, left, top, width, height = it.switch_on()
            assert (page, left, width, height) == (2, 127, 71, 23), (page, left, top, width, height)
            assert 30 < top < 40, top
        with it.step("“Bottom right” puts it there"):
            it.choose_place("Alt sağ", 8)
            it.wait_for_mark(lambda place: place == (2, 127, 261, 71, 23))
            window.press("İşarete git")
            window.wait(lambda: window.is_focused(it.find_mark()[0]), "the mark to be focused")
        with it.step("arrow keys move it, with Shift they size it", "moved"):
            window.keys("Left", "Left", "Up", "Up", "Up", "shift+Left", "shift+Down")
            _, place = it.wait_for_mark(lambda place: place == (2, 122, 255, 68, 25))
        with it.step("Page Up brings it to the page before"):
            window.keys("Page_Up")
            _, place = it.wait_for_mark(lambda place: place[0] == 1)
        with it.step("it is in the signed PDF, there", "signed"):
            it.sign_marked("kira-imzalı.pdf", place)


RED = (0xe0, 0x1b, 0x24)


def count_red(path, page):
    """How many pixels of it are red, at 72 dpi; poppler rounds."""
    pixels = subprocess.run(["pdftoppm", "-r", "72", "-f", str(page), "-l", str(page), path],
                            capture_output=True, check=True).stdout.split(b"\n", 3)[3]
    return sum(all(abs(one - other) <= 2 for one, other in zip(pixels[at:at + 3], RED))
               for at in range(0, len(pixels), 3))


def mark_with_picture(build, name):
    with Marks(build, name, ADW_DEBUG_COLOR_SCHEME="prefer-dark") as it:
        window = it.window
        words, picture = it.put("resim.svg", b"<html>"), it.root / "amblem.svg"
        picture.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>"
                           f"<rect width='30' height='20' fill='#{bytes(RED).hex()}'/></svg>")
        with it.step("what is no picture keeps from signing with it, and says why", "refused"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("kira.pdf", sample_pdf.make("Kira")))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            it.switch_on()
            window.read("^Yok: işarette yalnızca yazı var")
            choose_file(window, "Resim seç…", "Resim seçin", words)
            window.read("^Görünür işaretin resmi kullanılamıyor: PNG veya SVG değil.*[(]DOSYA-13[)]$")
            window.read("^Görünür işaretin resmi kullanılamıyor: başka bir resim seçin")
            assert not window.can_press("İmzala")
        with it.step("without it, it can be signed"):
            window.press("Resmi kaldır")
            window.read("^Yok: işarette yalnızca yazı var")
            window.wait(lambda: window.can_press("İmzala"), "İmzala")
        with it.step("another is shown", "chosen"):
            choose_file(window, "Resim seç…", "Resim seçin", picture)
            window.read("^amblem.svg$")
            window.wait(lambda: window.can_press("İmzala"), "İmzala")
        with it.step("it is in the signed PDF, beside the words, as it was read", "signed"):
            picture.unlink()
            it.sign_marked("kira-imzalı.pdf", it.find_mark()[1])
            assert count_red(it.root / "kira-imzalı.pdf", 1) > 1000
            assert count_red(it.root / "kira.pdf", 1) == 0


def mark_by_mouse(build, name):
    with Marks(build, name, ADW_DEBUG_COLOR_SCHEME="prefer-dark") as it:
        window = it.window
        with it.step("switched on, it is on the page", "on"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("kira.pdf", sample_pdf.make("Kira")))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            before = it.switch_on()
        with it.step("it is dragged by its middle", "dragged"):
            left, top, right, bottom = it.handles()
            window.drag(((left + right) // 2, (top + bottom) // 2), (-60, -40))
            _, place = it.wait_for_mark(lambda place: place[1] < before[1] and place[2] < before[2])
            assert place[3:] == before[3:], (before, place)
        with it.step("a corner sizes it", "sized"):
            before = place
            _, _, right, bottom = it.handles()
            window.drag((right - 3, bottom - 3), (20, 15))
            _, place = it.wait_for_mark(lambda place: place[3] > before[3] and place[4] > before[4])
            assert place[1:3] == before[1:3], (before, place)
        with it.step("it is in the signed PDF, there"):
            it.sign_marked("kira-imzalı.pdf", place)


LETTER = sample_pdf.make("Ben AYŞE DENEME,", "Arz ederim.\n\n\nAyşe Deneme", "Ek 1")


def mark_under_name(build, name):
    with Marks(build, name) as it:
        window = it.window
        with it.step("switched on, the mark is under the last place where the holder's name stands", "on"):
            window.read("^AYŞE DENEME · ")
            it.open_with(it.put("dilekce.pdf", LETTER))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            place = it.switch_on("Adınızın altında")
            assert place[0] == 2 and place[3:] == (71, 23), place
        with it.step("and so it is in the signed PDF", "signed"):
            it.sign_marked("dilekce-imzalı.pdf", place)
            left, bottom, right, top = it.read_rect("dilekce-imzalı.pdf", LETTER)
            line = 760 - 3 * 18
            assert left < 72 < 140 < right and line - 15 < top < line, (left, bottom, right, top)
        with it.step("where there is no room under it, it is below the text of the last page", "below"):
            window.press("Tamam")
            window.wait(lambda: window.can_press("Dosya aç"), "the button")
            it.open_with(it.put("yazi.pdf", sample_pdf.make("AYŞE DENEME\nMüdür", "Ek 1")))
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            place = it.switch_on()
            assert place[:2] == (2, 127), place
        with it.step("what the person has moved stays, whatever else changes"):
            window.keys("Left", "Up")
            _, place = it.wait_for_mark(lambda moved: moved[1] < place[1] and moved[2] < place[2])
            window.read("^Elle yerleştirildi$")
            it.insert(NONE)
            window.wait(lambda: not window.can_press("İmzala"), "nothing to sign with")
            it.insert(0)
            window.wait(lambda: window.can_press("İmzala"), "the card")
            assert it.find_mark()[1] == place
        with it.step("and can be given back"):
            it.choose_place("Metnin altında", 10)
            it.wait_for_mark(lambda back: back[1] > place[1] and back[2] > place[2])
