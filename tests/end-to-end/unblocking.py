"""Kilit Çözme through the portal: the straight way, and what may go wrong on it."""

import re

from my_pin import go_to
from scenario import Scenario

VALID, EXPIRED, BLOCKED, NONE = 0, 2, 3, -1
WORD, WRONG_WORD = "Defter42", "Kalem421"
NEW_PIN = "482916"


class Unblocking(Scenario):
    """A scenario with the blocked card in the reader; secrets of ours must not be in its log."""

    def __init__(self, build, name, **environment):
        super().__init__(build, name, **environment)
        self.code = None
        self.insert(BLOCKED)
        self.window.read("^AYŞE DENEME · ")

    def __exit__(self, kind, error, trace):
        log = self.window.errors()
        self._tell(WORD not in log and NEW_PIN not in log, "neither word nor PIN is in its log", log)
        return super().__exit__(kind, error, trace)

    def begin(self, **wishes):
        """Enters a code in the Sign view, which hands it over."""
        self.code = self.browser.new_code("unblock", security_word=WORD, **wishes)
        self.enter_code(self.code)

    def asked(self, name):
        """Waits until the entry @name is there, and returns it; whatever is typed goes there."""
        entry = self.window.find("text", name)
        self.window.wait(self.window.has_keyboard, "the keyboard")
        return entry

    def entries(self, name):
        return [node for role, its_name, node in self.window.walk()
                if role == "text" and its_name == name]

    def type(self, name, text):
        entry = self.asked(name)
        # The practice phone, in the same window, shows word and SMS code for all to read.
        if name.startswith("Yeni PIN"):
            self.window.type_secret(text)
        else:
            self.window.keys(*text)
        self.window.wait(lambda: len(self.window.text_of(entry)) == len(text), f"{name} typed")
        self.window.keys("Return")
        return entry

    def type_word(self, word=WORD):
        self.type("Güvenlik sözcüğü", word)

    def type_sms(self, code=None):
        self.asked("SMS kodu")
        self.type("SMS kodu", code or self.phone()["sms_code"])

    def type_new_pin(self):
        self.type("Yeni PIN", NEW_PIN)
        return self.type("Yeni PIN (yeniden)", NEW_PIN)

    def phone(self):
        """What the portal tells of the unblocking, and the phone has got."""
        return self.browser.transaction(self.code)["unblock"]

    def sent(self, count):
        self.window.wait(lambda: self.phone().get("sms_count") == count, f"SMS {count}")

    def outcome(self, expected):
        self.window.wait(lambda: self.phone().get("outcome") == expected, f"outcome {expected}")


