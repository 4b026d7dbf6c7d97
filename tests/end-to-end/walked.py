"""The window by keyboard alone: Tab comes round, and names what it stops at."""

import re

from my_pin import open_my_card
from scenario import Scenario

STEPS = 40
CLASS = re.compile(r"^(Gtk|Adw|Eonay)[A-Z]")


def focused(window):
    for role, name, node in window.walk():
        if window.is_focused(node):
            return node.path, role, name
    return None


def walk_round(window):
    """Every stop of one round of Tab; fails where the focus sticks, or on a stop without a name."""
    window.wait(window.has_keyboard, "the keyboard")
    stops = []
    for _ in range(STEPS):
        assert window.tab(3), f"Tab sticks after {stops}"
        stop = focused(window)
        if stops and stop[0] == stops[0][0]:
            break
        stops.append(stop)
    else:
        raise AssertionError(f"Tab does not come round: {stops}")
    nameless = [stop for stop in stops if not stop[2] or CLASS.match(stop[2])]
    assert not nameless, nameless
    assert len(stops) > 2, stops
    return stops


def walked(build, name):
    with Scenario(build, name) as it:
        window = it.window
        with it.step("the code page", "code"):
            window.read("^AYŞE DENEME · ")
            walk_round(window)
        with it.step("a code that is wrong, whose short code can be reached", "wrong-code"):
            it.enter_code("123456789012345")
            window.read("KOD-")
            assert [name for _, _, name in walk_round(window) if name.startswith("KOD-")]
        with it.step("the review", "review"):
            it.open_review()
            names = [name for _, _, name in walk_round(window)]
            assert len([name for name in names if "AYŞE DENEME" in name]) == 2, names
        with it.step("My Card", "my-card"):
            open_my_card(window)
            window.read("^PIN: ")
            walk_round(window)
