"""A key that is held down answers no question that it has brought up."""

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
            it.read_signed()
