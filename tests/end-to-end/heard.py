"""The window by ear: Orca, the desktop's screen reader, says at the right moment what matters.

What it said in a scenario is kept in BUILD/transcripts."""

import re
import time

import accessible_tree
from my_pin import NEW_PIN, close, go_to, open_my_card
from scenario import PIN, WRONG_PIN, Scenario
from screen_reader import ScreenReader
from unblocking import NEW_PIN as UNBLOCKED_PIN
from unblocking import WORD, WRONG_WORD, Unblocking

# A character of a secret: by its name, or by itself (Orca 48).
BULLET = "siyah daire|●"
CHANGE = "PIN’i değiştir"

# Seconds in which what was announced goes on with the focus.
CARRIED = 1.2

PASSWORD_TEXT = 40
NONE = -1
VALID = 0

# What GTK calls its widgets, and no person does.
CLASS = re.compile(r"\b(Gtk|Adw|Eonay)[A-Z]\w+")


class Heard(Scenario):
    # Orca asks where things are; GTK 4.8 does not know, and says so.
    provoked = re.compile("Screen coordinates not supported")

    def _open(self, environment):
        self.reader = ScreenReader()
        super()._open(environment)

    def __exit__(self, kind, error, trace):
        said = "\n".join(self.reader.synthesizer.words)
        if kind is None:
            classes = CLASS.findall(said)
            self._tell(not classes, "no class of a widget was said", said)
            # One alone is that of Ctrl+3.
            digits = re.findall(r"^\d\n\d$", said, re.M)
            self._tell(not digits, "no digits were said as they were typed", said)
        folder = self.build / "transcripts"
        folder.mkdir(exist_ok=True)
        (folder / f"{self.name}.txt").write_text(said + "\n", encoding="utf-8")
        self.reader.stop()
        return super().__exit__(kind, error, trace)

    def type_unheard(self, name, secret, again=False, shown=False):
        """Types a secret where the focus has to be: of its digits none is said. @shown: the practice
        phone, in the same window, shows it for all to read.

        Not before the reader knows where that is, unless it was there @again without leaving: what
        is typed ahead of it, it takes for what had the focus before."""
        window, reader = self.window, self.reader
        entry = window.find("text", name)
        role = entry.ask(accessible_tree.ACCESSIBLE, "GetRole")
        assert role == PASSWORD_TEXT, role
        window.wait(lambda: window.is_focused(entry), f"the focus in {name}")
        window.wait(window.has_keyboard, "the keyboard")
        if not again:
            reader.hear(f"^{re.escape(name)} parola metni")
        reader.forget()
        if shown:
            window.keys(*secret)
        else:
            window.type_secret(secret)
        window.wait(lambda: len(window.text_of(entry)) == len(secret), f"{name} typed")
        reader.hear(BULLET)
        assert not reader.says(r"^\d$"), reader.spoken()

    def ask_pin_by_ear(self):
        self.reader.forget()
        self.window.press("İmzala")
        self.reader.hear("^PIN parola metni")
        self.reader.hear("Kalan deneme: ")


def read_by_ear(window, reader):
    window.wait(window.has_keyboard, "the keyboard")
    for keys, line in ((["ctrl+Home", "Down", "Down"], "KABUL EDİYORUM"),
                       (["ctrl+End", "Up"], "Oluşturma Tarihi")):
        reader.forget()
        window.keys(*keys)
        reader.hear(line)


def heard_main_job(build, name):
    with Heard(build, name) as it:
        window, reader = it.window, it.reader
        with it.step("the code's entry says what is to be typed there"):
            # What is announced of the card takes its place.
            window.read("^AYŞE DENEME · ")
            time.sleep(CARRIED)
            window.press_keys("Tab")
            reader.hear("^Kodu yapıştır düğme")
            reader.forget()
            window.keys("shift+Tab")
            reader.hear("^Doğrulama kodu metin")
            reader.hear("^Web sayfasındaki 15 haneli kodu")
        with it.step("the operation and the portal are said, and then the text"):
            reader.forget()
            it.enter_code(it.browser.new_code())
            window.find("text", "Sözleşme")
            reader.hear("^Sözleşme")
            assert reader.says(r"Elektronik onay \(E-Onay\) verme, Deneme portalı(.|\n)*^Sözleşme"), \
                reader.spoken()
        with it.step("the text is read line by line, to its end"):
            read_by_ear(window, reader)
        with it.step("the question before it is declined says what comes of it"):
            reader.forget()
            window.press("İmzalamaktan vazgeç")
            reader.hear("Portala bildirilir ve geri alınamaz")
            window.keys("Escape")
            reader.hear("^Sözleşme|^İmzalamaktan vazgeç düğme")
            window.go_to(window.find("text", "Sözleşme"))
        with it.step("the certificate is one stop, with its holder, provider and validity"):
            reader.forget()
            window.press_keys("Tab")
            reader.hear("AYŞE DENEME (denetim kutusu işaretli|seçili radyo düğmesi)")
            reader.hear("son geçerlilik")
        with it.step("the PIN's entry says whose PIN it is for, and how many tries are left"):
            it.ask_pin_by_ear()
            assert reader.says(r"AYŞE DENEME.*PKCS#15.*\. Kalan deneme: 3"), reader.spoken()
        with it.step("no digit of the PIN is said"):
            it.type_unheard("PIN", WRONG_PIN)
        with it.step("a wrong PIN is told, with the tries that are left"):
            reader.forget()
            window.keys("Return")
            reader.hear(r"PIN yanlış; kalan deneme: 2\. PIN-01")
        with it.step("the right one is not said either"):
            it.type_unheard("PIN", PIN, again=True)
        with it.step("the signature is told, and what to do next"):
            reader.forget()
            window.keys("Return")
            reader.hear("İmzalandı.*İmzanız alındı")
            reader.hear("Web sayfasına dönebilirsiniz")
            # What was said on the way there comes before, if at all.
            assert not reader.says("dönebilirsiniz.*gönderiliyor"), reader.spoken()
            it.read_signed()


