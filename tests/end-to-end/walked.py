"""The window by keyboard alone: Tab and Shift+Tab come round, name what they stop at, miss nothing."""

import os
import pathlib
import re
import signal

import accessible_tree
from card_line import READERS, LineCard
from first_start import COMMAND, START, FirstStart, open_scenario, write_profile
from listening import Copied
from my_pin import PUK, fill_in, go_to, open_change, open_my_card
from outside import CardScenario
from preferences import choose_file, show_cards
from scenario import PIN, WRONG_PIN, Scenario
from unblocking import WRONG_WORD, Unblocking

NONE, VALID, BLOCKED, TWO_CERTIFICATES = -1, 0, 3, 4

STOPS = 60
SECONDS = 3

# At most, for the main job.
KEYS = 23

# What GTK calls its widgets, and the mark of a mnemonic: no person says so.
CLASS = re.compile(r"^(Gtk|Adw|Eonay)[A-Z]")
UNSPOKEN = re.compile(r"^(Gtk|Adw|Eonay)[A-Z]|_|^$")

# Only for the layout: a screen reader does not say them.
UNSAID = {"filler", "scroll pane"}

# What acts, or takes what is typed, as a whole.
WHOLES = {"push button", "toggle button", "radio button", "switch", "text", "combo box", "page tab", "link"}
CONTROLS = WHOLES | {"check box", "list item"}

# A window's own buttons, without a label in them, which the desktop has keys for.
FRAME = {"Kapat", "Simge durumuna küçült", "Ekranı Kapla"}


class Walk:
    """Of the window that has the keyboard now. @arrows: a list that Tab stops at once, and whose
    rows the arrows lead through."""

    def __init__(self, window, arrows=None):
        self.window = window
        nodes = [node for _, node in window.tree.nodes()]
        lists = [node.path for node in nodes if node.role == "list" and node.name == arrows]
        rows = [node for node in nodes if node.parent in lists]
        assert not [row for row in rows if UNSPOKEN.search(row.name)], [row.name for row in rows]
        self.wholes = {row.path: row.parent for row in rows}
        window.rest()
        # What had the focus may have gone, or be the only stop.
        if window.tab(SECONDS):
            self.there = self._go_round("Tab")
            self.back = self._go_round("shift+Tab")
            self.nodes = self._read()
        else:
            self.there = self.back = [window.focus]
            self.nodes = self._read()
            assert window.is_focused(self.nodes[window.focus]), "Tab leads nowhere"

    def _go_round(self, key):
        """The path of every stop of one round of @key."""
        stops = []
        for _ in range(STOPS):
            assert self.window.tab(SECONDS, key), f"{key} sticks after {self.describe(stops)}"
            stop = self.wholes.get(self.window.focus, self.window.focus)
            if stops[-1:] == [stop] and stop in self.wholes.values():
                continue
            if stops and stop == stops[0]:
                return stops
            assert stop not in stops, f"{key} is trapped in {self.describe(stops)} at {stop}"
            stops.append(stop)
        raise AssertionError(f"{key} does not come round: {self.describe(stops)}")

    def _read(self):
        """{path: node} of the window with the focus."""
        found = {}
        for depth, node in self.window.tree.nodes():
            if depth == 0 and self.window.focus in found:
                return found
            if depth == 0:
                found = {}
            found[node.path] = node
        assert self.window.focus in found, f"{self.window.focus} is nowhere"
        return found

    def describe(self, paths):
        nodes = {node.path: node for _, node in self.window.tree.nodes()}
        return [f"{nodes[path].role} {nodes[path].name!r}" if path in nodes else path for path in paths]

    def ancestors(self, node):
        while node is not None:
            yield node
            node = self.nodes.get(node.parent)

    def is_control(self, node):
        """Whether it can be used, be it with a mouse alone."""
        return all(its.was_in_state(accessible_tree.SENSITIVE) for its in self.ancestors(node)) \
            and not (node.name in FRAME and node.count == 0) \
            and (node.role in CONTROLS - {"push button"}
                 or node.was_in_state(accessible_tree.FOCUSABLE) and node.role in CONTROLS
                 or self.acts(node))

    def acts(self, node):
        """Whether it has an act of its own, such as a click. Those with a full stop in their names
        are keys of its class, which a label has, too; around a menu's button is one without any."""
        return node.role not in ("frame", "dialog", "label") \
            and any("." not in name for name, *_ in node.ask(accessible_tree.ACTION, "GetActions"))

    def missed(self):
        """What is no stop, no part of a control that is one, and holds none; it may be what only a
        mouse can take."""
        stops = set(self.there)
        holders = {its.path for path in stops for its in self.ancestors(self.nodes[path])}
        wholes = {path for path in stops
                  if self.nodes[path].role in WHOLES or path in self.wholes.values()}
        for node in self.nodes.values():
            if node.path not in holders and self.is_control(node) \
                    and not self.is_act_of_row(node, stops) \
                    and not any(its.path in wholes or self.is_other_form(its, holders)
                                for its in self.ancestors(node)):
                yield node

    def is_act_of_row(self, node, stops):
        """Whether it is what Enter does in a row that is a stop. That the row names it, and can have
        no other, is what tests/check-templates looks at."""
        return not node.was_in_state(accessible_tree.FOCUSABLE) \
            and any(its.role == "list item" and its.path in stops for its in self.ancestors(node))

    def is_other_form(self, node, holders):
        """Whether it is for a window that is wider, or narrower, and its like is shown."""
        parent = self.nodes.get(node.parent)
        return parent is not None and parent.name == "AdwSqueezer" and parent.path in holders

    def check(self, whole):
        back = self.back[::-1]
        start = back.index(self.there[0]) if self.there[0] in back else 0
        assert back[start:] + back[:start] == self.there, \
            f"there {self.describe(self.there)}, back {self.describe(self.back)}"
        unspoken = [path for path in self.there if UNSPOKEN.search(self.nodes[path].name)]
        assert not unspoken, f"stops without a name: {self.describe(unspoken)}"
        around = around_stops(self.nodes, self.there)
        assert not around, f"a class is named around stops: {around}"
        missed = [node.path for node in self.missed()] if whole else []
        assert not missed, f"never reached: {self.describe(missed)} from {self.describe(self.there)}"


