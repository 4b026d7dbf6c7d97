"""Drives a program's window as a screen reader would, through AT-SPI, and takes its picture.

Needs a Desktop that has been started. Everything waits for events, with a time-out; what the
window showed then is in the error.
"""

import os
import pathlib
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

APPLICATION_ID = "io.github.eonay.Eonay"
OBJECT_PATH = "/io/github/eonay/Eonay"
PATIENCE = float(os.environ.get("EONAY_TEST_PATIENCE", "40"))

# Without a compositor GTK draws a frame of its own around the window.
FRAME = 5

# Beside each entry for a secret.
PEEK = "Yazılanı göster ya da gizle"

# Characters of a secret, at least.
SHORTEST = 6

EVENTS = ("object:children-changed", "object:state-changed", "object:text-changed",
          "object:property-change", "window")


# GTK 4.8 has no accessibility cache to offer, and libatspi says so on every start.
GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *ignored: None, None)


class NotSeen(AssertionError):
    pass


# What newer versions of AT-SPI and GTK call the same thing.
ROLES = {"button": "push button", "toggle button": "push button", "radio button": "check box",
         "entry": "text", "password text": "text"}


def matches(name, wanted):
    if wanted is None:
        return True
    return wanted.search(name) is not None if isinstance(wanted, re.Pattern) else name == wanted


