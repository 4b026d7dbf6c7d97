"""A file manager's window, from which files are dragged. Usage: drag_source.py FILE…

Says "ready" on standard output once its window is there, and "dropped" when another window has taken
them.
"""

import sys

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, Gtk

FILES = [Gio.File.new_for_path(path) for path in sys.argv[1:]]
loop = GLib.MainLoop()


def prepare(source, x, y):
    uris = "".join(f"{file.get_uri()}\r\n" for file in FILES)
    return Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(uris.encode()))


def ended(source, drag, delete_data):
    print("dropped", flush=True)
    loop.quit()


Gtk.init()
window = Gtk.Window(title="drag-source", default_width=200, default_height=200, decorated=False)
label = Gtk.Label(label="files", hexpand=True, vexpand=True)
source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
source.connect("prepare", prepare)
source.connect("drag-end", ended)
label.add_controller(source)
window.set_child(label)
window.connect("map", lambda *ignored: print("ready", flush=True))
window.present()
loop.run()