def around_stops(nodes, stops):
    """What a screen reader could say with one of @stops, of {path: node}, and is called by its class:
    what it is in, what is in it, and what labels it."""
    spoken = set()
    for path in stops:
        node = nodes[path]
        spoken.update(node.ask_labels())
        while node is not None:
            spoken.add(node.path)
            node = nodes.get(node.parent)
    for node in nodes.values():
        holder = node
        while holder is not None and holder.path not in stops:
            holder = nodes.get(holder.parent)
        if holder is not None:
            spoken.add(node.path)
    return sorted({f"{nodes[path].role} {nodes[path].name!r}" for path in spoken & nodes.keys()
                   if nodes[path].role not in UNSAID and CLASS.search(nodes[path].name)})


class Still:
    """A scenario in which pages and dialogs come and go at once: on its way, one can still be reached."""

    def _open(self, environment):
        settings = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "gtk-4.0" / "settings.ini"
        with settings.open("a") as file:
            file.write("gtk-enable-animations=0\n")
        super()._open(environment)


class Walked(Still, Scenario):
    pass


def walk_round(window, arrows=None, whole=True):
    """Fails on a trap, a stop without a name, and, of the @whole window, a control that is missed;
    returns the stops' names."""
    walk = Walk(window, arrows)
    walk.check(whole)
    return [walk.nodes[path].name for path in walk.there]


def walk_menu(window, words):
    """Goes through the menu that is open, down and up, reaches every item, and closes it."""
    window.read(words)
    window.settle()
    there, back = [], []
    for stops, key in ((there, "Down"), (back, "Up")):
        while window.tab(SECONDS, key) and window.focus not in stops:
            stops.append(window.focus)
    names = {node.path: node.name for _, node in window.tree.nodes() if node.role == "menu item"
             and node.was_in_state(accessible_tree.SENSITIVE)}
    assert set(there) == set(back) == names.keys() and len(there) > 1, (there, back, names)
    assert not [name for name in names.values() if UNSPOKEN.search(name)], names
    around = around_stops({node.path: node for _, node in window.tree.nodes()}, there)
    assert not around, f"a class is named around what is in a menu: {around}"
    window.keys("Escape")


