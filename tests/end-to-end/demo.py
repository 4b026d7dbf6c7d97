"""Drives the window through the main job for tools/demo. Usage: demo.py BUILD_ROOT DIR"""

import json
import os
import pathlib
import shutil
import sys

from desktop import Desktop
from scenario import ASKING

PIN = "123456"

# What a command takes on a real card, so that there is a progress to see.
CARD_DELAY = "500"


def main_job(build, folder):
    from browser import Browser
    from window_driver import Window

    command = [build / "src" / "eonay", "--practice"]
    with Window(command, EONAY_PRACTICE_CARD_DELAY=CARD_DELAY) as window:
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


def whole_code(window, entry):
    digits = "".join(character for character in window.text_of(entry) if character.isdigit())
    return digits if len(digits) == 15 else None


def main():
    build, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(LC_ALL="tr_TR.UTF-8", LOCPATH=str(build / "tests" / "unit"),
                      TZ="Europe/Istanbul")
    with Desktop():
        main_job(build, folder)


main()
