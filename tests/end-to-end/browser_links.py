"""A link on a web page, clicked in a real browser, and the window that it leads to."""

import os
import shutil

import tap
from links import DIGITS, HOSTILE, NO_LINK, RLO, SHOWN, STRANGER, Linked
from web_browsers import chromium, firefox
from web_page import WebPage

# A hundred, of those that browsers hand on at all.
OF_A_PAGE = ([link for link in HOSTILE if len(link) < 10000 and "%00" not in link] * 100)[:100]


def wait_until_told(it, click, link):
    """Until it says of @link that it is none: clicked again, as that goes by itself."""
    def question():
        click(link)
        return it.window.says(NO_LINK)
    it.window.wait(question, "what is said of it")


def clicked(build, name, browser, hostile):
    with Linked(build, name) as it:
        code = it.browser.new_code("login")
        page = WebPage(f"eonay:{code}?portal=kurum", f"eonay:{SHOWN}?portal=deneme", *OF_A_PAGE)
        with browser(page, "GNOME") as click:
            with it.step("a click on a page starts the program, and the code is filled in", "cold"):
                click("link-0")
                it.find_window()
                it.wait_for_code(code)
                it.window.read("^Kurum Portalı$")
            with it.step("a click while it runs goes to the same window", "warm"):
                pid = it.handler.owner()
                click("link-1")
                it.wait_for_code(SHOWN)
                it.window.read("^DENEME$")
                assert it.handler.owner() == pid
            with it.step("a page that has a hundred links opened that are none changes nothing", "hostile"):
                wait_until_told(it, click, "link-2")
                hostile(click)
                wait_until_told(it, click, "link-7")
                assert it.handler.owner() == pid and it.code() in (SHOWN, code), it.window.describe()
                words = it.window.describe()
                assert STRANGER not in words and RLO not in words, words
        with it.step("nobody came to any portal, and the code can be gone on with", "review"):
            it.nobody_came()
            it.handler.open(f"eonay:{code}?portal=kurum")
            it.wait_for_code(code)
            it.window.press("İleri")
            it.window.read("^Portala e-imza ile giriş$")
            assert list(it.portal.counts()) == ["kurum"], it.portal.counts()
        page.close()


def require(*programs):
    if "EONAY_TEST_ISOLATED" not in os.environ:
        tap.skip_all("the browser's policy needs mounts of its own")
    for program in programs:
        if shutil.which(program) is None:
            tap.skip_all(f"{program} is not installed")


def chromium_links(build, name):
    require("chromium", "chromedriver", "xdg-open")
    clicked(build, name, chromium, lambda click: click("all"))


def firefox_links(build, name):
    def click_each(click):
        for number in range(len(OF_A_PAGE)):
            click(f"link-{number + 2}")

    require("firefox-esr", "xdg-open")
    # Of links that a script clicks without a pause it follows the last one only.
    clicked(build, name, firefox, click_each)
