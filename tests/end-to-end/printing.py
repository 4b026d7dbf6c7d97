"""A PDF printed from the window, through GTK's own dialog: to a file, as a person without a printer does."""

import os
import pathlib
import re
import subprocess

import sample_pdf
from application import FORM, UNDERTAKING, Application
from own_files import OwnFiles

# GTK 4.8 names a button with its label twice, once with the underscore of its mnemonic.
PRINT = re.compile("^_Yazdır Yazdır$")

# Grey levels of a pixel; and how many of a page's pixels may differ by more.
LEAST_DIFFERENCE = 64
DIFFERENCE_MAX = 0.001

TEXT = "\n".join(f"Sozlesmenin maddesi {number}" for number in range(20))
LANDSCAPE, A5 = (842, 595), (420, 595)


class Printing:
    """Of a scenario: where "Print to File" puts its file, and what is in it."""

    def __init__(self):
        self.folder = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "documents"
        self.folder.mkdir()
        config = pathlib.Path(os.environ.get("XDG_CONFIG_HOME") or pathlib.Path.home() / ".config")
        config.mkdir(parents=True, exist_ok=True)
        (config / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{self.folder}"\n')

    def ask(self, window):
        window.keys("ctrl+p")
        window.read("^Dosyaya Yazdır$")

    def print(self, window):
        """Chooses the only printer, and prints; returns the file."""
        window.wait(window.has_keyboard, "the keyboard")
        window.keys("Tab")
        window.wait(lambda: any(name == "GtkListItemWidget" and window.is_focused(node)
                                for _, name, node in window.walk()), "the list to have the keyboard")
        window.keys("space")
        window.press(PRINT)
        window.gone(None, "Dosyaya Yazdır")
        window.wait(self._is_written, "the printed file")
        printed, = self.folder.iterdir()
        return printed

    def _is_written(self):
        files = list(self.folder.iterdir())
        return len(files) == 1 and b"%%EOF" in files[0].read_bytes()[-16:]


def sizes(pdf):
    said = subprocess.run(["pdfinfo", "-l", "99", pdf], capture_output=True, check=True, text=True).stdout
    return [(round(float(width)), round(float(height))) for width, height in
            re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", said)]


def draw(pdf, page, size):
    """Its pixels, in grey, drawn as finely as a printer does, and then made smaller: what is drawn small sets
    each letter up to a pixel elsewhere."""
    picture = subprocess.run(["pdftocairo", "-gray", "-png", "-singlefile", "-r", "300", "-f", str(page),
                              "-l", str(page), pdf, "-"], capture_output=True, check=True).stdout
    pixels = subprocess.run(["convert", "png:-", "-resize", f"{size[0]}x{size[1]}!", "-depth", "8", "gray:-"],
                            input=picture, capture_output=True, check=True).stdout
    assert len(pixels) == size[0] * size[1]
    return pixels


def compare(printed, original):
    """Both have the same pages, of the same size, with the same on them."""
    assert sizes(printed) == sizes(original), (sizes(printed), sizes(original))
    for page, size in enumerate(sizes(original), 1):
        pixels, wanted = draw(printed, page, size), draw(original, page, size)
        assert sum(level < 128 for level in wanted) > 2 * DIFFERENCE_MAX * len(wanted), "too little on the page"
        different = sum(abs(one - other) > LEAST_DIFFERENCE for one, other in zip(pixels, wanted))
        assert different < DIFFERENCE_MAX * len(wanted), f"page {page}: {different} of {len(wanted)}"


def printed(build, name):
    printing = Printing()
    with OwnFiles(build, name) as it:
        window = it.window
        path = it.put("sozlesme.pdf", sample_pdf.make(TEXT, f"Yatay {TEXT}", f"Kucuk {TEXT}",
                                                      sizes=[sample_pdf.A4, LANDSCAPE, A5]))
        with it.step("Ctrl+P asks for the printer", "dialog"):
            it.open_with(path)
            window.read("^sozlesme.pdf$")
            window.wait(lambda: window.can_press("İmzala"), "the certificate")
            printing.ask(window)
        with it.step("what is printed is the document, each page of its own size"):
            compare(printing.print(window), path)
        with it.step("the page is as it was, and nothing was signed", "after"):
            window.wait(lambda: window.can_press("İmzala"), "the page")
            assert [file.name for file in it.root.iterdir()] == ["sozlesme.pdf"]


def printed_form(build, name):
    printing = Printing()
    with Application(build, name) as it:
        window = it.window
        with it.step("Ctrl+P asks for the printer, for the form that is looked at", "dialog"):
            code = it.open_application()
            window.wait(window.has_keyboard, "the keyboard")
            printing.ask(window)
        with it.step("the form comes out as it will be signed"):
            output = printing.print(window)
        with it.step("it can still be read and signed with one PIN", "result"):
            it.read_all(FORM)
            window.press("Sonraki belge")
            it.read_all(UNDERTAKING)
            it.sign()
            it.read_signed()
            form = it.signed_files(code)[0]
            compare(output, form)
