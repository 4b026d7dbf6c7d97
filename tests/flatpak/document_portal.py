"""The desktop's document portal, on a session bus of its own or another."""

import os
import pathlib
import subprocess

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.portal.Documents", "/org/freedesktop/portal/documents"
REUSE, DIRECTORY = 1, 8


class DocumentPortal:
    def __init__(self, address=None):
        self.address = address
        self.daemon = None

    def __enter__(self):
        if self.address is None:
            self.daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1",
                                            f"--address=unix:path={os.environ['XDG_RUNTIME_DIR']}/bus"],
                                           stdout=subprocess.PIPE, text=True)
            self.address = self.daemon.stdout.readline().strip()
        self.environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}
        self.bus = Gio.DBusConnection.new_for_address_sync(
            self.environment["DBUS_SESSION_BUS_ADDRESS"], Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.mount = pathlib.Path(bytes(self.call("GetMountPoint", None).unpack()[0]).rstrip(b"\0").decode())
        return self

    def __exit__(self, *_):
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait(30)
        subprocess.run(["fusermount3", "-u", "-z", self.mount], capture_output=True)

    def call(self, method, arguments, descriptors=None):
        return self.bus.call_with_unix_fd_list_sync(NAME, PATH, NAME, method, arguments, None,
                                                    Gio.DBusCallFlags.NONE, 30000, descriptors, None)[0]

    def export(self, path, application):
        """Gives PATH, a file or a folder, to the application, as a file chooser would; its path in there."""
        descriptors = Gio.UnixFDList.new()
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        handle = descriptors.append(fd)
        os.close(fd)
        flags = REUSE | (DIRECTORY if path.is_dir() else 0)
        identifiers, _ = self.call("AddFull", GLib.Variant("(ahusas)", ([handle], flags, application,
                                                                        ["read", "write"])), descriptors).unpack()
        return f"{self.mount}/{identifiers[0]}/{path.name}"