def go_to_stop(window, name):
    """Presses Tab until what is called @name has the focus."""
    for _ in range(STOPS):
        window.tab(SECONDS)
        if name in [node.name for _, node in window.tree.nodes() if node.path == window.focus]:
            return
    raise AssertionError(f"{name} is never reached")


def go_to_entry(window, name):
    window.go_to(window.find("text", name))
    return window.find("text", name)


def open_details(window, title):
    """Opens the row of that title, which others are in."""
    window.go_to(window.find("list item", title))
    window.keys("Return")
    window.settle()


def walked_code(build, name):
    with Walked(build, name) as it:
        window = it.window
        with it.step("the code page", "code"):
            window.read("^AYŞE DENEME · ")
            walk_round(window)
        with it.step("a code that is wrong, whose short code can be reached", "wrong"):
            it.enter_code("123456789012345")
            window.read("KOD-")
            assert [name for name in walk_round(window) if name.startswith("KOD-")]
        with it.step("while the portal is asked", "busy"):
            it.enter_code(it.browser.new_code(fault="slow"))
            window.read("Portala soruluyor")
            walk_round(window)
            window.press("Vazgeç")
            window.wait(lambda: not window.says("Portala soruluyor"), "the code page")
        with it.step("the main menu, by its arrows", "menu"):
            window.press_keys("F10")
            walk_menu(window, "hakkında$")
        with it.step("the practice menu", "practice-menu"):
            go_to_stop(window, "Deneme kartları")
            window.press_keys("Return")
            walk_menu(window, "Geçerli|Süresi")


def walked_review(build, name):
    with Walked(build, name, EONAY_PRACTICE_PIN_PAD=WRONG_PIN) as it:
        window = it.window
        with it.step("the review, and its details", "review"):
            it.open_review()
            names = walk_round(window)
            assert len([name for name in names if "AYŞE DENEME" in name]) == 2, names
            open_details(window, "Ayrıntılar")
            assert [name for name in walk_round(window) if name.startswith("Kopyala: ")]
        with it.step("the PIN dialog of a reader with a keypad, on which a wrong one was typed", "keypad"):
            window.press("İmzala")
            window.read("kalan deneme: 2")
            assert not window.seen("text", "PIN"), window.describe()
            assert {"Vazgeç", "İmzala"} <= {*walk_round(window)}
            window.keys("Escape")
            window.gone("push button", "Vazgeç")
        with it.step("with two certificates", "two"):
            it.insert(TWO_CERTIFICATES)
            window.read("Nitelikli değil")
            walk_round(window)
        with it.step("without a card", "none"):
            it.insert(NONE)
            window.wait(lambda: not window.says("Nitelikli değil"), "the certificates to go")
            walk_round(window)
        with it.step("with what went wrong", "error"):
            it.insert(BLOCKED)
            window.read("PIN kilitli")
            walk_round(window)
        with it.step("the question before it is declined, and the end", "declined"):
            window.press("İmzalamaktan vazgeç")
            window.read_question("^İmzalamaktan vazgeçilsin mi", "İmzalamaktan vazgeç")
            walk_round(window)
            go_to_stop(window, "İmzalamaktan vazgeç")
            window.keys("Return")
            window.read("^Vazgeçildi$")
            walk_round(window)
        with it.step("expired", "expired"):
            it.start_again()
            it.open_review(validity=4)
            window.read("^Süre doldu$")
            walk_round(window)


