"""What others on the buses hear of a secret while it is typed, shown, edited, pasted and refused."""

import pathlib
import subprocess
import sys

from accessible_tree import TEXT
from flows import NEW_PIN, BlockedCard
from scenario import PIN, WRONG_PIN, Scenario
from window_driver import PEEK

BULLET = "●"
WORD = "QZWXVJKY"
PUK = "5081726394"
OTHER = "555555"  # no secret: what an on-screen keyboard puts in by way of the bus


# AtspiTextGranularity and AtspiTextBoundaryType
CHARACTER, WORD_START, LINE_START = 0, 1, 5
BY_CHARACTER, BY_WORD, BY_LINE = 0, 1, 3


def ask_all(node):
    """Every answer of the accessibility bus that could carry a character of an entry."""
    count = node.count_characters()
    yield node.ask(TEXT, "GetText", "ii", 0, count)
    yield node.ask(TEXT, "GetText", "ii", 0, -1)
    for place in range(count):
        yield node.ask(TEXT, "GetText", "ii", place, place + 1)
        yield chr(node.ask(TEXT, "GetCharacterAtOffset", "i", place))
        for granularity in (BY_CHARACTER, BY_WORD, BY_LINE):
            yield node.ask(TEXT, "GetStringAtOffset", "iu", place, granularity)
        for boundary in (CHARACTER, WORD_START, LINE_START):
            for ask in ("GetTextAtOffset", "GetTextBeforeOffset", "GetTextAfterOffset"):
                yield node.ask(TEXT, ask, "iu", place, boundary)


def bullets_only(node, count):
    """Whether all that the entry tells is how many characters there are."""
    assert node.count_characters() == count
    told = list(ask_all(node))
    assert told[0] == BULLET * count, told[0]
    assert set("".join(told)) <= {BULLET}, told


class Listener:
    """Hears of every change in every text, as screen readers do."""

    def __init__(self, window, entry):
        self.window = window
        self.follow(entry)
        self.public = set()
        self.heard = []
        self.subscription = window.tree.listen(self.on_event)

    def follow(self, entry):
        """Has hears() wait for changes in @entry, and in the one before no more."""
        self.path = entry.path

    def open_review(self, it):
        """Opens a review, whose texts are no secrets: the code, and what is to be signed."""
        before = self.window.find("text", "Doğrulama kodu")
        it.open_review()
        shown = [node for role, _, node in self.window.walk()
                 if role == "text" and "İşlem: " in self.window.text_of(node)]
        self.public |= {before.path, *(node.path for node in shown)}

    def on_event(self, path, event, kind, start, count, text):
        if event == "TextChanged":
            self.heard.append((path, kind, count, text))
            self.window.changed = True

    def hears(self, *expected):
        """Waits until @expected are the entry's last changes: (kind, how many characters)."""
        def question():
            changes = [(kind, count) for path, kind, count, _ in self.heard if path == self.path]
            return changes[-len(expected):] == list(expected)
        self.window.wait(question, f"{expected} of {self.heard}")

    def close(self):
        self.window.bus.signal_unsubscribe(self.subscription)


