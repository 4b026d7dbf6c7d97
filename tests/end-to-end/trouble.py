"""The clock, the card that leaves, wrong codes, portals in trouble."""

from scenario import PIN, Scenario

NONE = -1
VALID = 0


def expired_code(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the clock runs out while the text is read", "expired"):
            code = it.open_review(validity=4)
            window.read("^Süre doldu$")
            window.read("Web sayfasından yeni kod alın")
            assert it.browser.transaction(code)["submissions"] == 0
        with it.step("the clock runs out while the PIN is asked, and the dialog goes", "pin"):
            it.start_again()
            it.open_review(validity=30)
            it.ask_pin()
            window.gone("text", "PIN")
            window.read("^Süre doldu$")
        with it.step("a code that expired before it was entered is told as such", "late"):
            it.start_again()
            code = it.browser.new_code(validity=1)
            window.wait(lambda: it.browser.transaction(code)["state"] == "expired", "its end")
            it.enter_code(code)
            window.read("süre doldu|Süre doldu")
        with it.step("a new code signs as if nothing had been", "result"):
            it.start_again_if_over()
            it.open_review()
            it.sign()
            it.read_signed()


def pulled_card(build, name):
    with Scenario(build, name, EONAY_PRACTICE_CARD_DELAY="400") as it:
        window = it.window
        with it.step("pulled while the text is read: the status says so", "review"):
            code = it.open_review()
            window.read("Nitelikli")
            it.insert(NONE)
            window.read("^Kart takın$")
            window.wait(lambda: not window.can_press("İmzala"), "İmzala to be insensitive")
        with it.step("pulled while the PIN is asked: the dialog goes, and the reason is told", "pin"):
            it.insert(VALID)
            it.ask_pin()
            it.insert(NONE)
            window.gone("text", "PIN")
            window.read("^Kart takın$")
        with it.step("pulled while it signs: nothing is sent, the page tells what happened", "signing"):
            it.insert(VALID)
            entry = it.ask_pin()
            it.type_pin(PIN, entry)
            window.keys("Return")
            # Nothing is searched for now: the card would be done by then.
            window.wait(lambda: window.text_of(entry) == "", "the signing")
            it.insert(NONE)
            window.read("Kart, işlem bitmeden çıkarıldı")
            window.read("KART-07")
            assert it.browser.transaction(code)["submissions"] == 0
        with it.step("back in the reader it signs in the same time", "result"):
            it.insert(VALID)
            it.sign()
            it.read_signed()
            assert it.verify(code)


def wrong_codes(build, name):
    with Scenario(build, name) as it:
        window = it.window
        entry = window.find("text", "Doğrulama kodu")
        with it.step("an unknown code is told, with its number for the phone", "unknown"):
            it.enter_code("820004526184196")
            window.read("Portal bu doğrulama kodunu tanımıyor")
            window.read("^KOD-02$")
        with it.step("14 digits: what is wrong, once the person is done typing", "short"):
            entry.enter("")
            window.wait(window.has_keyboard, "the keyboard")
            window.keys(*"82000452618419")
            window.wait(lambda: window.text_of(entry) == "820 0045 2618 419", "what was typed")
            assert not window.says("15 haneli olmalı")
            window.keys("Return")
            window.read("Doğrulama kodu 15 haneli olmalı")
        with it.step("letters", "letters"):
            it.enter_code("8200O4526184196")
            window.read("rakam dışında karakterler var")
        with it.step("16 digits"):
            it.enter_code("8200045261841960")
            window.read("Doğrulama kodu 15 haneli olmalı")
            assert window.text_of(entry) != ""
        with it.step("a link that is opened leaves the result of a signing to be read", "result"):
            code = it.open_review()
            it.sign()
            it.read_signed()
            it.open_link("eonay:820004526184196")
            window.read("Kod içeren bir bağlantı geldi")
            assert window.says("^İmzalandı$") and window.can_press("Yeni kod")
        with it.step("“Yeni kod” goes on with it, and a used code is told"):
            it.start_again()
            window.wait(lambda: window.text_of(entry).replace(" ", "") == "820004526184196",
                        "the link's code")
            it.enter_code(code)
            window.read("daha önce kullanılmış")
        with it.step("a link with a code fills it in, and nothing more", "link"):
            code = it.browser.new_code("login")
            it.open_link(f"eonay:{code}")
            window.wait(lambda: window.text_of(entry).replace(" ", "") == code, "the code")


def declined(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("İmzalamaktan vazgeç asks first", "asked"):
            code = it.open_review(operation="login")
            window.read("Portala e-imza ile giriş")
            window.press("İmzalamaktan vazgeç")
            window.read("^İmzalamaktan vazgeçilsin mi\\?$")
            window.wait(window.has_keyboard, "the keyboard")
        with it.step("and Return stays"):
            window.press_keys("Return")
            window.wait(lambda: not window.says("vazgeçilsin mi"), "the text")
            assert it.browser.transaction(code)["state"] == "waiting"
        with it.step("asked again and answered, it declines, and the portal is told", "declined"):
            window.press("İmzalamaktan vazgeç")
            window.read_question("^İmzalamaktan vazgeçilsin mi", "İmzalamaktan vazgeç")
            window.wait(window.has_keyboard, "the keyboard")
            assert window.tab(3)
            window.keys("Return")
            window.read("^Vazgeçildi$")
            window.wait(lambda: it.browser.transaction(code)["state"] == "declined", "the portal")
            assert it.browser.transaction(code)["submissions"] == 0


def portal_in_trouble(build, name):
    with Scenario(build, name) as it:
        window = it.window
        for fault, words in (("digest", "Gelen belge, portalın bildirdiği belge değil"),
                             ("malformed", "Portalın yanıtı anlaşılamadı"),
                             ("huge-json", "büyük bir yanıt gönderdi"),
                             ("oversize", "büyük bir yanıt gönderdi|bildirdiği belge değil"),
                             ("cut", "Portala ulaşılamıyor|Portalın yanıtı anlaşılamadı"),
                             ("not-utf8", "Metin olduğu gibi gösterilemediği"),
                             ("text-nul", "görünmeyen baytlar")):
            with it.step(f"{fault}: a clear sentence, and nothing to sign", fault):
                code = it.browser.new_code(fault=fault)
                it.enter_code(code)
                window.read(words)
                assert it.browser.transaction(code)["submissions"] == 0
            it.start_again_if_over()
        with it.step("hidden directional characters are shown and warned of", "text-bidi"):
            it.enter_code(it.browser.new_code(fault="text-bidi"))
            window.read("⟦U\\+202E⟧")
            window.read("yazı yönünü değiştirebilen")


def submission_in_trouble(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("a portal that is busy once is asked again, without a second PIN", "progress"):
            code = it.open_review(fault="503-once")
            it.sign()
            window.read("İmza gönderiliyor")
        with it.step("and accepts", "result"):
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"
        with it.step("an answer that is lost costs no second signature"):
            it.start_again()
            code = it.open_review(fault="lost-reply")
            it.sign()
            it.read_signed()
            assert it.browser.transaction(code)["state"] == "completed"
            assert it.verify(code)
        with it.step("a refused certificate is told with its reason; the signature can be kept",
                     "refused"):
            it.start_again()
            it.open_review(fault="certificate-suspended")
            it.sign()
            window.read("Portala göre sertifika askıda")
            window.find("push button", "İmzalı dosyayı kaydet")


def wrong_person(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("a certificate that is not the expected person's cannot sign", "other"):
            it.open_review(operation="login", signer_hint="10000000078")
            window.read("Portalın beklediği kişi değil")
            window.find("push button", "İmzala")
            assert not window.can_press("İmzala")
        with it.step("the expected person's national id is not shown"):
            assert not window.says("10000000078")
