"""`eonay` as people have it, not in practice mode: card and portal are programs of their own."""

import json
import os
import pathlib
import subprocess

import pcsc_service
from browser import Browser
from scenario import Scenario
from window_driver import Window


class OutsideScenario(Scenario):
    """A window with a portal beside it."""

    def _open_portal(self, ca_file):
        self.portal = subprocess.Popen(
            [self.build / "src" / "practice" / "eonay-practice-portal", "--trust", ca_file],
            stdout=subprocess.PIPE, text=True)
        told = json.loads(self.portal.stdout.readline())
        told["signer_ca_file"] = str(ca_file)
        self.browser = Browser(json.dumps(told))
        profiles = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "eonay" / "portals.d"
        profiles.mkdir(parents=True)
        (profiles / "deneme.json").write_text(json.dumps(
            {"id": "deneme", "name": "DENEME", "base_url": told["base_url"],
             "ca_file": told["ca_file"]}))

    def _open_window(self, **environment):
        self.window = Window([self.build / "src" / "eonay"], logged=True,
                             GSETTINGS_BACKEND="keyfile",
                             GSETTINGS_SCHEMA_DIR=str(self.build / "data"), **environment)

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.portal.terminate()
        self.portal.wait(10)
        return done


class CardScenario(OutsideScenario):
    """A card in pcscd's virtual reader. @pins: options of eonay-practice-card."""

    kind = "valid"
    pins = ()

    def _open(self, environment):
        ca_file = pathlib.Path(os.environ["HOME"]) / "ca.pem"
        os.environ["EONAY_PKCS11_HOST"] = str(self.build / "src" / "card" / "eonay-pkcs11-host")
        self.service = pcsc_service.PcscService()
        self.service.__enter__()
        self.card = pcsc_service.PluggedCard(
            self.build / "src" / "practice" / "eonay-practice-card", self.kind, ca_file,
            *self.pins)
        self.card.__enter__()
        self._open_portal(ca_file)
        self._open_window(**environment)

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.card.__exit__()
        self.service.__exit__()
        return done
