"""A desktop of our own: X server, window manager, session bus and accessibility bus, all private.

Start it before anything of GObject introspection is imported: AT-SPI looks for the bus once.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from bus_recording import BusRecordings

SCREEN = "1366x768x24"


class Desktop:
    """Runs until stop(); its environment is put into os.environ, for this program and its own.

    @recordings has what went over its buses."""

    def __init__(self, screen=SCREEN):
        self.screen = screen
        self.children = []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="eonay-desktop-"))
        self.recordings = BusRecordings()

    def __enter__(self):
        try:
            self._make_home()
            self._start_display()
            self._start_bus()
            self._start_window_manager()
            self.recordings.start(os.environ["DBUS_SESSION_BUS_ADDRESS"])
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *ignored):
        self.stop()

    def _make_home(self):
        for variable, name in (("HOME", "home"), ("XDG_RUNTIME_DIR", "run"),
                               ("XDG_CONFIG_HOME", "home/config"), ("XDG_DATA_HOME", "home/data"),
                               ("XDG_CACHE_HOME", "home/cache")):
            path = self.folder / name
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.environ[variable] = str(path)
        settings = self.folder / "home/config/gtk-4.0/settings.ini"
        settings.parent.mkdir()
        settings.write_text("[Settings]\ngtk-font-name=Cantarell 11\ngtk-xft-antialias=1\n")
        for variable in ("WAYLAND_DISPLAY", "XAUTHORITY", "NO_AT_BRIDGE", "AT_SPI_BUS_ADDRESS",
                         "DESKTOP_SESSION", "XDG_CURRENT_DESKTOP", "GTK_THEME", "GTK_MODULES"):
            os.environ.pop(variable, None)
        os.environ.update(GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="atspi",
                          GSETTINGS_BACKEND="memory", GIO_USE_VFS="local")

    def _start(self, *command, **options):
        child = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, **options)
        self.children.append(child)
        return child

    def _start_display(self):
        reader, writer = os.pipe()
        self._start("Xvfb", "-displayfd", str(writer), "-screen", "0", self.screen, "-nolisten",
                    "tcp", "-noreset", pass_fds=[writer], stdout=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"

    def _start_bus(self):
        address = f"unix:path={self.folder}/run/bus"
        bus = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1",
                          f"--address={address}", stdout=subprocess.PIPE, text=True)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        if not os.environ["DBUS_SESSION_BUS_ADDRESS"]:
            raise RuntimeError("dbus-daemon did not start")

    def _start_window_manager(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["xsetroot", "-solid", "#deddda"], check=True, **quiet)
        self._start("openbox", "--sm-disable", stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while b"window id" not in subprocess.run(
                ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True).stdout:
            if time.monotonic() > deadline:
                raise RuntimeError("the window manager did not start")
            time.sleep(0.05)

    def stop(self):
        self.recordings.stop()
        for child in reversed(self.children):
            try:
                os.killpg(child.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        for child in reversed(self.children):
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self.children.clear()
        shutil.rmtree(self.folder, ignore_errors=True)
