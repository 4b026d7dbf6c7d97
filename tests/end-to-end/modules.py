"""The main job with a PKCS#11 module instead of a card: SoftHSM2, and the shim around it."""

import os
import pathlib
import re
import subprocess

from outside import OutsideScenario
from scenario import PIN, WRONG_PIN

SETTINGS = "[io/github/eonay/Eonay]\npkcs11-modules=['{}']\n"


class ModuleScenario(OutsideScenario):
    """A module instead of a card service."""

    pins = ()  # of the token: PIN and PUK; empty for the usual ones

    def _open(self, environment):
        run = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        config = pathlib.Path(os.environ["XDG_CONFIG_HOME"])
        self.token = run / "token"
        self.token.mkdir()
        subprocess.run([self.build / "tests" / "shim" / "softhsm-token",
                        os.environ["EONAY_SOFTHSM"], self.token, *self.pins], check=True,
                       stdout=subprocess.DEVNULL)
        self._open_portal(self.token / "ca.pem")
        settings = config / "glib-2.0" / "settings" / "keyfile"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS.format(self.build / "tests" / "shim" / "eonay-shim.so"))
        (self.token / "wrong").write_text(environment.pop("wrong", "0"))
        self._open_window(
            PCSCLITE_CSOCK_NAME="/nonexistent", SOFTHSM2_CONF="/nonexistent",
            EONAY_SHIM_CONF=str(self.token / "softhsm2.conf"),
            EONAY_SHIM_MODULE=os.environ["EONAY_SOFTHSM"], EONAY_SHIM_STATE=str(self.token / "wrong"),
            EONAY_SHIM_LOG=str(self.token / "log"), EONAY_PKCS11_HOST_FOLDER=str(self.token),
            **environment)

    def choose_key(self, kind):
        """Chooses the certificate whose row says @kind; none is chosen before."""
        names = [name for _, name, _ in self.window.walk() if re.search(r"RSA-\d+|P-\d+", name)]
        kinds = list(dict.fromkeys(re.search(r"RSA-\d+|P-\d+", name).group() for name in names))
        self.choose(kinds.index(kind))

    def signer_key(self, code):
        """How OpenSSL describes the key that signed."""
        command = "openssl cms -verify -noverify -inform DER -signer /dev/stderr -out /dev/null"
        signer = subprocess.run(command.split(), input=self.browser.signature(code),
                                capture_output=True, check=True).stderr
        return subprocess.run(["openssl", "x509", "-noout", "-text"], input=signer,
                              capture_output=True, check=True).stdout.decode()


def sign_with(build, name, kind, words):
    with ModuleScenario(build, name, EONAY_SHIM="") as it:
        window = it.window
        with it.step("a module's token is there without a card reader", "code"):
            window.read("AYŞE DENEME")
        with it.step("a wrong PIN is told, and nothing is sent", "wrong"):
            code = it.open_review()
            it.choose_key(kind)
            it.sign(WRONG_PIN)
            window.read("PIN yanlış")
            assert it.browser.transaction(code)["submissions"] == 0
        with it.step(f"the right one signs with {kind}", "result"):
            it.type_pin(PIN)
            window.keys("Return")
            it.read_signed()
            assert it.verify(code)
            assert words in it.signer_key(code), it.signer_key(code)


def module_rsa(build, name):
    sign_with(build, name, "RSA-2048", "(2048 bit)")


def module_p256(build, name):
    sign_with(build, name, "P-256", "P-256")


def module_p384(build, name):
    sign_with(build, name, "P-384", "P-384")


def module_locked(build, name):
    with ModuleScenario(build, name, EONAY_SHIM="lock", wrong="3") as it:
        window = it.window
        with it.step("a token whose PIN is locked is listed with its reason", "locked"):
            it.open_review()
            window.read("PIN kilitli")
        with it.step("and cannot be chosen to sign"):
            window.find("push button", "İmzala")
            assert not window.can_press("İmzala")


def module_crash(build, name):
    with ModuleScenario(build, name, EONAY_SHIM="crash=C_Sign") as it:
        window = it.window
        with it.step("a module that crashes while it signs leaves the window standing", "crashed"):
            code = it.open_review()
            it.choose(0)
            it.sign()
            window.read("KART-19")
        with it.step("nothing was sent, and the time still runs"):
            assert it.browser.transaction(code)["submissions"] == 0
            window.read("^Kalan süre: ")