class Window:
    """A program with its window. @command is what to run; its output is kept line by line, or
    goes into its log if @logged."""

    def __init__(self, command, logged=False, **environment):
        self.log = open(pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "program.log", "w+b")
        self.program = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                        stdout=self.log if logged else subprocess.PIPE,
                                        stderr=self.log, text=True,
                                        env={**os.environ, **environment})
        self.changed = False
        self.focus_moves = 0
        self.secrets = set()
        self.listener = Atspi.EventListener.new(self._on_event)
        for event in EVENTS:
            self.listener.register(event)
        self.root = self.wait(self._find_root, "the program on the accessibility bus")
        self.root.set_cache_mask(Atspi.Cache.NONE)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def _on_event(self, event):
        self.changed = True
        self.focus_moves += event.type == "object:state-changed:focused" and event.detail1

    def _find_root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            try:
                if child is not None and child.get_process_id() == self.program.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def wait(self, question, what, seconds=None):
        """Asks @question again at each event until it answers; returns the answer."""
        deadline = time.monotonic() + (seconds or PATIENCE)
        while True:
            self.changed = False
            try:
                answer = question()
            except GLib.Error:
                answer = None
            if answer:
                return answer
            if self.program.poll() is not None:
                raise NotSeen(f"{what}: the program ended with {self.program.returncode}\n"
                              + self.errors())
            if time.monotonic() > deadline:
                raise NotSeen(f"{what}: not seen. What there was:\n{self.describe()}"
                              + self.errors())
            self._next_event(0.25)

    def _next_event(self, seconds):
        context = GLib.MainContext.default()
        timer = GLib.timeout_add(int(seconds * 1000), self._on_timeout)
        self.timed_out = False
        while not self.changed and not self.timed_out:
            context.iteration(True)
        if not self.timed_out:
            GLib.source_remove(timer)

    def _on_timeout(self):
        self.timed_out = True
        return GLib.SOURCE_REMOVE

    def walk(self, node=None):
        """Yields (role, name, node) of everything that is not hidden."""
        node = node or self.root
        places = range(node.get_child_count())
        # A dialog is the last window of the program, and what is asked for is mostly there.
        for index in reversed(places) if node is self.root else places:
            try:
                child = node.get_child_at_index(index)
                if child is None:
                    continue
                role = child.get_role_name()
                yield ROLES.get(role, role), child.get_name() or "", child
                yield from self.walk(child)
            except GLib.Error:
                continue

    def seen(self, role, name=None):
        """Returns the first that is there now, or None."""
        for its_role, its_name, node in self.walk():
            if (role is None or its_role == role) and matches(its_name, name):
                return node
        return None

    def settle(self):
        """Waits until the screen stands still: transitions are over."""
        pictures = []

        def question():
            shot = subprocess.run(["import", "-silent", "-window", "root", "-strip", "ppm:-"],
                                  capture_output=True).stdout
            pictures.append(shot)
            return len(pictures) > 1 and pictures[-1] == pictures[-2]

        try:
            self.wait(question, "a screen that stands still", 5)
        except NotSeen:
            pass

    def find(self, role, name=None, seconds=None):
        wanted = name.pattern if isinstance(name, re.Pattern) else name
        return self.wait(lambda: self.seen(role, name), f"{role} {wanted!r}", seconds)

    def read(self, pattern, seconds=None):
        """Waits until something on screen says @pattern; returns the match."""
        expression = re.compile(pattern, re.M)

        return self.wait(lambda: self._search(expression), f"the words {pattern!r}", seconds)

    def says(self, pattern):
        """Whether something says @pattern now."""
        return self._search(re.compile(pattern, re.M)) is not None

    def _search(self, expression):
        for role, name, node in self.walk():
            found = expression.search(name)
            if found is None and role == "text":
                found = expression.search(self.text_of(node))
            if found is not None:
                return found
        return None

    def gone(self, role, name=None):
        self.wait(lambda: self.seen(role, name) is None, f"{role} {name!r} to go")

    @staticmethod
    def text_of(node):
        try:
            text = node.get_text_iface() if node is not None else None
            if text is None:
                return ""
            return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
        except GLib.Error:
            return ""

    @staticmethod
    def is_sensitive(node):
        return node.get_state_set().contains(Atspi.StateType.SENSITIVE)

    @staticmethod
    def is_focused(node):
        return node.get_state_set().contains(Atspi.StateType.FOCUSED)

    def can_press(self, name):
        """Returns the button of that name that can be pressed, or None."""
        for role, its_name, node in self.walk():
            if role == "push button" and matches(its_name, name) and self.is_sensitive(node):
                return node
        return None

    def press(self, name, seconds=None):
        """Waits for a button that can be pressed, and presses it."""
        button = self.wait(lambda: self.can_press(name), f"a button {name!r} to press", seconds)
        Atspi.Action.do_action(button.get_action_iface(), 0)

    def enter(self, node, text):
        """Puts @text in the place of what an entry holds."""
        editable = node.get_editable_text_iface()
        length = Atspi.Text.get_character_count(node.get_text_iface())
        Atspi.EditableText.delete_text(editable, 0, length)
        if text:
            Atspi.EditableText.insert_text(editable, 0, text, len(text.encode()))

    def keys(self, *names):
        """Types on the keyboard, to whatever has the focus."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "30", *names], check=True)

    def write(self, text):
        """Types @text, letter by letter, to whatever has the focus."""
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "15", text], check=True)

    def type_secret(self, text):
        """Types @text on the keyboard; the scenario looks for it on the buses when it ends.

        What is shorter than any PIN could stand there by chance."""
        if len(text) >= SHORTEST:
            self.secrets.add(text)
        self.keys(*text)

    def beside(self, name, button):
        """Returns the first button of that name after the entry @name."""
        passed = False
        for role, its_name, node in self.walk():
            passed = passed or (role == "text" and its_name == name)
            if passed and role == "push button" and its_name == button:
                return node
        return None

    def fill_secret(self, name, text):
        """Types @text in the place of what an entry holds: the accessibility bus gets no secret."""
        node = self.find("text", name)
        self.wait(lambda: self.is_sensitive(node), f"{name} to be typed into")
        self.wait(self.has_keyboard, "the keyboard")
        self.go_to(self.beside(name, PEEK))
        self.keys("shift+Tab", "ctrl+a", "BackSpace")
        self.wait(lambda: self.text_of(node) == "", f"{name} to be empty")
        if text:
            self.type_secret(text)
            self.wait(lambda: len(self.text_of(node)) == len(text), f"{name} typed")

    def go_to(self, node):
        """Moves the focus there, with the keyboard. Texts do not tell that they have it."""
        for _ in range(60):
            if self.is_focused(node):
                return
            moves = self.focus_moves
            self.keys("Tab")
            deadline = time.monotonic() + 1
            while self.focus_moves == moves and time.monotonic() < deadline:
                self.changed = False
                self._next_event(0.1)
        self.wait(lambda: self.is_focused(node), f"the focus on {node.get_name()}")

    def has_keyboard(self):
        """Whether one of the program's windows is the one that hears the keyboard."""
        window = subprocess.run(["xdotool", "getwindowfocus", "getwindowpid"], capture_output=True,
                                text=True).stdout.strip()
        return window == str(self.program.pid)

    def activate(self, action, parameter=None):
        """Activates on the session bus one of the few actions that the application exports."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync(APPLICATION_ID, OBJECT_PATH, "org.gtk.Actions", "Activate",
                      GLib.Variant("(sava{sv})", (action, [] if parameter is None else [parameter], {})),
                      None, Gio.DBusCallFlags.NONE, -1, None)

    def press_keys(self, *names):
        """keys(), as soon as the program's window hears them."""
        self.wait(self.has_keyboard, "the keyboard")
        self.keys(*names)

    def choose_in_menu(self, label, steps):
        """Opens the main menu and takes its item @label, which is @steps down."""
        self.press_keys("F10")
        self.read(label)
        self.settle()
        self.keys(*["Down"] * steps, "Return")

    def output_line(self):
        """Returns the next line of the program's standard output."""
        return self.program.stdout.readline()

    def picture(self, path, title=None):
        """Saves what the screen shows where the program's largest window is, or that of @title."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _, x, y, width, height = self._place(title)
        subprocess.run(["import", "-silent", "-window", "root", "-crop",
                        f"{width - 2 * FRAME}x{height - 2 * FRAME}+{x + FRAME}+{y + FRAME}",
                        "+repage", "-strip", f"PNG24:{path}"], check=True)

    def resize(self, title, width, height):
        """Makes the window of @title so large, frame not counted, at the screen's corner."""
        window = str(self._place(title)[0])
        subprocess.run(["xdotool", "windowsize", "--sync", window, str(width + 2 * FRAME),
                        str(height + 2 * FRAME), "windowmove", window, str(-FRAME), str(-FRAME)],
                       check=True)

    def _place(self, title=None):
        """(window, x, y, width, height) on the screen."""
        places = []
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                                str(self.program.pid)], capture_output=True, text=True)
        for window in found.stdout.split():
            name = subprocess.run(["xdotool", "getwindowname", window], capture_output=True,
                                  text=True).stdout.strip()
            if title is not None and name != title:
                continue
            shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                                   capture_output=True, text=True).stdout
            place = dict(line.split("=") for line in shell.split())
            places.append(tuple(int(place[key])
                                for key in ("WINDOW", "X", "Y", "WIDTH", "HEIGHT")))
        return max(places, key=lambda place: place[3] * place[4])

    def describe(self):
        lines = []

        def add(node, depth):
            for index in range(node.get_child_count()):
                child = node.get_child_at_index(index)
                if child is None:
                    continue
                words = child.get_name() or self.text_of(child)
                if words:
                    lines.append(f"{'  ' * depth}{child.get_role_name()}: {words}")
                add(child, depth + 1)

        try:
            add(self.root, 1)
        except (GLib.Error, AttributeError):
            pass
        return "\n".join(lines) + "\n"

    def errors(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def close(self):
        for event in EVENTS:
            self.listener.deregister(event)
        if self.program.poll() is None:
            self.program.terminate()
            try:
                self.program.wait(10)
            except subprocess.TimeoutExpired:
                self.program.kill()
                self.program.wait()
        if self.program.stdout is not None:
            self.program.stdout.close()
        self.log.close()
