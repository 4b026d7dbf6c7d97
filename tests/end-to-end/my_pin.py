"""A PIN is changed, and a blocked card unblocked with its PUK, as a screen reader would do it."""

from scenario import PIN, WRONG_PIN, Scenario

BLOCKED = 3
PUK = "12345678"
WRONG_PUK = "87654321"
NEW_PIN = "864209"
BIRTH_PIECE = "100000"  # of the T.C. Kimlik No in the practice certificates


def go_to(window, name):
    """Moves the focus to the row of that name, with the keyboard."""
    window.go_to(window.find("list item", name))


def open_my_card(window):
    window.read("^AYŞE DENEME · ")
    window.wait(window.has_keyboard, "the keyboard")
    window.keys("ctrl+3")


def open_change(window):
    go_to(window, "PIN’i değiştir")
    window.keys("Return")
    window.find("text", "Şimdiki PIN")


def fill_in(window, presented, value, new_pin=NEW_PIN, again=None):
    window.fill_secret(presented, value)
    window.fill_secret("Yeni PIN", new_pin)
    window.fill_secret("Yeni PIN (yeniden)", new_pin if again is None else again)


def type_by_hand(window, name, text):
    """Types where the focus is, which has to be the entry of that name."""
    entry = window.find("text", name)
    window.wait(window.has_keyboard, "the keyboard")
    window.type_secret(text)
    window.wait(lambda: len(window.text_of(entry)) == len(text), f"{name} typed")


def close(window):
    """Presses what is the next act at the end: to close."""
    window.wait(window.has_keyboard, "the keyboard")
    window.keys("Return")
    window.gone("text", "Yeni PIN")


def are_wiped(window, *names):
    return all(window.text_of(window.find("text", name)) == "" for name in names)


def sign_with(it, pin):
    it.window.keys("ctrl+1")
    it.open_review()
    it.sign(pin)
    it.read_signed()


