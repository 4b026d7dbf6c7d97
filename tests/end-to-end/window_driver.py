"""Drives a program's window as a screen reader would, through AT-SPI, and takes its picture.

Needs a Desktop that has been started. Everything waits for events, with a time-out; what the
window showed then is in the error.
"""

import os
import pathlib
import re
import subprocess
import time

import accessible_tree
from gi.repository import Gio, GLib

APPLICATION_ID = "io.github.eonay.Eonay"
PRACTICE_ID = APPLICATION_ID + ".Practice"
TIMEOUT = float(os.environ.get("EONAY_TEST_TIMEOUT", "40"))

# Without a compositor GTK draws a frame of its own around the window.
FRAME = 5

# Beside each entry for a secret.
PEEK = "Yazılanı göster veya gizle"

# That make sure that the program had time for what it does when there is nothing else to do.
ANSWERS = 3

# Characters of a secret, at least.
SHORTEST = 6


class NotSeen(AssertionError):
    pass


def matches(name, wanted):
    if wanted is None:
        return True
    return wanted.search(name) is not None if isinstance(wanted, re.Pattern) else name == wanted


def object_path(application_id):
    return "/" + application_id.replace(".", "/")


class Window:
    """A program with its window. @command is what to run; its output is kept line by line, or
    goes into its log if @logged. @program, which is like a Popen, already runs @command."""

    def __init__(self, command, logged=False, program=None, **environment):
        self.log = open(pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "program.log", "w+b")
        self.program = program or subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                                   stdout=self.log if logged else subprocess.PIPE,
                                                   stderr=self.log, text=True,
                                                   env={**os.environ, **environment})
        self.application_id = PRACTICE_ID if "--practice" in command else APPLICATION_ID
        self.changed = False
        self.focus_moves = 0
        self.focus = None  # the path of what got it last
        self.active = None  # the path of the window that says that it hears the keyboard
        self.secrets = set()
        self.bus = accessible_tree.connect()
        self.tree = self.wait(self._find_tree, "the program on the accessibility bus")
        self.tree.listen(self._on_event)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def _on_event(self, path, event, kind, detail, *ignored):
        self.changed = True
        if (event, kind, detail) == ("StateChanged", "focused", 1):
            self.focus_moves += 1
            self.focus = path
        if (event, kind) == ("StateChanged", "active"):
            self.active = path if detail else None

    def _find_tree(self):
        try:
            return accessible_tree.AccessibleTree(self.bus, self.program.pid)
        except LookupError:
            return None

    def wait(self, question, what, seconds=None):
        """Asks @question again at each event until it answers; returns the answer."""
        deadline = time.monotonic() + (seconds or TIMEOUT)
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

    def walk(self):
        """Yields (role, name, node) of everything that is not hidden."""
        for _, node in self.tree.nodes():
            yield node.role, node.name, node

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

    def _is_in_front(self):
        """Whether the window that came last is the one that hears the keyboard. Dialogs say so when it
        comes about, and never after."""
        front = next(node for depth, node in self.tree.nodes() if depth == 0)
        return front.path == self.active or front.was_in_state(accessible_tree.ACTIVE)

    def rest(self):
        """Waits until the window that came last hears the keyboard, and the program, asked again and
        again, has had nothing to tell in between: the focus is where it is to be."""
        self.wait(self._is_in_front, "the keyboard in the window that came last")
        quiet = 0
        while quiet < ANSWERS:
            self.changed = False
            self.tree.ask_anything()
            self._dispatch()
            quiet = 0 if self.changed else quiet + 1

    @staticmethod
    def _dispatch():
        context = GLib.MainContext.default()
        while context.iteration(False):
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
            return node.text() if node is not None else ""
        except GLib.Error:
            return ""

    @staticmethod
    def is_sensitive(node):
        return node.is_in_state(accessible_tree.SENSITIVE)

    @staticmethod
    def is_focused(node):
        return node.is_in_state(accessible_tree.FOCUSED)

    def can_press(self, name):
        """Returns the button of that name that can be pressed, or None."""
        for role, its_name, node in self.walk():
            if role == "push button" and matches(its_name, name) and self.is_sensitive(node):
                return node
        return None

    def press(self, name, seconds=None):
        """Waits for a button that can be pressed, and presses it."""
        self.wait(lambda: self.can_press(name), f"a button {name!r} to press", seconds).press()

    def read_question(self, words, yes):
        """Waits until a question is asked that can be answered with @yes, which takes a second; returns
        that button. What is behind the question may have one of the same words."""
        self.read(words)
        answer = self.find("push button", yes)
        self.wait(lambda: self.is_sensitive(answer), f"{yes!r} to be an answer")
        return answer

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

    def tab(self, seconds, key="Tab"):
        """Presses Tab, or @key. Returns whether the focus moved, within so many seconds."""
        moves = self.focus_moves
        self.keys(key)
        deadline = time.monotonic() + seconds
        while self.focus_moves == moves and time.monotonic() < deadline:
            self.changed = False
            self._next_event(0.1)
        return self.focus_moves > moves

    def go_to(self, node):
        """Moves the focus there, with the keyboard. Texts do not tell that they have it."""
        for _ in range(60):
            if self.is_focused(node):
                return
            self.tab(1)
        self.wait(lambda: self.is_focused(node), f"the focus on {node.name}")

    def has_keyboard(self):
        """Whether one of the program's windows is the one that hears the keyboard."""
        window = subprocess.run(["xdotool", "getwindowfocus", "getwindowpid"], capture_output=True,
                                text=True).stdout.strip()
        return window == str(self.program.pid)

    def activate(self, action, parameter=None):
        """Activates on the session bus one of the few actions that the application exports."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync(self.application_id, object_path(self.application_id), "org.gtk.Actions",
                      "Activate",
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

    def find_colour(self, colour):
        """Where the program's largest window has pixels of it: left, top, right, bottom on the screen."""
        _, left, top, width, height = self._place()
        shot = subprocess.run(["import", "-silent", "-window", "root", "-crop", f"{width}x{height}+{left}+{top}",
                               "+repage", "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout
        places = [at // 3 for at in (found.start() for found in re.finditer(re.escape(bytes(colour)), shot))
                  if at % 3 == 0]
        columns = [place % width for place in places]
        return (left + min(columns), top + places[0] // width, left + max(columns),
                top + places[-1] // width) if places else None

    def drag(self, start, offset):
        """Drags with the mouse from START on the screen, by so many pixels."""
        moves = [word for part in (0.3, 0.6, 1) for word in
                 ("mousemove", str(round(start[0] + part * offset[0])), str(round(start[1] + part * offset[1])),
                  "sleep", "0.05")]
        subprocess.run(["xdotool", "mousemove", *map(str, start), "mousedown", "1", *moves, "mouseup", "1"],
                       check=True)

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
            # Practice mode says so after it.
            if title is not None and name.split(" · ")[0] != title:
                continue
            shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                                   capture_output=True, text=True).stdout
            place = dict(line.split("=") for line in shell.split())
            places.append(tuple(int(place[key])
                                for key in ("WINDOW", "X", "Y", "WIDTH", "HEIGHT")))
        return max(places, key=lambda place: place[3] * place[4])

    def describe(self):
        lines = []
        try:
            for depth, node in self.tree.nodes():
                words = node.name or self.text_of(node)
                if words:
                    lines.append(f"{'  ' * (depth + 1)}{node.role}: {words}")
        except (GLib.Error, AttributeError):
            pass
        return "\n".join(lines) + "\n"

    def errors(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def close(self):
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
