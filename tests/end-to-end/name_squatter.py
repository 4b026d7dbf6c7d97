#!/usr/bin/python3
"""A program that takes an application's name on the session bus, takes what is asked of it, and does nothing.

Run as a program with the name and the path of its object as arguments, it says "there" once it has
them."""

import subprocess
import sys

from gi.repository import Gio, GLib

XML = """<node><interface name="org.gtk.Application">
<method name="Activate"><arg type="a{sv}" direction="in"/></method></interface>
<interface name="org.gtk.Actions">
<method name="DescribeAll"><arg type="a{s(bgav)}" direction="out"/></method></interface></node>"""


class NameSquatter:
    """The program below, for as long as the block lasts."""

    def __init__(self, name, path):
        self.arguments = (name, path)

    def __enter__(self):
        self.program = subprocess.Popen([sys.executable, __file__, *self.arguments],
                                        stdout=subprocess.PIPE, text=True)
        assert self.program.stdout.readline() == "there\n"
        return self

    def __exit__(self, *_):
        self.program.terminate()
        self.program.wait()
        self.program.stdout.close()


def on_call(_connection, _sender, _path, _interface, method, _parameters, invocation):
    nothing = GLib.Variant("(a{s(bgav)})", ({},))
    invocation.return_value(nothing if method == "DescribeAll" else None)


def main(name, path):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
        bus.register_object(path, interface, on_call, None, None)
    Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE,
                                   lambda *_: print("there", flush=True), None)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
