"""A key that is held down, or pressed again in a hurry, answers no question that it has brought up."""

import subprocess

from scenario import PIN, Scenario

# Seconds: longer than any desktop waits before it repeats a key, and than a question cannot be answered.
HELD = "2.5"


def hold(*names):
    """Holds the last of the keys down, and all before it, as a hand that is heavy."""
    down = [word for name in names for word in ("keydown", name)]
    up = [word for name in reversed(names) for word in ("keyup", name)]
    subprocess.run(["xdotool", *down, "sleep", HELD, *up], check=True)


def held_keys(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the mnemonic that asks whether to decline does not answer", "declining"):
            code = it.open_review()
            window.wait(window.has_keyboard, "the keyboard")
            hold("alt", "v")
            window.read("vazgeçilsin mi")
            assert it.browser.transaction(code)["state"] == "waiting", it.browser.transaction(code)
            window.press("Metne dön")
        with it.step("Enter that sends the PIN does not close the result before it is seen", "result"):
            it.ask_pin()
            it.type_pin(PIN)
            hold("Return")
            window.read("^İmzalandı$")
        with it.step("nor does it when it is pressed again and again"):
            window.press("Yeni kod")
            it.open_review()
            it.ask_pin()
            it.type_pin(PIN)
            subprocess.run(["xdotool", "key", "--delay", "60", "--repeat", "60", "Return"], check=True)
            window.read("^İmzalandı$")
            it.read_signed()