def unblock_portal(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("a code for Kilit Çözme, entered to sign, opens its dialog", "word"):
            it.begin()
            it.asked("Güvenlik sözcüğü")
            window.read("^AYŞE DENEME · PKCS#15")
            window.read("^Kalan süre: 2[5-8][0-9] saniye$")
        with it.step("the right word brings an SMS, whose number is masked", "sms"):
            it.type_word()
            it.asked("SMS kodu")
            window.read("\\*\\*\\* 3216 numarasına")
        with it.step("the new PIN is made up before the portal gives the PUK", "pin"):
            it.type_sms()
            it.asked("Yeni PIN")
            assert not it.phone()["puk_given"], it.phone()
        with it.step("the card is unblocked, and the portal knows", "done"):
            it.type_new_pin()
            window.read("^Kartın kilidi çözüldü$")
            it.outcome("done")
            window.read("^Sonuç portala bildirildi\\.$")
        with it.step("the PUK is nowhere on the accessibility bus"):
            assert it.phone()["puk_given"]
            assert not window.says("12345678")
        with it.step("the new PIN signs", "signed"):
            window.keys("Return")
            window.wait(lambda: not window.says("^Kartın kilidi çözüldü$"), "the dialog to go")
            it.open_review()
            it.sign(NEW_PIN)
            it.read_signed()


def unblock_wrong_word(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("a wrong word is told with the tries left, and asked for again", "once"):
            it.begin()
            it.type_word(WRONG_WORD)
            window.read("Güvenlik sözcüğü yanlış; kalan deneme: 2")
            assert it.phone()["words_left"] == 2, it.phone()
        with it.step("the third one ends it at the portal, and the card was not touched", "thrice"):
            it.type_word(WRONG_WORD)
            window.read("Güvenlik sözcüğü yanlış; kalan deneme: 1")
            it.type_word(WRONG_WORD)
            window.read("^Kartın kilidi çözülmedi$")
            window.read("^PORTAL-20$")
            assert it.browser.transaction(it.code)["state"] == "failed"
            assert not it.phone()["puk_given"]


def unblock_wrong_sms(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("a wrong SMS code is told once it was sent", "wrong"):
            it.begin()
            it.type_word()
            it.asked("SMS kodu")
            it.type_sms("0000" if it.phone()["sms_code"] != "0000" else "1111")
            it.type_new_pin()
            window.read("SMS kodu yanlış; kalan deneme: 2")
        with it.step("the right one unblocks; the new PIN is not asked for again", "done"):
            it.type_sms()
            window.read("^Kartın kilidi çözüldü$")
            it.outcome("done")


def unblock_late_sms(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("an SMS that runs out is told, and the word asked for again", "late"):
            it.begin(sms_validity=6)
            it.type_word()
            # Its page may have come and gone before it is looked for.
            it.sent(1)
            window.read("SMS kodunun süresi doldu|SMS kodu geç|PORTAL-19")
            it.asked("Güvenlik sözcüğü")
        with it.step("another SMS is sent"):
            it.type_word()
            it.sent(2)


def unblock_swapped(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("pulled in the middle: it says so, and waits", "pulled"):
            it.begin()
            it.type_word()
            it.asked("SMS kodu")
            it.insert(NONE)
            window.read("^Kart okuyucuda kart yok\\.$")
        with it.step("another card in its place is told as another one", "swapped"):
            it.insert(VALID)
            window.read("^Okuyucudaki başka bir kart\\.")
        with it.step("the right card goes on where the person was, by itself", "done"):
            it.insert(BLOCKED)
            it.type_sms()
            it.type_new_pin()
            window.read("^Kartın kilidi çözüldü$")
            it.outcome("done")


def unblock_pulled(build, name):
    with Unblocking(build, name, EONAY_PRACTICE_CARD_DELAY="500") as it:
        window = it.window
        with it.step("pulled while the card is at work: what is known is said plainly", "pulled"):
            it.begin()
            it.type_word()
            it.type_sms()
            entry = it.type_new_pin()
            # Nothing is searched for now: the card would be done by then.
            window.wait(lambda: window.text_of(entry) == "", "the new PIN to be taken")
            it.insert(NONE)
            window.read("^KART-0[67]$|^KILIT-03$")
        with it.step("with the card back, the same code still unblocks, or the portal knows"):
            if window.says("^KILIT-03$"):
                it.outcome("unknown")
                window.press("Kartım’ı aç")
                it.insert(BLOCKED)
                window.read("^PIN: ")
                return
            it.insert(BLOCKED)
            if window.read("^Her şey girildi$|^Yeni PIN nasıl olmalı:$").group().startswith("Her"):
                window.press("Kilidi çöz")
            else:
                it.type_new_pin()
            window.read("^Kartın kilidi çözüldü$")
            it.outcome("done")


def unblock_cut(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("the network cut after the PUK was used: the card is unblocked, plainly",
                     "cut"):
            it.begin(fault="report-cut")
            it.type_word()
            it.type_sms()
            it.type_new_pin()
            window.read("^Kartın kilidi çözüldü$")
        with it.step("the portal is told again until it answers", "told"):
            window.read("^Sonuç portala bildirildi\\.$")
            it.outcome("done")


def unblock_given_up(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("from the security word on Escape asks first", "asked"):
            it.begin()
            it.asked("Güvenlik sözcüğü")
            window.keys("Escape")
            window.read("^Kilit çözmeden vazgeçilsin mi\\?$")
        with it.step("and Return stays"):
            stays(it, "Güvenlik sözcüğü")
        with it.step("so does what asks the program over the bus to quit"):
            window.activate("quit")
            stays(it, "Güvenlik sözcüğü")
        with it.step("and with an SMS on its way"):
            it.type_word()
            it.asked("SMS kodu")
            window.keys("Escape")
            stays(it, "SMS kodu")
            assert it.browser.transaction(it.code)["state"] == "waiting"
        with it.step("given up, the portal is told"):
            window.keys("Escape")
            window.read_question("^Kilit çözmeden vazgeçilsin mi", "Vazgeç").press()
            it.outcome("cancelled")


def stays(it, name):
    it.window.read("^Kilit çözmeden vazgeçilsin mi\\?$")
    it.window.wait(it.window.has_keyboard, "the keyboard")
    it.window.keys("Return")
    it.asked(name)


def unblock_other_code(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("a code for signing, entered to unblock, goes to the Sign view", "signing"):
            window.press_keys("ctrl+3")
            window.read("^PIN: Kilitli$")
            go_to(window, "Portaldan kodla")
            window.keys("Return")
            window.read("Kilit Çözme için")
            # That of the view behind it is hidden.
            entry, = window.wait(lambda: it.entries("Doğrulama kodu"), "the dialog's entry")
            it.code = it.browser.new_code("e-onay")
            entry.enter(it.code)
            window.read("^İşlem: " + it.browser.transaction(it.code)["transaction"])
        with it.step("another one has no place while that is read, and it says so", "refused"):
            window.press_keys("ctrl+3")
            window.read("^PIN: Kilitli$")
            go_to(window, "Portaldan kodla")
            window.keys("Return")
            entry, = window.wait(lambda: it.entries("Doğrulama kodu"), "the dialog's entry")
            other = it.browser.new_code("e-onay")
            entry.enter(other)
            window.read("^KOD-09$")
        with it.step("the portal is told nothing, of neither"):
            window.press_keys("Escape")
            window.wait(lambda: not it.entries("Doğrulama kodu"), "the dialog to go")
            assert it.browser.transaction(it.code)["state"] == "waiting"
            assert it.browser.transaction(other)["state"] == "waiting"


def unblock_from_my_card(build, name):
    with Unblocking(build, name) as it:
        window = it.window
        with it.step("My Card of a blocked card offers the portal's way", "my-card"):
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("ctrl+3")
            window.read("^PIN: Kilitli$")
            go_to(window, "Portaldan kodla")
        with it.step("Enter opens its dialog, which asks for a code", "code"):
            window.keys("Return")
            window.wait(lambda: len(it.entries("Doğrulama kodu")) > 0, "the dialog's entry")
            window.read("Kilit Çözme için")
        with it.step("the code leads to the card that is in", "word"):
            it.code = it.browser.new_code("unblock", security_word=WORD)
            it.entries("Doğrulama kodu")[0].enter(it.code)
            it.asked("Güvenlik sözcüğü")
        with it.step("and the card is unblocked", "done"):
            it.type_word()
            it.type_sms()
            it.type_new_pin()
            window.read("^Kartın kilidi çözüldü$")
            it.outcome("done")
        with it.step("back in My Card, the PIN is open", "open"):
            window.keys("Return")
            window.read("^PIN: Kalan deneme: 3 / 3$")