def walked_pin(build, name):
    with Walked(build, name) as it:
        window = it.window
        with it.step("the PIN dialog", "pin"):
            it.open_review()
            it.ask_pin()
            window.read("^Kalan deneme: 3$")
            walk_round(window)
            it.type_pin(WRONG_PIN, go_to_entry(window, "PIN"))
            walk_round(window)
        with it.step("after a wrong PIN", "wrong"):
            go_to_stop(window, "PIN")
            window.keys("Return")
            window.read("kalan deneme: 2")
            walk_round(window)
        with it.step("at the last try", "last"):
            it.type_pin(WRONG_PIN, go_to_entry(window, "PIN"))
            window.keys("Return")
            window.read("^Son deneme! Yanlış PIN kartı")
            walk_round(window)
        with it.step("the second question", "sure"):
            it.type_pin(PIN, go_to_entry(window, "PIN"))
            window.keys("Return")
            window.wait(lambda: window.can_press("Eminim"), "the confirmation")
            walk_round(window)
        with it.step("the result", "result"):
            window.press("Eminim")
            it.read_signed()
            walk_round(window)
        with it.step("what the portal refuses", "failed"):
            it.start_again()
            it.open_review(fault="certificate-suspended")
            it.sign()
            window.read("Portala göre sertifika askıda")
            walk_round(window)


def walked_card(build, name):
    with Walked(build, name) as it:
        window = it.window
        with it.step("My Card, closed and open", "card"):
            open_my_card(window)
            window.read("^PIN: ")
            walk_round(window)
            open_details(window, re.compile("PKCS#15"))
            open_details(window, re.compile("^PIN kilidini çöz"))
            walk_round(window)
        with it.step("a certificate", "certificate"):
            window.go_to(window.find("list item", "AYŞE DENEME"))
            window.keys("Return")
            window.read("Zincir, bu bilgisayarda")
            walk_round(window)
            window.keys("Escape")
            window.gone("push button", "Sertifikayı kaydet")
        with it.step("a blocked card", "blocked"):
            it.insert(BLOCKED)
            window.read("^PIN: Kilitli$")
            walk_round(window)
        with it.step("no card", "none"):
            it.insert(NONE)
            window.gone("list item", re.compile("^PIN: "))
            walk_round(window)


def walked_change_pin(build, name):
    with Walked(build, name) as it:
        window = it.window
        with it.step("the change of a PIN, empty and filled", "change"):
            open_my_card(window)
            open_change(window)
            window.read("^Kalan deneme: 3$")
            walk_round(window)
            fill_in(window, "Şimdiki PIN", WRONG_PIN)
            assert "PIN’i değiştir" in walk_round(window)
        with it.step("with a complaint about the new one", "weak"):
            window.fill_secret("Yeni PIN", "777777")
            window.fill_secret("Yeni PIN (yeniden)", "777777")
            window.read("baştan sona aynı karakter")
            walk_round(window)
        with it.step("after wrong ones, at the last try", "last"):
            for left in (2, 1):
                fill_in(window, "Şimdiki PIN", WRONG_PIN)
                window.press("PIN’i değiştir")
                window.read(f"^PIN yanlış; kalan deneme: {left}.$")
            walk_round(window)
        with it.step("the second question", "sure"):
            fill_in(window, "Şimdiki PIN", WRONG_PIN)
            window.press("PIN’i değiştir")
            window.read_question("PIN’inizden emin misiniz", "Eminim")
            walk_round(window)
        with it.step("the PIN is blocked, and what to do", "blocked"):
            window.press("Eminim")
            window.read("^PIN kilitli.$")
            walk_round(window)
        with it.step("the PUK is asked for", "puk"):
            window.press("PUK ile kilidi çöz")
            window.find("text", "PUK")
            walk_round(window)
            fill_in(window, "PUK", PUK)
            walk_round(window)
        with it.step("the end", "end"):
            window.press("Kilidi çöz")
            window.read("^Kilit çözüldü, yeni PIN geçerli.$")
            walk_round(window)


