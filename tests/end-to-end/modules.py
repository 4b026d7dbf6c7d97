"""The main job with a PKCS#11 module instead of a card: SoftHSM2, and the shim around it."""

import json
import os
import pathlib
import subprocess

from browser import Browser
from scenario import PIN, WRONG_PIN, Scenario
from window_driver import Window

N_CERTIFICATES = 3
SETTINGS = "[io/github/eonay/Eonay]\npkcs11-modules=['{}']\n"


class ModuleScenario(Scenario):
    """Opens `eonay` without a card service, with a module, and with a portal beside it."""

    def _open(self, environment):
        run = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        config = pathlib.Path(os.environ["XDG_CONFIG_HOME"])
        self.token = run / "token"
        self.token.mkdir()
        subprocess.run([self.build / "tests" / "shim" / "softhsm-token",
                        os.environ["EONAY_SOFTHSM"], self.token], check=True,
                       stdout=subprocess.DEVNULL)
        self._open_portal(config)
        settings = config / "glib-2.0" / "settings" / "keyfile"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS.format(self.build / "tests" / "shim" / "eonay-shim.so"))
        (run / "wrong").write_text(environment.pop("wrong", "0"))
        self.window = Window(
            [self.build / "src" / "eonay"], GSETTINGS_BACKEND="keyfile",
            GSETTINGS_SCHEMA_DIR=str(self.build / "data"),
            PCSCLITE_CSOCK_NAME="/nonexistent", SOFTHSM2_CONF="/nonexistent",
            EONAY_SHIM_CONF=str(self.token / "softhsm2.conf"),
            EONAY_SHIM_MODULE=os.environ["EONAY_SOFTHSM"], EONAY_SHIM_STATE=str(run / "wrong"),
            EONAY_SHIM_LOG=str(run / "shim.log"), **environment)

    def _open_portal(self, config):
        self.portal = subprocess.Popen(
            [self.build / "src" / "practice" / "eonay-practice-portal", "--trust",
             self.token / "ca.pem"], stdout=subprocess.PIPE, text=True)
        told = json.loads(self.portal.stdout.readline())
        told["signer_ca_file"] = str(self.token / "ca.pem")
        self.browser = Browser(json.dumps(told))
        profiles = config / "eonay" / "portals.d"
        profiles.mkdir(parents=True)
        (profiles / "deneme.json").write_text(json.dumps(
            {"id": "deneme", "name": "DENEME", "base_url": told["base_url"],
             "ca_file": told["ca_file"]}))

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.portal.terminate()
        self.portal.wait(10)
        return done

    def signer(self, code):
        """The serial number of the certificate that signed."""
        printed = subprocess.run(["openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER"],
                                 input=self.browser.signature(code), capture_output=True, check=True)
        lines = printed.stdout.decode().splitlines()
        return next(line.split()[-1] for line in lines if "serialNumber:" in line)


def module_job(build, name):
    with ModuleScenario(build, name, EONAY_SHIM="") as it:
        window = it.window
        signers = set()
        with it.step("a module's token is there without a card reader", "code"):
            window.read("AYŞE DENEME")
        for number in range(N_CERTIFICATES):
            with it.step(f"certificate {number + 1} of the token signs", f"result-{number + 1}"):
                code = it.open_review()
                it.choose(number)
                it.sign()
                window.read("^İmzalandı$")
                assert it.verify(code)
                signers.add(it.signer(code))
                it.start_again()
        with it.step("each with its own key"):
            assert len(signers) == N_CERTIFICATES, signers
        with it.step("a wrong PIN is told, and nothing is sent", "wrong"):
            code = it.open_review()
            it.choose(0)
            it.sign(WRONG_PIN)
            window.read("PIN yanlış")
            assert it.browser.transaction(code)["submissions"] == 0
        with it.step("the right one then signs"):
            it.type_pin(PIN)
            window.keys("Return")
            window.read("^İmzalandı$")


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
