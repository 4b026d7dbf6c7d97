"""The History: what was signed is found again, saved and cleared."""

import os
import pathlib
import re

from scenario import PIN, WRONG_PIN, Scenario

DELIVERED = "^İmzalandı ve teslim edildi$"


def open_menu_item(window, steps):
    """Opens the menu of the History and takes the item that is @steps down."""
    window.wait(window.has_keyboard, "the keyboard")
    window.keys("F10")
    window.read("Tablo olarak kaydet")
    window.settle()
    window.keys(*["Down"] * steps, "Return")


def save_as(window, steps, path, ending):
    """Takes an item that asks for a file, and answers @path; it is whole with @ending."""
    open_menu_item(window, steps)
    window.find("push button", re.compile("Kaydet$"))
    window.settle()
    window.wait(window.has_keyboard, "the keyboard")
    window.keys("ctrl+a")
    window.keys("BackSpace")
    window.write(str(path))
    window.keys("Return")
    window.wait(lambda: path.exists() and path.read_bytes().endswith(ending),
                f"{path.name} to be saved")


def history(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("before anything is signed the history says so", "empty"):
            window.press_keys("ctrl+h")
            window.read("^Geçmiş boş$")
            window.read("^DENEME MODU · e-Onay kapanınca")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("Escape")
            window.wait(lambda: not window.says("^DENEME MODU · e-Onay kapanınca"), "its end")
        with it.step("a wrong PIN and a right one leave one entry", "list"):
            code = it.open_review()
            it.sign(WRONG_PIN)
            window.read("kalan deneme: 2")
            it.type_pin(PIN)
            window.keys("Return")
            it.read_signed()
            window.press_keys("ctrl+h")
            window.read("^Bugün$")
            window.read(DELIVERED)
            rows = [words for role, words, _ in window.walk()
                    if role == "label" and words == "İmzalandı ve teslim edildi"]
            assert len(rows) == 1, rows
            assert not window.says("^İmza oluşmadı")
        with it.step("the entry opens with the receipt and the digest", "details"):
            transaction = it.browser.transaction(code)
            window.wait(window.has_keyboard, "the keyboard")
            window.settle()
            window.keys("Down", "Return")
            window.find("push button", "Listeye dön")
            window.read(f"^{transaction['receipt']}$")
            window.find("push button", "Kopyala: Alındı numarası")
            assert not window.says(PIN) and not window.says(code)
            window.keys("Escape")
            window.gone("push button", "Listeye dön")
        with it.step("it is saved as a table", "saved"):
            path = pathlib.Path(os.environ["HOME"]) / "gecmis.csv"
            save_as(window, 0, path, b"\r\n")
            table = path.read_bytes().decode("utf-8-sig")
            assert table.startswith('"İmzalama tarihi";"İşlem";"Portal"'), table
            assert table.count("\r\n") == 2 and transaction["receipt"] in table, table
        with it.step("and as PDF"):
            path = pathlib.Path(os.environ["HOME"]) / "gecmis.pdf"
            save_as(window, 1, path, b"%%EOF\n")
            assert path.read_bytes().startswith(b"%PDF-")
        with it.step("turned off, it asks whether to clear; kept, it says that it is off", "off"):
            open_menu_item(window, 3)
            window.press(re.compile("Kalsın"))
            window.read("^Geçmiş kapalı: yeni imzalar")
            window.read(DELIVERED)
            window.press("Aç")
            window.wait(lambda: not window.says("^Geçmiş kapalı: yeni"), "the history to be on")
        with it.step("cleared after a question, nothing is left", "cleared"):
            open_menu_item(window, 4)
            window.read("^Geçmiş silinsin mi")
            window.press(re.compile("^Sil"))
            window.wait(lambda: not window.says("^Sözleşme · "), "an empty list")