def walked_unblock(build, name):
    with WalkedUnblocking(build, name) as it:
        window = it.window
        with it.step("the code, asked for in My Card", "code"):
            window.press_keys("ctrl+3")
            window.read("^PIN: Kilitli$")
            go_to(window, "Portaldan kodla")
            window.keys("Return")
            window.read("Kilit Çözme için")
            walk_round(window)
        with it.step("the security word, and a wrong one", "word"):
            it.begin()
            it.asked("Güvenlik sözcüğü")
            walk_round(window)
            go_to_stop(window, "Güvenlik sözcüğü")
            it.type_word(WRONG_WORD)
            window.read("Güvenlik sözcüğü yanlış; kalan deneme: 2")
            walk_round(window)
        with it.step("the SMS", "sms"):
            go_to_stop(window, "Güvenlik sözcüğü")
            it.type_word()
            it.asked("SMS kodu")
            walk_round(window)
        with it.step("the new PIN", "pin"):
            go_to_stop(window, "SMS kodu")
            it.type_sms()
            it.asked("Yeni PIN")
            walk_round(window)
        with it.step("the question before it is given up", "leave"):
            window.keys("Escape")
            window.read_question("vazgeçilsin mi", "Vazgeç")
            walk_round(window)
            window.keys("Escape")
        with it.step("the end", "end"):
            it.asked("Yeni PIN")
            go_to_stop(window, "Yeni PIN")
            it.type_new_pin()
            window.read("^Kartın kilidi çözüldü$")
            walk_round(window)


class WalkedUnblocking(Still, Unblocking):
    pass


class Settled(Walked):
    """With the settings, which Preferences wants."""

    def _open(self, environment):
        super()._open({**environment, "GSETTINGS_SCHEMA_DIR": str(self.build / "data")})


def close_window(window, title):
    """Closes the window of @title, and has the keyboard again."""
    window.press_keys("Escape")
    window.wait(lambda: not any(depth == 0 and node.name == title for depth, node in window.tree.nodes()),
                f"{title} to close")
    window.rest()


def walked_windows(build, name):
    with Settled(build, name) as it:
        window = it.window
        window.read("^AYŞE DENEME · ")
        with it.step("Preferences, both pages", "preferences"):
            window.press_keys("ctrl+comma")
            window.read("Büyük geri sayım")
            assert walk_round(window).count("Büyük geri sayım") == 1
            show_cards(window)
            window.read("Deneysel")
            walk_round(window)
            close_window(window, "Tercihler")
        with it.step("Diagnostics, by its keys", "diagnostics"):
            window.press_keys("ctrl+shift+d")
            window.find("push button", "Yeniden denetle")
            window.read("imza atılabilir|atılamaz")
            walk_round(window)
            close_window(window, "Tanılama")
        with it.step("the shortcuts", "shortcuts"):
            window.press_keys("ctrl+question")
            window.read("Geçmişte ara")
            walk_round(window)
            close_window(window, "Klavye kısayolları")
        with it.step("About", "about"):
            window.choose_in_menu("e-Onay hakkında", 5)
            window.read("GPL|Lisans|Yasal")
            # Its pages are libadwaita's, and there are some behind this one.
            walk_round(window, whole=False)
            window.press_keys("Escape")


class WalkedFirstStart(Still, FirstStart):
    pass


def walked_first_start(build, name):
    with open_scenario(WalkedFirstStart, build, name) as it:
        window = it.window
        with it.step("without a portal and the card service", "to-do"):
            window.read(f"^{START}$")
            assert {"Portal ekleyin", START} <= {*walk_round(window)}
        with it.step("with the command that starts the service", "refused"):
            it.systemd.set_refuses(True)
            window.press(START)
            window.read(f"^{COMMAND}$")
            assert "Kopyala: Uçbirimde çalıştırın" in walk_round(window)
        with it.step("Preferences with a portal of the person's own", "own-portal"):
            choose_file(window, "Portal ekleyin", "Portal profili seçin", write_profile())
            window.find("push button", "Kaldır: Deneme Kurumu")
            assert "Kaldır: Deneme Kurumu" in walk_round(window)
        with it.step("the question before it is removed", "remove"):
            window.press("Kaldır: Deneme Kurumu")
            window.read_question("kaldırılsın mı", "Kaldır")
            walk_round(window)
            window.keys("Escape")
            window.wait(lambda: not window.says("kaldırılsın mı"), "the question to go")
        with it.step("the modules", "modules"):
            show_cards(window)
            window.read("PKCS#11 modülleri")
            walk_round(window)
            close_window(window, "Tercihler")
        with it.step("with a portal, without a reader", "no-reader"):
            it.service.start()
            window.read("^Kart okuyucunuzu takın$")
            walk_round(window)


class WalkedReaders(Still, CardScenario):
    pass