def heard_last_try(build, name):
    with Heard(build, name) as it:
        window, reader = it.window, it.reader
        with it.step("the last try is told as such"):
            it.open_review()
            it.ask_pin_by_ear()
            it.type_unheard("PIN", WRONG_PIN)
            window.keys("Return")
            reader.hear("kalan deneme: 2")
            it.type_unheard("PIN", WRONG_PIN, again=True)
            reader.forget()
            window.keys("Return")
            reader.hear("Son deneme!")
        with it.step("and asked about before it is made"):
            it.type_unheard("PIN", PIN, again=True)
            reader.forget()
            window.keys("Return")
            window.wait(lambda: window.can_press("Eminim"), "the confirmation")
            reader.hear("emin misiniz")


def heard_pulled_card(build, name):
    with Heard(build, name) as it:
        reader = it.reader
        with it.step("a card that is pulled while the PIN is asked for is told, with its code"):
            it.open_review()
            it.ask_pin_by_ear()
            reader.forget()
            it.insert(NONE)
            reader.hear("KART-07")
        with it.step("what is copied for the helpdesk is said to be"):
            reader.forget()
            it.window.press("Kopyala: KART-07")
            reader.hear("Kopyalandı")
        with it.step("and one that is put in"):
            reader.forget()
            it.insert(VALID)
            reader.hear("AYŞE DENEME · ")


def heard_expiry(build, name):
    with Heard(build, name) as it:
        reader = it.reader
        with it.step("the last ten seconds are told, also while the PIN is asked for"):
            it.open_review(validity=35)
            it.ask_pin_by_ear()
            reader.hear("Kalan süre: (10|[1-9]) saniye")
        with it.step("and that time is up"):
            reader.hear("Süre doldu")


def open_change_by_ear(it, pin):
    window, reader = it.window, it.reader
    reader.forget()
    go_to(window, CHANGE)
    # What is pressed ahead of the reader, it takes for what had the focus before.
    reader.hear(f"^{CHANGE}")
    reader.forget()
    window.keys("Return")
    reader.hear("Kalan deneme: 3")
    it.type_unheard("Şimdiki PIN", pin)
    it.window.keys("Return")


def heard_change_pin(build, name):
    with Heard(build, name) as it:
        window, reader = it.window, it.reader
        with it.step("the present PIN's entry says how many tries are left, and no digit is said"):
            open_my_card(window)
            open_change_by_ear(it, PIN)
            it.type_unheard("Yeni PIN", NEW_PIN)
            window.keys("Return")
            it.type_unheard("Yeni PIN (yeniden)", NEW_PIN)
        with it.step("the end is told"):
            reader.forget()
            window.keys("Return")
            reader.hear("PIN değiştirildi")
            close(window)
        with it.step("a weak new PIN is told with the reason"):
            open_change_by_ear(it, NEW_PIN)
            it.type_unheard("Yeni PIN", "777777")
            window.keys("Return")
            reader.hear("baştan sona aynı karakter")


class HeardUnblocking(Unblocking, Heard):
    pass


def heard_unblock(build, name):
    with HeardUnblocking(build, name) as it:
        window, reader = it.window, it.reader
        with it.step("the security word is asked for by its name, and not said"):
            reader.forget()
            it.begin()
            it.type_unheard("Güvenlik sözcüğü", WRONG_WORD, shown=True)
        with it.step("a wrong one is told, with the tries that are left"):
            reader.forget()
            window.keys("Return")
            reader.hear("Güvenlik sözcüğü yanlış; kalan deneme: 2")
        with it.step("the right one brings an SMS, which is told with its number"):
            it.type_unheard("Güvenlik sözcüğü", WORD, again=True, shown=True)
            reader.forget()
            window.keys("Return")
            reader.hear("3216 numarasına")
        with it.step("the new PIN is asked for twice, and not said"):
            it.type_sms()
            it.type_unheard("Yeni PIN", UNBLOCKED_PIN)
            window.keys("Return")
            it.type_unheard("Yeni PIN (yeniden)", UNBLOCKED_PIN)
        with it.step("the end is told"):
            reader.forget()
            window.keys("Return")
            reader.hear("Kartın kilidi çözüldü")
