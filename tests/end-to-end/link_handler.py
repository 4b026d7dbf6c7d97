"""Makes the built program what the desktop opens eonay: links with: the desktop entry and the D-Bus
service as they are installed, the update of the entries' cache, and nothing else."""

import os
import pathlib
import re
import shlex
import subprocess
import time

from gi.repository import Gio, GLib

from window_driver import APPLICATION_ID, TIMEOUT, Window, object_path

# What a desktop's session hands to the programs that its bus starts.
OF_THE_SESSION = ("HOME", "DISPLAY", "PATH", "LC_ALL", "LOCPATH", "TZ", "GDK_BACKEND", "GSK_RENDERER", "GTK_A11Y",
                  "GSETTINGS_BACKEND", "GSETTINGS_SCHEMA_DIR", "GIO_USE_VFS", "EONAY_LOCALE_DIR",
                  "EONAY_PDF_INSPECTOR", "EONAY_PDF_RENDERER", "EONAY_PKCS11_HOST", "XDG_RUNTIME_DIR",
                  "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "PCSCLITE_CSOCK_NAME")


def bus_call(method, signature, *arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         method, GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE,
                         -1, None).unpack()


class StartedProgram:
    """A program that somebody else has started, as far as Window asks for it."""

    stdout = None

    def __init__(self, pid):
        self.pid = pid
        self.returncode = None

    def poll(self):
        try:
            state = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            state = "X"
        # It may be nobody's child who would wait for it.
        if state in "XZ":
            self.returncode = 0
        return self.returncode

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("eonay", seconds)
            time.sleep(0.05)
        return self.returncode

    def terminate(self):
        os.kill(self.pid, 15)

    def kill(self):
        os.kill(self.pid, 9)


class StartedWindow(Window):
    """The window of the program that owns the application's name on the bus, once it does."""

    def __init__(self, handler):
        super().__init__([], program=StartedProgram(handler.wait_for_owner()))
        self.log.close()
        self.log = open(handler.log, "r+b")


class LinkHandler:
    def __init__(self, build):
        self.build = pathlib.Path(build)
        self.log = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "handler.log"
        self.log.touch()
        os.environ.update(GSETTINGS_SCHEMA_DIR=str(self.build / "data"), GSETTINGS_BACKEND="keyfile",
                          EONAY_PKCS11_HOST=str(self.build / "src/card/eonay-pkcs11-host"),
                          PCSCLITE_CSOCK_NAME="/nonexistent")
        self._put_program()
        self._put_entry()
        self._put_service()

    def _put_program(self):
        """Where the desktop entry finds it: it names no folder."""
        folder = pathlib.Path(os.environ["HOME"]) / "bin"
        folder.mkdir()
        self.program = folder / "eonay"
        # Whoever starts it may keep nothing of what it complains of.
        self.program.write_text(f"#!/bin/sh\nexec {shlex.quote(str(self.build / 'src/eonay'))} \"$@\" "
                                f"2>>{shlex.quote(str(self.log))}\n")
        self.program.chmod(0o755)
        os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"

    def _put_entry(self):
        folder = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "applications"
        folder.mkdir(parents=True)
        entry = self.build / f"data/{APPLICATION_ID}.desktop"
        (folder / entry.name).write_bytes(entry.read_bytes())
        subprocess.run(["update-desktop-database", folder], check=True)

    def _put_service(self):
        folder = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "dbus-1/services"
        folder.mkdir(parents=True)
        service = self.build / f"data/{APPLICATION_ID}.service"
        text, count = re.subn("^Exec=/[^ ]*/bin/eonay ", f"Exec={self.program} ", service.read_text(), flags=re.M)
        assert count == 1, text
        (folder / service.name).write_text(text)
        bus_call("ReloadConfig", "()")
        bus_call("UpdateActivationEnvironment", "(a{ss})",
                 {name: os.environ[name] for name in OF_THE_SESSION if name in os.environ})

    @staticmethod
    def owner():
        """The process that has the application's name, or None."""
        try:
            return bus_call("GetConnectionUnixProcessID", "(s)", APPLICATION_ID)[0]
        except GLib.Error:
            return None

    def wait_for_owner(self):
        end = time.monotonic() + TIMEOUT
        while (pid := self.owner()) is None:
            assert time.monotonic() < end, "nobody took the application's name\n" + self.log.read_text()
            time.sleep(0.05)
        return pid

    def wait_for_end(self):
        end = time.monotonic() + TIMEOUT
        while self.owner() is not None:
            assert time.monotonic() < end, "the program did not end"
            time.sleep(0.05)

    @staticmethod
    def open(*uris, **platform):
        """As a desktop does that activates over the bus; @platform: what it tells of the click."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync(APPLICATION_ID, object_path(APPLICATION_ID), "org.freedesktop.Application", "Open",
                      GLib.Variant("(asa{sv})", (uris, {name.replace("_", "-"): GLib.Variant("s", text)
                                                        for name, text in platform.items()})),
                      None, Gio.DBusCallFlags.NONE, 30000, None)

    @staticmethod
    def xdg_open(link, desktop=""):
        """As a browser does, on @desktop (XDG_CURRENT_DESKTOP). It may last as long as the program does."""
        subprocess.Popen(["xdg-open", link], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         env={**os.environ, "XDG_CURRENT_DESKTOP": desktop})
