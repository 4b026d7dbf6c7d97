#!/usr/bin/python3
"""systemd's part on a system bus of the test's own: it starts the card service, or refuses.

Run as a program with the service's command as arguments, it says "ready" once it can be asked. While
the file REFUSES exists, it answers as where no polkit agent is there to ask the person."""

import os
import pathlib
import subprocess
import sys

from gi.repository import Gio, GLib

REFUSES = "refuses"
PATH = "/org/freedesktop/systemd1"
INTERFACE = "org.freedesktop.systemd1.Manager"
XML = f"""<node><interface name="{INTERFACE}">
<method name="Subscribe"/>
<method name="StartUnit"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="o" direction="out"/></method>
<signal name="JobRemoved"><arg type="u"/><arg type="o"/><arg type="s"/><arg type="s"/></signal>
</interface></node>"""


class StandInSystemd:
    """The program below with a bus of its own, for as long as the block lasts; @command: of the
    service. os.environ points at the bus."""

    def __init__(self, *command):
        self.folder = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "system"
        self.command = command

    def __enter__(self):
        self.folder.mkdir()
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1",
             f"--address=unix:path={self.folder}/bus"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        self.program = subprocess.Popen([sys.executable, __file__, self.folder, *self.command],
                                        stdout=subprocess.PIPE, text=True)
        assert self.program.stdout.readline().strip() == "ready"
        return self

    def set_refuses(self, refuses):
        if refuses:
            (self.folder / REFUSES).touch()
        else:
            (self.folder / REFUSES).unlink()

    def __exit__(self, *ignored):
        for child in (self.program, self.bus):
            child.terminate()
            child.wait(10)
            child.stdout.close()
        del os.environ["DBUS_SYSTEM_BUS_ADDRESS"]


def main():
    folder, *command = sys.argv[1:]
    bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)
    node = Gio.DBusNodeInfo.new_for_xml(XML)
    services = []
    subscribers = set()

    def on_call(connection, sender, path, interface, method, parameters, invocation):
        if method == "Subscribe" and sender in subscribers:
            invocation.return_dbus_error("org.freedesktop.systemd1.AlreadySubscribed", "As it was")
        elif method == "Subscribe":
            subscribers.add(sender)
            invocation.return_value(None)
        elif os.path.exists(os.path.join(folder, REFUSES)):
            invocation.return_dbus_error(
                "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", "No agent")
        else:
            services.append(subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                             stderr=subprocess.DEVNULL))
            invocation.return_value(GLib.Variant("(o)", ("/job/1",)))
            bus.emit_signal(None, PATH, INTERFACE, "JobRemoved",
                            GLib.Variant("(uoss)", (1, "/job/1", parameters.unpack()[0], "done")))

    bus.register_object(PATH, node.interfaces[0], on_call, None, None)
    Gio.bus_own_name_on_connection(bus, "org.freedesktop.systemd1", Gio.BusNameOwnerFlags.NONE,
                                   lambda *ignored: print("ready", flush=True), None)
    loop = GLib.MainLoop()
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, 15, loop.quit)
    loop.run()
    for service in services:
        service.terminate()
        service.wait(10)


if __name__ == "__main__":
    main()
