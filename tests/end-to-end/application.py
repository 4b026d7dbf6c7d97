"""E-imzalı Başvuru as a person does it: two PDFs read page by page, one PIN, both signatures or none."""

import os
import pathlib
import re
import subprocess

from scenario import PIN, Scenario

FORM, UNDERTAKING = "Başvuru formu", "Sertifika sahibi taahhütnamesi"


class Application(Scenario):
    def open_application(self, **wishes):
        """Gets a code for an application, enters it, and waits for the pages of its first PDF."""
        code = self.browser.new_code("application", **wishes)
        self.enter_code(code)
        self.find_pages(FORM)
        return code

    def go_to_menu(self, name):
        """A button with a menu is two for AT-SPI; the inner one gets the focus."""
        window = self.window
        window.find(None, name)
        for _ in range(20):
            if any(window.is_focused(node) for _, its_name, node in window.walk() if its_name == name):
                return
            window.tab(1)
        raise AssertionError(f"no focus on {name}")

    def find_pages(self, label):
        return self.window.find(None, re.compile(f"^{label}, sayfa 1 / "))

    def read_all(self, label):
        """Goes through the pages with the keyboard, to the last; they have the focus by themselves."""
        window = self.window
        before = self.count_read()
        self.find_pages(label)
        window.wait(window.has_keyboard, "the keyboard")
        for _ in range(12):
            window.settle()
            if self.count_read() > before:
                return
            window.keys("Page_Down")
        window.wait(lambda: self.count_read() > before, f"{label} to be read")

    def count_read(self):
        """How many rows say that their document was read."""
        return sum(name == "Okundu" for _, name, _ in self.window.walk())

    def signed_files(self, code):
        """Writes what the portal took; returns the files."""
        folder = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        files = []
        for number, signed in enumerate(self.browser.signatures(code), 1):
            files.append(folder / f"signed-{number}.pdf")
            files[-1].write_bytes(signed)
        return files

    def refused(self, fault, code):
        """What cannot be signed is told where the code is typed; no certificate, no PIN."""
        self.enter_code(self.browser.new_code("application", fault=fault))
        self.window.read(code)
        assert self.window.seen("text", "PIN") is None
        assert self.window.can_press("İmzala") is None


def check_pdf(signed, document):
    assert signed.read_bytes().startswith(document)
    found = subprocess.run(["pdfsig", "-nocert", signed], capture_output=True, text=True,
                           check=True).stdout
    assert found.count("Signature Validation: Signature is Valid.") == 1, found
    assert "Total document signed" in found and "AYŞE DENEME" in found, found


def application(build, name):
    with Application(build, name) as it:
        window = it.window
        with it.step("the practice code of an application is chosen in a menu", "menu"):
            window.read("^AYŞE DENEME · ")
            window.wait(window.has_keyboard, "the keyboard")
            it.go_to_menu("Başka bir işlem için deneme kodu")
            window.keys("Return")
            window.read("^Sertifika başvurusu$")
        with it.step("its two PDFs are listed, and the first one is shown", "review"):
            window.settle()
            window.keys("Up", "Return")
            it.find_pages(FORM)
            window.read("^Sertifika başvurusu$")
            window.find("list item", re.compile("^" + UNDERTAKING))
        with it.step("not before each page was on the screen can it be signed", "first"):
            window.read(f"^{FORM}: Önce her sayfaya bakın$")
            assert not window.can_press("İmzala")
            it.read_all(FORM)
            assert not window.can_press("İmzala")
        with it.step("the other one comes next", "second"):
            window.press("Sonraki belge")
            it.read_all(UNDERTAKING)
            window.wait(lambda: window.can_press("İmzala"), "that it can be signed")
        with it.step("one PIN is asked for", "pin"):
            it.ask_pin()
            it.type_pin(PIN)
        with it.step("both are signed and delivered", "result"):
            window.keys("Return")
            it.read_signed()


def application_verified(build, name):
    with Application(build, name, ADW_DEBUG_COLOR_SCHEME="prefer-dark") as it:
        window = it.window
        with it.step("an application is read", "review"):
            code = it.open_application()
            it.read_all(FORM)
            window.press("Sonraki belge")
            it.read_all(UNDERTAKING)
        with it.step("and signed with one PIN", "result"):
            documents = [it.browser.document(code, number) for number in (1, 2)]
            it.sign()
            it.read_signed()
        with it.step("the portal has verified both signatures"):
            transaction = it.browser.transaction(code)
            assert transaction["state"] == "completed" and transaction["submissions"] == 1, transaction
            assert len(transaction["signatures"]) == 2
            window.read(f"^{transaction['receipt']}$")
        with it.step("pdfsig verifies them, over the documents that were shown"):
            files = it.signed_files(code)
            assert len(files) == 2
            for signed, document in zip(files, documents):
                check_pdf(signed, document)
        with it.step("the PIN is nowhere on the accessibility bus"):
            assert not window.says(PIN)


def application_warned(build, name):
    with Application(build, name) as it:
        window = it.window
        with it.step("the PDF without active content has no warning"):
            code = it.open_application(fault="pdf-active")
            assert not window.can_press("Okudum")
            it.read_all(FORM)
        with it.step("of the other one’s script a person is warned above its pages", "warning"):
            window.press("Sonraki belge")
            window.read("JavaScript betiği")
            window.read("^İmzalamadan önce okuyun$")
        with it.step("which has to be read before it is signed", "read"):
            window.read(f"^{UNDERTAKING}: Önce uyarıyı okuyun$")
            assert not window.can_press("İmzala")
            window.press("Okudum")
            window.read(f"^{UNDERTAKING}: Önce her sayfaya bakın$")
            it.read_all(UNDERTAKING)
            window.wait(lambda: window.can_press("İmzala"), "that it can be signed")
        with it.step("then it is", "result"):
            it.sign()
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"


def application_refused(build, name):
    with Application(build, name) as it:
        for fault, code in (("pdf-damaged", "PDF-02"), ("pdf-encrypted", "PDF-03"),
                            ("pdf-certified", "PDF-04"), ("digest", "PORTAL-15"),
                            ("oversize", "PORTAL-13"), ("huge-document", "PORTAL-13")):
            with it.step(f"{fault}: {code}, and no PIN is asked for", fault):
                it.refused(fault, code)
        with it.step("one of two signatures is refused: neither is taken, both can be saved", "one"):
            code = it.open_application(fault="one-refused")
            it.read_all(FORM)
            it.window.press("Sonraki belge")
            it.read_all(UNDERTAKING)
            it.sign()
            it.window.read("PORTAL-02")
            it.window.find("push button", "İmzalı dosyaları kaydet")
            assert it.browser.transaction(code)["signatures"] == []
