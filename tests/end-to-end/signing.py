"""The main job, and what may go wrong with the PIN and the card on the way."""

from scenario import PIN, WRONG_PIN, Scenario

TWO_CERTIFICATES = 4
BLOCKED = 3
EXPIRED = 2
NONE = -1
VALID = 0


def main_job(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the window opens in practice mode with its banner", "code"):
            window.read("^DENEME MODU · imzalar geçersizdir$")
            window.read("^AYŞE DENEME · ")
        with it.step("a code goes on by itself at the 15th digit, spaces and all"):
            code = it.browser.new_code()
            grouped = f"{code[:3]} {code[3:7]} {code[7:11]} {code[11:]}"
            it.enter_code(grouped)
            window.find("text", "Sözleşme")
        with it.step("the text on the page is, to the byte, what the portal wants signed", "review"):
            document = it.browser.document(code)
            shown = window.find("text", "Sözleşme")
            window.wait(lambda: window.text_of(shown).encode() == document, "the portal's text")
            window.read("^Elektronik onay .E-Onay. verme$")
            window.read("^Kalan süre: 2[5-8][0-9] saniye$")
        with it.step("the usable certificate is chosen, the other one says why not"):
            window.read("Nitelikli")
            window.read("Süresi dolmuş")
        with it.step("İmzala asks for the PIN, with the keyboard in its entry", "pin"):
            it.ask_pin()
            window.read("^Kalan deneme: 3$")
            it.type_pin(PIN)
        with it.step("the signature is delivered", "result"):
            window.keys("Return")
            it.read_signed()
            window.read("Web sayfasına dönebilirsiniz")
        with it.step("the portal has it, with the signer's name and a receipt"):
            transaction = it.browser.transaction(code)
            assert transaction["state"] == "completed", transaction
            window.read(f"^{transaction['receipt']}$")
        with it.step("OpenSSL verifies it over the very text that was shown"):
            assert it.verify(code) == document
        with it.step("the PIN is nowhere on the accessibility bus"):
            assert not window.says(PIN)
        with it.step("a new code starts afresh", "again"):
            it.start_again()
            entry = window.find("text", "Doğrulama kodu")
            assert window.text_of(entry) == ""
            window.wait(window.has_keyboard, "the keyboard")
            window.keys("7", "7", "7")
            window.wait(lambda: window.text_of(entry) == "777", "the focus in the entry")


def practice_button(build, name):
    with Scenario(build, name) as it:
        with it.step("“Deneme kodu al” leads to the text", "review"):
            it.window.press("Deneme kodu al")
            it.window.read("KABUL EDİYORUM")
        with it.step("and that can be signed", "result"):
            it.sign()
            it.read_signed()


def wrong_pin(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("a wrong PIN is told, with the tries that are left", "wrong"):
            code = it.open_review()
            it.sign(WRONG_PIN)
            window.read("PIN yanlış; kalan deneme: 2")
        with it.step("nothing was sent to the portal"):
            assert it.browser.transaction(code)["submissions"] == 0
        with it.step("what is too short cannot be sent"):
            it.type_pin("1234")
            window.keys("Return")
            assert not window.can_press("İmzala")
            window.keys("BackSpace", "BackSpace", "BackSpace", "BackSpace")
        with it.step("the right PIN then signs", "result"):
            it.type_pin(PIN)
            window.keys("Return")
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"
        with it.step("and the card has all its tries again"):
            it.start_again()
            it.open_review()
            it.ask_pin()
            window.read("^Kalan deneme: 3$")


def last_try(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("two wrong PINs leave the last try, said in words", "last"):
            code = it.open_review()
            it.sign(WRONG_PIN)
            window.read("kalan deneme: 2")
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.read("^Son deneme! Yanlış PIN kartı")
        with it.step("the last try needs a second confirmation", "confirm"):
            it.type_pin(PIN)
            window.keys("Return")
            window.wait(lambda: window.can_press("Eminim"), "the confirmation")
            assert it.browser.transaction(code)["state"] == "waiting"
        with it.step("Return does not confirm: the safe answer has the focus"):
            window.keys("Return")
            it.window.wait(lambda: window.text_of(window.seen("text", "PIN")) != "",
                           "the PIN dialog again")
            assert it.browser.transaction(code)["submissions"] == 0
            assert not window.says("^İmzalandı$")
        with it.step("“Eminim” signs", "result"):
            window.keys("Return")
            window.press("Eminim")
            it.read_signed()
            assert it.verify(code)


def blocked_pin(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("a blocked card is listed with its reason", "blocked"):
            it.insert(BLOCKED)
            it.open_review()
            window.read("PIN kilitli")
        with it.step("and cannot be chosen to sign"):
            window.find("push button", "İmzala")
            assert not window.can_press("İmzala")
            window.read("Bu sertifikaların hiçbiriyle imza atılamaz")
        with it.step("a card that can sign takes its place at once", "valid"):
            it.insert(VALID)
            window.read("Nitelikli")
            it.sign()
            it.read_signed()


def third_wrong_pin(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("three wrong PINs block the card, and the page says so", "blocked"):
            code = it.open_review()
            it.sign(WRONG_PIN)
            window.read("kalan deneme: 2")
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.read("^Son deneme! Yanlış PIN kartı")
            it.type_pin(WRONG_PIN)
            window.keys("Return")
            window.press("Eminim")
            window.read("^PIN kilitli")
            window.read("PIN-02")
        with it.step("nothing was signed, and the time still runs"):
            assert it.browser.transaction(code)["submissions"] == 0
            window.gone("text", "PIN")
            window.read("^Kalan süre: ")


def chosen_certificate(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("with two usable certificates none is chosen for the person", "two"):
            it.insert(TWO_CERTIFICATES)
            code = it.open_review()
            window.read("Nitelikli değil")
            window.find("push button", "İmzala")
            assert not window.can_press("İmzala")
        with it.step("the one that is chosen signs", "result"):
            it.choose(1)
            it.sign()
            it.read_signed()
            assert it.verify(code)


def expired_certificate(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("an expired certificate is listed, and does not sign", "expired"):
            it.insert(EXPIRED)
            it.open_review()
            window.read("Süresi dolmuş")
            window.read("Bu sertifikaların hiçbiriyle imza atılamaz")
            window.find("push button", "İmzala")
            assert not window.can_press("İmzala")


def no_card(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("without a card the page says what to do", "none"):
            it.insert(NONE)
            window.read("^Kart takın$")
            it.open_review()
            window.find("push button", "İmzala")
            assert not window.says("sertifika seçin")
            assert window.says("^Kart takın$")
            assert not window.can_press("İmzala")
        with it.step("the card that comes is read and chosen", "inserted"):
            it.insert(VALID)
            window.wait(lambda: window.can_press("İmzala"), "a certificate to sign with")
            it.sign()
            it.read_signed()
