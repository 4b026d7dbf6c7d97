#!/usr/bin/python3
"""Another program from which something was copied: has standard input on both clipboards.

Says "owned" once it has, and serves whoever pastes until it is ended."""

import sys

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, GLib, Gtk


def main():
    Gtk.init()
    display = Gdk.Display.get_default()
    content = Gdk.ContentProvider.new_for_bytes("text/plain;charset=utf-8",
                                                GLib.Bytes.new(sys.stdin.buffer.read()))
    display.get_clipboard().set_content(content)
    display.get_primary_clipboard().set_content(content)
    display.sync()
    print("owned", flush=True)
    GLib.MainLoop().run()


main()
