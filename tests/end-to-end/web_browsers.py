"""Browsers that open a page's eonay: links by way of the desktop, without asking first: what a person agrees
to once is set up beforehand, as an administrator does it."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import time

CHROMIUM_POLICIES = "/etc/chromium/policies"
FIREFOX_POLICIES = "/usr/share/firefox-esr/distribution"
TIMEOUT = 60


@contextlib.contextmanager
def chromium(page, desktop):
    """Yields a function that clicks what has an id on @page. Needs mounts of its own (tests/isolated)."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By

    home = pathlib.Path(os.environ["HOME"])
    put_policy(CHROMIUM_POLICIES, "managed/eonay.json", may_open_links(page.origin))
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # Its own sandbox does not start for root.
    for option in ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server",
                   "--headless=new", f"--user-data-dir={home}/chromium"):
        options.add_argument(option)
    service = Service("/usr/bin/chromedriver", env={**os.environ, "XDG_CURRENT_DESKTOP": desktop})
    driver = webdriver.Chrome(service=service, options=options)
    try:
        driver.set_page_load_timeout(TIMEOUT)
        driver.get(page.url)
        yield lambda identifier: driver.find_element(By.ID, identifier).click()
    finally:
        driver.quit()


def may_open_links(origin):
    """The policy of that name, which both browsers have: whoever has none is asked, and can agree for good."""
    return {"AutoLaunchProtocolsFromOrigins": [{"protocol": "eonay", "allowed_origins": [origin]}]}


def put_policy(folder, name, policy):
    """Where only what runs here finds it."""
    os.makedirs(folder, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
    path = pathlib.Path(folder) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(policy))


class Marionette:
    """Firefox's own remote control: JSON with its length before it, over TCP."""

    def __init__(self, port):
        end = time.monotonic() + TIMEOUT
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
                break
            except ConnectionRefusedError:
                assert time.monotonic() < end, "Firefox does not listen"
                time.sleep(0.1)
        self.stream = self.socket.makefile("rb")
        self.count = 0
        self._read()

    def _read(self):
        length = b""
        while (digit := self.stream.read(1)) != b":":
            assert digit, "Firefox has gone"
            length += digit
        return json.loads(self.stream.read(int(length)))

    def ask(self, command, **parameters):
        self.count += 1
        words = json.dumps([0, self.count, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(words), words))
        _, _, error, result = self._read()
        assert error is None, (command, error)
        return result

    def click(self, identifier):
        found = self.ask("WebDriver:FindElement", using="css selector", value=f"#{identifier}")["value"]
        self.ask("WebDriver:ElementClick", id=next(iter(found.values())))

    def close(self):
        self.socket.close()


PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False, "network.proxy.type": 0, "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False, "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def firefox(page, desktop):
    """Yields a function that clicks what has an id on @page. Needs mounts of its own (tests/isolated)."""
    profile = pathlib.Path(os.environ["HOME"]) / "firefox"
    profile.mkdir()
    port = free_port()
    (profile / "user.js").write_text("".join(
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in {**PREFERENCES, "marionette.port": port}.items()))
    put_policy(FIREFOX_POLICIES, "policies.json", {"policies": may_open_links(page.origin)})
    log = open(profile / "log", "wb")
    program = subprocess.Popen(["firefox-esr", "--marionette", "--no-remote", "--profile", profile],
                               stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                               env={**os.environ, "XDG_CURRENT_DESKTOP": desktop, "MOZ_CRASHREPORTER_DISABLE": "1"})
    try:
        remote = Marionette(port)
        remote.ask("WebDriver:NewSession", capabilities={})
        remote.ask("WebDriver:Navigate", url=page.url)
        yield remote.click
        remote.close()
    finally:
        program.terminate()
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        log.close()
