"""My Card, as a screen reader has it read: every practice card, its details, and the way back."""

import re

from outside import CardScenario
from scenario import Scenario

NONE = -1
VALID, EC, EXPIRED, BLOCKED, TWO = range(5)


def my_card(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the keyboard leads to My Card, which tells of card, PIN and days", "valid"):
            window.read("AYŞE DENEME · PKCS#15")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("ctrl+3")
            window.read("^PIN: Kalan deneme: 3 / 3$")
            window.read("^PUK: Kalan deneme: 3 / 3$")
            window.read("tarihine kadar geçerli · [0-9]+ gün kaldı")
            window.read("^Nitelikli$")
        with it.step("a blocked card says so", "blocked"):
            it.insert(BLOCKED)
            window.read("^PIN: Kilitli$")
            window.read("^PIN kilitli$")
        with it.step("an expired certificate says so, and what to do", "expired"):
            it.insert(EXPIRED)
            window.read("tarihinde süresi doldu$")
            window.read("^Bu sertifikayla artık imza atılamaz")
            window.gone("list item", "PIN: Kilitli")
        with it.step("several certificates are told apart by their keys", "two"):
            it.insert(TWO)
            window.read("DENEME ESHS A.Ş. · RSA-2048")
            window.read("DENEME ESHS A.Ş. · P-384")
            window.read("^Nitelikli değil$")
        with it.step("without a card it says what to do", "none"):
            it.insert(NONE)
            window.gone("list item", re.compile("^PIN: "))
            window.read("^PIN’i, sertifikaları ve kalan günleri burada gösterilir")
        with it.step("and the next card is there at once", "ec"):
            it.insert(EC)
            window.read("^PIN: Kalan deneme: 3 / 3$")


class ListedScenario(CardScenario):
    """A card that does not tell how it signs, nor how it is unblocked, and no module for it."""

    kind = "list-only"


def listed_card(build, name):
    with ListedScenario(build, name) as it:
        window = it.window
        with it.step("My Card invents no PUK, and offers no unblocking", "my-card"):
            window.read("AYŞE DENEME")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("ctrl+3")
            window.read("^PUK: Bilinmiyor: PIN kilidinin bununla nasıl çözüldüğü bilinmiyor$")
            window.read("Modül gerekli")
            window.read("^PIN’i değiştir$")
            assert not window.says("^PIN kilidini çöz$")
        with it.step("the chooser says so before anything is typed", "chooser"):
            window.keys("ctrl+1")
            it.open_review()
            window.read("Sürücü modülü gerekli")
            window.find("push button", "İmzala")
            assert not window.can_press("İmzala")


def certificate_details(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("Enter on a certificate opens all that it says", "details"):
            window.read("AYŞE DENEME · PKCS#15")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("ctrl+3")
            row = window.find("list item", "AYŞE DENEME")
            for _ in range(30):
                if window.is_focused(row):
                    break
                window.keys("Tab")
                window.settle()
            window.wait(lambda: window.is_focused(row), "the focus on the certificate")
            window.keys("Return")
            window.read("Zincir, bu bilgisayarda güvenilen bir kökte bitiyor")
            window.read("^Nitelikli elektronik sertifika$")
            window.read("5070 sayılı Kanun’a göre nitelikli")
        with it.step("the T.C. Kimlik No is masked until it is asked for", "revealed"):
            window.read("10[*]{7}46")
            assert not window.says("10000000146")
            window.press("T.C. Kimlik No’yu göster")
            window.read("^10000000146$")
        with it.step("Escape closes it"):
            window.keys("Escape")
            window.gone("label", "10000000146")


def card_while_signing(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the card can be looked at while the text waits, and the clock runs", "card"):
            it.open_review()
            window.wait(lambda: window.can_press("İmzala"), "İmzala to be sensitive")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("alt+3")
            window.read("^PIN: Kalan deneme: 3 / 3$")
            window.read("^Kalan süre: [0-9]+ saniye$")
            window.wait(lambda: not window.can_press("İmzala"), "İmzala to wait")
        with it.step("and it is signed as if nothing had been", "result"):
            window.keys("alt+1")
            it.sign()
            it.read_signed()