def walked_readers(build, name):
    with open_scenario(WalkedReaders, build, name) as it:
        window = it.window
        with it.step("My Card with two readers, one of them empty", "readers"):
            open_my_card(window)
            window.read("^PIN: ")
            window.read(READERS[1])
            walk_round(window)
        with it.step("while what was signed is on its way to the portal", "progress"):
            window.press_keys("ctrl+1")
            it.open_review()
            it.ask_pin()
            it.type_pin(PIN)
            it.portal.send_signal(signal.SIGSTOP)
            window.keys("Return")
            window.read("gönderiliyor")
            walk_round(window)
            it.portal.send_signal(signal.SIGCONT)
            it.read_signed()
        with it.step("My Card with a card in each", "both"):
            it.start_again()
            with LineCard(it.build / "src/practice/eonay-practice-card", 1, "ec"):
                window.press_keys("ctrl+3")
                window.wait(lambda: len([name for _, name, _ in window.walk() if name.startswith("PIN: ")]) == 2,
                            "both cards")
                walk_round(window)


def walked_history(build, name):
    with Walked(build, name) as it:
        window = it.window
        with it.step("the History while it is empty", "empty"):
            window.read("^AYŞE DENEME · ")
            window.press_keys("ctrl+h")
            window.read("^Geçmiş boş$")
            walk_round(window)
            close_window(window, "Geçmiş")
        with it.step("with what was signed", "list"):
            it.open_review()
            it.sign()
            it.read_signed()
            window.press_keys("ctrl+h")
            window.read("^Bugün$")
            walk_round(window, "Geçmiş")
        with it.step("its search", "search"):
            window.press_keys("ctrl+f")
            window.find("text", "Geçmişte ara")
            walk_round(window, "Geçmiş")
            window.press_keys("Escape")
        with it.step("one of them", "details"):
            window.rest()
            for _ in range(STOPS):
                row = next(node for role, name, node in window.walk() if name.endswith(", Bugün"))
                if window.is_focused(row):
                    break
                window.tab(SECONDS)
            window.keys("Return")
            window.find("push button", "Listeye dön")
            walk_round(window)
        with it.step("its menu", "menu"):
            window.press_keys("F10")
            walk_menu(window, "Tablo olarak kaydet")


def keyboard_alone(build, name):
    """The main job, with no more than Ctrl+V, Tab, Enter and the PIN."""
    with Scenario(build, name) as it:
        window = it.window
        pressed = []

        def press(*keys):
            pressed.extend(keys)
            window.press_keys(*keys)

        with it.step("pasted, the code leads to the text"):
            window.read("^AYŞE DENEME · ")
            code = it.browser.new_code()
            with Copied(code):
                press("ctrl+v")
                window.read("^İşlem: ")
            window.wait(lambda: window.can_press("İmzala"), "İmzala to be sensitive")
        with it.step("Tab leads to İmzala, and Enter to the PIN"):
            while not window.is_focused(window.can_press("İmzala")):
                assert window.tab(SECONDS) and len(pressed) < KEYS, pressed
                pressed.append("Tab")
            press("Return")
            window.find("text", "PIN")
            window.read("^Kalan deneme: 3$")
        with it.step("the PIN and Enter sign", "result"):
            it.type_pin(PIN)
            pressed += PIN
            press("Return")
            it.read_signed()
            assert it.verify(code)
        with it.step(f"that is {len(pressed)} key presses, of {KEYS} at most: "
                     + " ".join("•" if key.isdigit() else key for key in pressed)):
            assert len(pressed) <= KEYS


def mnemonics(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("Alt and a letter of a button press it: Deneme kodu al"):
            window.read("^AYŞE DENEME · ")
            window.press_keys("alt+d")
            window.read("^İşlem: ")
            window.wait(lambda: window.can_press("İmzala"), "İmzala to be sensitive")
        with it.step("İmzala"):
            window.press_keys("alt+m")
            window.find("text", "PIN")
            it.type_pin(PIN)
            window.keys("Return")
            it.read_signed()
        with it.step("Yeni kod"):
            window.press_keys("alt+y")
            window.wait(lambda: not window.can_press("Yeni kod"), "the code page")