def change_pin(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the rules are spelled out before anything is typed", "rules"):
            open_my_card(window)
            open_change(window)
            window.read("^Kalan deneme: 3$")
            window.read("• 6–16 haneli")
            window.read("• T.C. Kimlik No")
            assert not window.can_press("PIN’i değiştir")
            assert not window.can_press("Eminim") and not window.can_press("Yeniden dene")
        with it.step("a wrong old PIN is told where it was typed, and all is wiped", "wrong"):
            fill_in(window, "Şimdiki PIN", WRONG_PIN)
            window.press("PIN’i değiştir")
            window.read("^PIN yanlış; kalan deneme: 2.$")
            assert are_wiped(window, "Şimdiki PIN", "Yeni PIN", "Yeni PIN (yeniden)")
            type_by_hand(window, "Şimdiki PIN", "1234")
        with it.step("weak new PINs are refused with the reason", "weak"):
            window.fill_secret("Şimdiki PIN", PIN)
            for new_pin, reason in (("777777", "baştan sona aynı karakter"),
                                    ("345678", "artarak sayıyor"), ("987654", "azalarak sayıyor"),
                                    (BIRTH_PIECE, "T.C. Kimlik No’nuzun bir bölümü var"),
                                    ("12345", "^Yeni PIN 6–16 haneli olmalı")):
                window.fill_secret("Yeni PIN", new_pin)
                window.fill_secret("Yeni PIN (yeniden)", new_pin)
                window.read(reason)
                assert not window.can_press("PIN’i değiştir"), new_pin
            # That stands in other things, too, forwards and backwards.
            window.secrets.discard(BIRTH_PIECE)
        with it.step("two that differ are refused", "differ"):
            fill_in(window, "Şimdiki PIN", PIN, NEW_PIN, NEW_PIN[:-1] + "8")
            window.read("^İki yeni PIN aynı değil.$")
            assert not window.can_press("PIN’i değiştir")
        with it.step("typed by hand, with Enter at the end, the PIN is changed", "changed"):
            for name in ("Yeni PIN (yeniden)", "Yeni PIN", "Şimdiki PIN"):
                window.fill_secret(name, "")
            type_by_hand(window, "Şimdiki PIN", PIN)
            window.keys("Return")
            type_by_hand(window, "Yeni PIN", NEW_PIN)
            window.keys("Return")
            type_by_hand(window, "Yeni PIN (yeniden)", NEW_PIN)
            window.keys("Return")
            window.read("^PIN değiştirildi.$")
            window.read("^Kalan deneme: 3$")
        with it.step("neither PIN is on the accessibility bus"):
            assert not window.says(PIN) and not window.says(NEW_PIN)
        with it.step("the new PIN signs", "signed"):
            close(window)
            sign_with(it, NEW_PIN)


def quit_while_changing(build, name):
    with Scenario(build, name, EONAY_PRACTICE_CARD_DELAY="400") as it:
        window = it.window
        with it.step("quitting while the card is at work is refused, and the end is seen", "end"):
            open_my_card(window)
            open_change(window)
            window.read("^Kalan deneme: 3$")
            fill_in(window, "Şimdiki PIN", PIN)
            entry = window.find("text", "Şimdiki PIN")
            window.press("PIN’i değiştir")
            # Nothing is searched for now: the card would be done by then.
            window.wait(lambda: window.text_of(entry) == "", "the PIN to be taken")
            window.activate("quit")
            window.activate("quit")
            window.read("^PIN değiştirildi.$")
        with it.step("then it quits"):
            window.activate("quit")
            assert window.program.wait(30) == 0


def block_and_unblock(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the third wrong PIN has to be confirmed", "confirm"):
            open_my_card(window)
            open_change(window)
            for left in (2, 1):
                fill_in(window, "Şimdiki PIN", WRONG_PIN)
                window.press("PIN’i değiştir")
                window.read(f"^PIN yanlış; kalan deneme: {left}.$")
            window.read("^Son deneme! Yanlış PIN kartı kilitler.$")
            fill_in(window, "Şimdiki PIN", WRONG_PIN)
            window.press("PIN’i değiştir")
            window.read("PIN’inizden emin misiniz")
        with it.step("it blocks the card, and what comes next is offered", "blocked"):
            window.press("Eminim")
            window.read("^PIN kilitli.$")
            window.read("^PIN-02$")
        with it.step("the PUK and a new PIN unblock it", "unblocked"):
            window.press("PUK ile kilidi çöz")
            window.find("text", "PUK")
            fill_in(window, "PUK", PUK)
            window.press("Kilidi çöz")
            window.read("^Kilit çözüldü, yeni PIN geçerli.$")
            window.read("^Kalan deneme: 3$")
            assert not window.says(PUK) and not window.says(NEW_PIN)
        with it.step("My Card knows it at once", "card"):
            close(window)
            window.read("^PIN: Kalan deneme: 3 / 3$")
        with it.step("the new PIN signs", "signed"):
            sign_with(it, NEW_PIN)


def last_puk_try(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("a blocked card leads to its PUK", "puk"):
            open_my_card(window)
            it.insert(BLOCKED)
            window.read("^PIN: Kilitli$")
            go_to(window, "PUK ile")
            window.keys("Return")
            window.read("PUK’u PIN/PUK zarfınızdan dikkatle girin")
        with it.step("two wrong PUKs leave one try", "last"):
            for left in (2, 1):
                fill_in(window, "PUK", WRONG_PUK)
                window.press("Kilidi çöz")
                window.read(f"^PUK yanlış; kalan deneme: {left}.$")
            window.read("^Son deneme! Yanlış PUK")
        with it.step("the last one has to be confirmed, with what it may cost", "confirm"):
            fill_in(window, "PUK", WRONG_PUK)
            window.press("Kilidi çöz")
            window.read("^Bu PUK yanlışsa kartın kilidi bir daha çözülemez")
            back = window.find("push button", "Geri")
            window.wait(lambda: window.is_focused(back), "the focus on the way back")
        with it.step("Enter goes back, and nothing was spent"):
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("Return")
            window.press("Vazgeç")
            window.read("^PUK: Son deneme")


def forgotten_pin(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the PIN dialog says how many wrong ones the card forgives", "dialog"):
            it.open_review()
            it.ask_pin()
            window.read("^Art arda 3 yanlış girişten sonra PIN kilitlenir\\.$")
        with it.step("a forgotten PIN leads to where it is unblocked", "unblock"):
            window.press("PIN’imi unuttum")
            window.read("^PIN: Kalan deneme: 3 / 3$")
            window.wait(lambda: window.is_focused(window.seen("list item", "PUK ile")),
                        "the focus on the first way to unblock it")
        with it.step("meanwhile the clock runs on, and the text can still be signed", "back"):
            window.press_keys("ctrl+1")
            window.wait(lambda: window.can_press("İmzala"), "the review")
            it.sign()
            it.read_signed()
