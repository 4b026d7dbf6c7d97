"""What a program shows on the accessibility bus, read as a whole.

Node by node that is three calls for each of hundreds of nodes. org.a11y.atspi.Cache tells in one
call all that the program has made up its mind about; what it has not, it does when its children
are asked for.
"""

import json
import os

import gi

gi.require_version("Gio", "2.0")
gi.require_version("Json", "1.0")
from gi.repository import Gio, GLib, Json

ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
REGISTRY = "org.a11y.atspi.Registry"
ACCESSIBLE = "org.a11y.atspi.Accessible"
TEXT = "org.a11y.atspi.Text"
EDITABLE = "org.a11y.atspi.EditableText"
ACTION = "org.a11y.atspi.Action"
PROPERTIES = "org.freedesktop.DBus.Properties"

ACTIVE, FOCUSABLE, FOCUSED, SENSITIVE = 1, 11, 12, 24  # AtspiStateType
LABELLED_BY = 2  # AtspiRelationType

# AtspiRole, and what newer versions of GTK call the same thing.
ROLES = {2: "alert", 7: "check box", 8: "menu item", 11: "combo box", 16: "dialog", 20: "filler",
         23: "frame", 27: "image", 29: "label", 31: "list", 32: "list item", 35: "menu item",
         37: "page tab", 39: "panel", 40: "text", 42: "progress bar", 43: "push button",
         44: "check box", 45: "menu item", 49: "scroll pane", 54: "status bar", 61: "text", 62: "push button",
         79: "text", 130: "switch"}


def connect():
    """The accessibility bus of this session."""
    address = os.environ.get("AT_SPI_BUS_ADDRESS")
    if not address:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                    None, None, Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


def call(bus, name, path, interface, member, arguments=None):
    """Returns the first of what is answered, or None. Of arrays there are lists."""
    answer = bus.call_sync(name, path, interface, member, arguments, None,
                           Gio.DBusCallFlags.NONE, -1, None)
    # GVariant's own unpack() takes seconds for the hundreds of nodes of a page.
    values = json.loads(Json.gvariant_serialize_data(answer)[0])
    return values[0] if values else None


class Node:
    """One thing on the screen. @role and @name are what they were when the tree was read; all
    else is asked for."""

    def __init__(self, tree, item):
        self.tree = tree
        self.path = item[0][1]
        self.parent = item[2][1]
        self.place, self.count = item[3:5]
        self.is_text = TEXT in item[5]
        self.name = item[6]
        self.role = ROLES.get(item[7], f"role {item[7]}")
        self.states = item[9][0]  # as they were, too

    def ask(self, interface, member, signature="", *arguments):
        return call(self.tree.bus, self.tree.sender, self.path, interface, member,
                    GLib.Variant(f"({signature})", arguments) if signature else None)

    def get(self, interface, name):
        return self.ask(PROPERTIES, "Get", "ss", interface, name)

    def is_page(self):
        """Whether it may take turns with others, at one place: a page, a row, or what is hidden and has
        lost its class's name for it."""
        return self.role in ("list item", "panel") \
            or self.name.startswith("Eonay") or self.role == "filler" and self.name == ""

    def was_in_state(self, state):
        """When the tree was read."""
        return bool(self.states >> state & 1)

    def is_in_state(self, state):
        return bool(self.ask(ACCESSIBLE, "GetState")[0] >> state & 1)

    def ask_labels(self):
        """The paths of what labels it."""
        return [path for kind, targets in self.ask(ACCESSIBLE, "GetRelationSet") if kind == LABELLED_BY
                for _, path in targets]

    def count_characters(self):
        return self.get(TEXT, "CharacterCount")

    def text(self):
        return self.ask(TEXT, "GetText", "ii", 0, self.count_characters()) if self.is_text else ""

    def enter(self, text):
        """Puts @text in the place of what an entry holds."""
        self.ask(EDITABLE, "DeleteText", "ii", 0, self.count_characters())
        if text:
            self.ask(EDITABLE, "InsertText", "isi", 0, text, len(text.encode()))

    def press(self):
        self.ask(ACTION, "DoAction", "i", 0)


class AccessibleTree:
    """Of the process @pid; LookupError until it is on the bus."""

    def __init__(self, bus, pid):
        self.bus = bus
        self.sender = self._find(pid)

    def _find(self, pid):
        for name, _ in call(self.bus, REGISTRY, ROOT, ACCESSIBLE, "GetChildren"):
            try:
                its = call(self.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                           "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                           GLib.Variant("(s)", (name,)))
            except GLib.Error:
                continue
            if its == pid:
                return name
        raise LookupError(f"process {pid} is not on the accessibility bus")

    def ask_anything(self):
        """Comes back when the program answers, which it does when it is through with what it was at.
        What it told before is heard first."""
        call(self.bus, self.sender, ROOT, PROPERTIES, "Get",
             GLib.Variant("(ss)", (ACCESSIBLE, "ChildCount")))

    def listen(self, heard):
        """Calls @heard(path, event, kind, detail) for everything that the program tells of
        itself, such as (…, "StateChanged", "focused", 1)."""
        for kind in ("object:", "window:"):
            call(self.bus, REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent",
                 GLib.Variant("(sass)", (kind, [], "")))

        def on_signal(bus, sender, path, interface, member, parameters, *ignored):
            if interface.startswith("org.a11y.atspi.Event."):
                heard(path, member, *parameters.unpack()[:4])

        return self.bus.signal_subscribe(self.sender, None, None, None, None,
                                         Gio.DBusSignalFlags.NONE, on_signal)

    def nodes(self):
        """Yields (depth, Node) of everything that is not hidden, parents first.

        Of the windows the last comes first: what is asked for is mostly there."""
        nodes, children = self._read()

        def under(path, depth):
            own = children.get(path, [])
            for its in reversed(own) if path == ROOT else own:
                if its in nodes:
                    yield depth, nodes[its]
                    yield from under(its, depth + 1)

        return under(ROOT, 0)

    def _read(self):
        """({path: Node}, {path: its children's paths, in order})"""
        asked = {ROOT: self._ask_children(ROOT)}
        while True:
            nodes = {item[0][1]: Node(self, item)
                     for item in call(self.bus, self.sender, CACHE, "org.a11y.atspi.Cache", "GetItems")}
            children, places = {}, {}
            for node in sorted(nodes.values(), key=lambda node: node.place):
                children.setdefault(node.parent, []).append(node.path)
                places.setdefault(node.parent, []).append(node.place)
            children.update(asked)
            changing = {node.parent for node in nodes.values() if node.is_page()}
            new = False
            for path in self._reached(children):
                # What is hidden may be listed, at a place that is another's.
                if path in asked or path not in nodes or path not in changing \
                        and places.get(path, []) == list(range(nodes[path].count)):
                    continue
                asked[path] = children[path] = self._ask_children(path)
                new = new or any(its not in nodes for its in asked[path])
            if not new:
                return nodes, children

    @staticmethod
    def _reached(children):
        found = [ROOT]
        for path in found:
            found += children.get(path, [])
        return found

    def _ask_children(self, path):
        try:
            return [its for _, its in call(self.bus, self.sender, path, ACCESSIBLE, "GetChildren")]
        except GLib.Error:  # it went while it was asked
            return []
