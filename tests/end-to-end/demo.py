"""Drives the window through the main job for tools/demo. Usage: demo.py BUILD_ROOT DIR"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import sample_pdf
from desktop import Desktop
from scenario import ASKING

PIN = "123456"

# What a command takes on a real card, so that there is a progress to see.
CARD_DELAY = "500"


def main_job(command, folder, program=None):
    """@program: what already runs @command, see Window"""
    from browser import Browser
    from window_driver import Window

    with Window(command, program=program, EONAY_PRACTICE_CARD_DELAY=CARD_DELAY) as window:
        browser = Browser(window.output_line())
        shutil.copy(browser.signer_ca_file, folder / "practice-ca.pem")
        window.read("^AYŞE DENEME · ")
        entry = window.find("text", "Doğrulama kodu")
        window.settle()
        window.picture(folder / "01-code.png")

        print("Deneme kodu al")
        window.press("Deneme kodu al")
        # The page goes on by itself and blanks the entry: the code has to be caught in one look.
        code = window.wait(lambda: whole_code(window, entry), "the code")

        transaction = browser.transaction(code)["transaction"]
        window.read(f"^İşlem: {transaction}$")
        (folder / "document-1.txt").write_bytes(browser.document(code))
        window.wait(lambda: window.can_press("İmzala"), "İmzala")
        window.settle()
        window.picture(folder / "02-review.png")

        print("İmzala")
        window.press("İmzala")
        pin = window.find("text", "PIN")
        window.wait(window.has_keyboard, "the keyboard")
        window.keys(*PIN)
        window.wait(lambda: len(window.text_of(pin)) == len(PIN), "the PIN")
        # Until the card has told how many tries are left, Return does nothing.
        window.wait(lambda: not window.says(ASKING), "the tries left")
        window.picture(folder / "03-pin.png")
        window.keys("Return")
        window.read("Kart imzalıyor|İmza gönderiliyor")
        window.picture(folder / "04-progress.png")
        if window.says("^İmzalandı$"):
            print("04-progress.png: the card was faster than the picture")
            (folder / "04-progress.png").unlink()

        window.read("^İmzalandı$")
        window.settle()
        window.picture(folder / "05-result.png")
        print("İmzalandı")
        my_card(window, folder)
        own_pdf(window, command, folder)

        (folder / "signature-1.p7m").write_bytes(browser.signature(code))
        received = browser.transaction(code)
        text = json.dumps(received, ensure_ascii=False, indent=2)
        (folder / "transaction.json").write_text(text + "\n", encoding="utf-8")


def my_card(window, folder):
    print("Kartım")
    window.wait(window.has_keyboard, "the keyboard")
    window.keys("ctrl+3")
    window.read("^PIN: Kalan deneme: 3 / 3$")
    window.read("tarihine kadar geçerli · [0-9]+ gün kaldı")
    window.settle()
    window.picture(folder / "06-my-card.png")


AGREEMENT = """KİRA SÖZLEŞMESİ

Kiraya veren: Mehmet Deneme
Kiracı: Ayşe Deneme
Taşınmaz: Deneme Mahallesi, Örnek Sokak 1, Ankara
Kira süresi: 1 yıl, 1 Aralık 2026 tarihinden başlayarak
Aylık kira bedeli: 20.000 TL

Bu sayfa yalnızca denemek içindir."""


def own_pdf(window, command, folder):
    print("Dosyalar")
    plain, path = folder / "plain.pdf", folder / "kira.pdf"
    (folder / "kira-imzalı.pdf").unlink(missing_ok=True)
    plain.write_bytes(sample_pdf.make(AGREEMENT))
    # With its fonts in it, as a document that is to be signed has them.
    subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/prepress",
                    f"-sOutputFile={path}", plain], check=True)
    plain.unlink()
    # While the result stands in the first view, files only wait in theirs.
    window.keys("ctrl+1")
    window.press("Yeni kod")
    window.find("push button", "Deneme kodu al")
    subprocess.run([*command, path], check=True, timeout=60)
    window.read("^kira.pdf$")
    window.wait(lambda: window.can_press("İmzala"), "İmzala")
    window.settle()
    window.picture(folder / "07-files.png")

    print("İmzala")
    window.press("İmzala")
    window.wait(lambda: window.seen("text", "PIN") or window.can_press("Bakmadan imzala"), "the PIN or a question")
    if window.can_press("Bakmadan imzala"):
        window.press("Bakmadan imzala")
    window.find("text", "PIN")
    window.wait(window.has_keyboard, "the keyboard")
    window.keys(*PIN)
    window.wait(lambda: not window.says(ASKING), "the tries left")
    window.keys("Return")
    window.wait(lambda: window.can_press("Tamam"), "the result")
    window.settle()
    window.picture(folder / "08-signed-files.png")
    judged = subprocess.run(["pdfsig", "-nocert", folder / "kira-imzalı.pdf"], check=True, capture_output=True,
                            text=True).stdout
    assert "Signature is Valid." in judged and "Total document signed" in judged, judged
    print("kira-imzalı.pdf: pdfsig says that the signature is valid, and the whole document signed")


def whole_code(window, entry):
    digits = "".join(character for character in window.text_of(entry) if character.isdigit())
    return digits if len(digits) == 15 else None


def main():
    build, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(LC_ALL="tr_TR.UTF-8", LOCPATH=str(build / "tests" / "unit"),
                      TZ="Europe/Istanbul", EONAY_PDF_RENDERER=str(build / "src" / "app" / "eonay-pdf-renderer"))
    with Desktop():
        main_job([build / "src" / "eonay", "--practice"], folder)


if __name__ == "__main__":
    main()
