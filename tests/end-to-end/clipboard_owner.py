#!/usr/bin/python3
"""Another program from which something was copied: has standard input on both clipboards.

Says "owned" once it has, and serves whoever pastes until it is ended."""

import os
import sys

import gi

gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, GLib


def main():
    display = Gdk.Display.open(os.environ["DISPLAY"])
    content = Gdk.ContentProvider.new_for_bytes("text/plain;charset=utf-8",
                                                GLib.Bytes.new(sys.stdin.buffer.read()))
    display.get_clipboard().set_content(content)
    display.get_primary_clipboard().set_content(content)
    display.sync()
    print("owned", flush=True)
    GLib.MainLoop().run()


main()
