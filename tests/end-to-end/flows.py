"""PIN change and both ways of unblocking as a person does them, by keyboard; what each leaves."""

import re

from pin_leaks import PIN, PUK, WRONG_PIN, CardPinLeaks, TokenPinLeaks, check_pin_leaks, none

NEW_PIN = "594716283054"
LAST_PIN = "837164920518"
WORD = "QZWXVJKY"
WRONG_WORD = "YKJVXWZQ"


class Flows:
    """What a person does in My Card and its dialogs."""

    def take_size(self, width, height):
        self.window.wait(self.window.has_keyboard, "the keyboard")
        self.window.resize("e-Onay", width, height)

    def show_card(self):
        self.window.wait(self.window.has_keyboard, "the keyboard")
        self.window.keys("alt+3")
        self.window.read("^PIN: ")

    def choose_row(self, name):
        """Goes to a row with the keyboard and activates it."""
        window = self.window
        row = window.find("list item", re.compile("^" + name))
        window.wait(window.has_keyboard, "the keyboard")
        for _ in range(30):
            if window.is_focused(row):
                break
            window.keys("Tab")
            window.settle()
        window.wait(lambda: window.is_focused(row), f"the focus on {name}")
        window.keys("Return")

    def confirm_last_try(self):
        self.window.read("PIN’inizden emin misiniz")
        self.window.press("Eminim")

    def type_into(self, name, text):
        """Types into the entry of that name, which has the focus by itself."""
        window = self.window
        entry = window.find("text", name)
        window.wait(lambda: window.is_sensitive(entry), f"{name} to be typed into")
        window.wait(window.has_keyboard, "the keyboard")
        window.wait(lambda: window.text_of(entry) == "", f"{name} to be empty")
        window.type_secret(text)
        window.wait(lambda: len(window.text_of(entry)) == len(text), f"{name} typed")

    def make_up_pin(self, pin):
        self.type_into("Yeni PIN", pin)
        self.window.keys("Return")
        self.type_into("Yeni PIN (yeniden)", pin)


class BlockedCard(Flows, CardPinLeaks):
    kind = "blocked"

    def read_sms(self, code):
        """The code on the phone; if by chance its six digits are in memory already, the next."""
        count = self.browser.transaction(code)["unblock"]["sms_count"]
        while True:
            sms = self.browser.transaction(code)["unblock"]["sms_code"]
            if not self.search(sms=sms).memory(self.window.program.pid):
                return sms
            self.window.press("SMS gelmedi")
            self.type_into("Güvenlik sözcüğü", WORD)
            self.window.keys("Return")
            count += 1
            self.window.wait(
                lambda: self.browser.transaction(code)["unblock"]["sms_count"] == count, "an SMS")


def pin_leaks_portal(build, name):
    with BlockedCard(build, name, ADW_DEBUG_COLOR_SCHEME="prefer-dark") as it:
        window = it.window
        it.take_size(1366, 768)
        with it.step("the code for unblocking asks for the security word", "word"):
            code = it.browser.new_code("unblock", puk=PUK, security_word=WORD)
            it.enter_code(code)
            it.type_into("Güvenlik sözcüğü", WRONG_WORD)
        with it.step("a wrong one is told, with the tries left", "wrong-word"):
            window.keys("Return")
            window.read("Güvenlik sözcüğü yanlış")
        with it.step("the right one brings an SMS", "sms"):
            it.type_into("Güvenlik sözcüğü", WORD)
            window.keys("Return")
            window.read("numarasına bir kod gönderdi")
            sms = it.read_sms(code)
            it.type_into("SMS kodu", sms)
        with it.step("the new PIN is made up before the PUK is asked for", "pin"):
            window.keys("Return")
            it.make_up_pin(NEW_PIN)
            assert not it.browser.transaction(code)["unblock"]["puk_given"]
        with it.step("the card is unblocked, and the portal knows", "result"):
            window.keys("Return")
            window.read("^Kartın kilidi çözüldü$")
            window.read("Sonuç portala bildirildi")
            assert it.browser.transaction(code)["state"] == "completed"
        check_pin_leaks(it, word=WORD, wrong_word=WRONG_WORD, sms=sms, pin=NEW_PIN, puk=PUK)


class Card(Flows, CardPinLeaks):
    pass


class Token(Flows, TokenPinLeaks):
    pass


def change(it, old, new):
    it.choose_row("PIN(’i)? [Dd]eğiştir")
    it.type_into("Şimdiki PIN", old)
    it.window.keys("Return")
    it.make_up_pin(new)


def change_block_and_unblock(it):
    """Three flows in a row, and after each what is left of it while the window runs on."""
    window = it.window
    search = it.search(pin=PIN, new=NEW_PIN, wrong=WRONG_PIN, puk=PUK, last=LAST_PIN)
    with it.step("the PIN is changed", "change"):
        it.show_card()
        change(it, PIN, NEW_PIN)
        window.keys("Return")
        window.read("^PIN değiştirildi")
    with it.step("which leaves nothing of the old and the new one"):
        none(it.left(search))
    with it.step("two wrong ones are told where they were typed", "wrong"):
        window.keys("Return")
        change(it, WRONG_PIN, LAST_PIN)
        window.keys("Return")
        window.read("^PIN yanlış")
        it.type_into("Şimdiki PIN", WRONG_PIN)
        window.keys("Return")
        it.make_up_pin(LAST_PIN)
        window.keys("Return")
        window.read("^Son deneme! Yanlış PIN kartı kilitler\\.$")
    with it.step("the third has to be confirmed, and blocks the card", "blocked"):
        it.type_into("Şimdiki PIN", WRONG_PIN)
        window.keys("Return")
        it.make_up_pin(LAST_PIN)
        window.keys("Return")
        it.confirm_last_try()
        window.read("PIN kilit")
    with it.step("which leaves nothing of the wrong ones"):
        none(it.left(search))
    with it.step("the PUK unblocks it", "unblocked"):
        window.press("PUK ile kilidi çöz")
        it.type_into("PUK", PUK)
        window.keys("Return")
        it.make_up_pin(LAST_PIN)
        window.keys("Return")
        window.read("^Kilit çözüldü, yeni PIN geçerli")
    check_pin_leaks(it, pin=PIN, new=NEW_PIN, wrong=WRONG_PIN, puk=PUK, last=LAST_PIN)


def pin_leaks_card(build, name):
    with Card(build, name) as it:
        it.take_size(360, 640)
        change_block_and_unblock(it)


def pin_leaks_token(build, name):
    with Token(build, name, EONAY_SHIM="lock") as it:
        it.window.read("AYŞE DENEME")
        change_block_and_unblock(it)