class Copied:
    """Another program has @text on both clipboards."""

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        self.owner = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("clipboard_owner.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.owner.stdin.write(self.text)
        self.owner.stdin.close()
        assert self.owner.stdout.readline() == "owned\n"
        return self

    def __exit__(self, *ignored):
        self.owner.terminate()
        self.owner.wait(10)
        self.owner.stdout.close()


def press_peek(window, name):
    """Presses the button beside the entry of that name, which shows or hides what is typed."""
    window.beside(name, PEEK).press()
    window.settle()


def edits(window, entry, count, *keys):
    window.keys(*keys)
    window.wait(lambda: len(window.text_of(entry)) == count, f"{keys}")


def listening_pin(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("what is typed is told as that many bullets", "hidden"):
            it.open_review()
            entry = it.ask_pin()
            listener = Listener(window, entry)
            it.type_pin("92345", entry)
            listener.hears(*[("insert", 1)] * 5)
            bullets_only(entry, 5)
        with it.step("while it is shown, too", "shown"):
            press_peek(window, "PIN")
            bullets_only(entry, 5)
        with it.step("each key does to the characters what it does to the bullets", "edited"):
            edits(window, entry, 4, "Home", "Delete")
            edits(window, entry, 5, "1")
            edits(window, entry, 6, "End", "7")
            edits(window, entry, 5, "BackSpace")
            edits(window, entry, 3, "shift+Left", "shift+Left", "Delete")
            edits(window, entry, 5, "4", "9")
            edits(window, entry, 6, "5", "Left", "Left", "Insert", "5", "6", "Insert")
            edits(window, entry, 6, "Home", "shift+Right", "1")
            bullets_only(entry, 6)
            window.secrets.add(PIN)
        with it.step("hidden again, and nothing can be copied or undone"):
            press_peek(window, "PIN")
            window.keys("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+z", "End")
            bullets_only(entry, 6)
        with it.step("it was the PIN, character by character", "signed"):
            window.keys("Return")
            it.read_signed()
        with it.step("a wrong one is refused, and goes without a word", "refused"):
            it.start_again()
            listener.open_review(it)
            entry = it.ask_pin()
            listener.follow(entry)
            it.type_pin(WRONG_PIN, entry)
            window.keys("Return")
            window.read("PIN yanlış; kalan deneme: 2")
            listener.hears(("delete", len(WRONG_PIN)))
        with it.step("what another program puts in by way of the bus is taken"):
            entry.enter(OTHER)
            listener.hears(("insert", len(OTHER)))
            bullets_only(entry, len(OTHER))
        with it.step("but bullets are not taken for a PIN"):
            entry.enter(BULLET * 6)
            entry.enter("")
            bullets_only(entry, 0)
        with it.step("a PIN is pasted from the clipboard, up to the end of its line", "pasted"):
            with Copied(f"{PIN}\n"):
                edits(window, entry, 6, "ctrl+v")
                bullets_only(entry, 6)
            window.keys("Return")
            it.read_signed()
        with it.step("nothing but bullets was heard"):
            heard = "".join(text for path, _, _, text in listener.heard
                            if path not in listener.public)
            listener.close()
            assert heard and set(heard) <= {BULLET}, heard


def listening_portal(build, name):
    with BlockedCard(build, name) as it:
        window = it.window
        with it.step("the security word, hidden and shown", "word"):
            it.code = it.browser.new_code("unblock", puk=PUK, security_word=WORD)
            it.enter_code(it.code)
            it.type_into("Güvenlik sözcüğü", WORD)
            entry = window.find("text", "Güvenlik sözcüğü")
            bullets_only(entry, len(WORD))
            press_peek(window, "Güvenlik sözcüğü")
            bullets_only(entry, len(WORD))
        with it.step("the SMS code, pasted in two groups", "sms"):
            window.keys("Return")
            window.read("numarasına bir kod gönderdi")
            sms = it.read_sms(it.code)
            entry = window.find("text", "SMS kodu")
            window.wait(window.has_keyboard, "the keyboard")
            window.secrets.add(sms)
            with Copied(f"{sms[:3]} {sms[3:]}"):
                edits(window, entry, len(sms), "ctrl+v")
            bullets_only(entry, len(sms))
            press_peek(window, "SMS kodu")
            bullets_only(entry, len(sms))
        with it.step("both new PINs, hidden and shown", "pin"):
            window.keys("Return")
            it.make_up_pin(NEW_PIN)
            for name in ("Yeni PIN", "Yeni PIN (yeniden)"):
                entry = window.find("text", name)
                bullets_only(entry, len(NEW_PIN))
                press_peek(window, name)
                bullets_only(entry, len(NEW_PIN))
        with it.step("the card is unblocked with them", "result"):
            window.keys("Return")
            window.read("^Kartın kilidi çözüldü$")
        window.secrets.add(PUK)
