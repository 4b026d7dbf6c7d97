"""The window's diagnosis of a real card service: stopped, without a reader, with an unknown card."""

import json
import os
import pathlib
import re
import subprocess

import card_stranger
import pcsc_service
import tap
from scenario import Scenario
from window_driver import Window

DIAGNOSTICS = "Tanılama"
SIZES = {"360": (360, 720), "1366": (1366, 768)}


class DiagnosisScenario(Scenario):
    """Opens `eonay` with the machine's card service and a practice portal; light, until reopen()."""

    def _open(self, environment):
        config = pathlib.Path(os.environ["XDG_CONFIG_HOME"])
        self.portal = subprocess.Popen(
            [self.build / "src" / "practice" / "eonay-practice-portal"], stdout=subprocess.PIPE,
            text=True)
        told = json.loads(self.portal.stdout.readline())
        profiles = config / "eonay" / "portals.d"
        profiles.mkdir(parents=True)
        (profiles / "deneme.json").write_text(json.dumps(
            {"id": "deneme", "name": "Deneme Portalı", "base_url": told["base_url"],
             "ca_file": told["ca_file"]}))
        self._start("light")

    def _start(self, scheme):
        self.scheme = scheme
        self.window = Window([self.build / "src" / "eonay"],
                             ADW_DEBUG_COLOR_SCHEME=f"prefer-{scheme}",
                             GSETTINGS_SCHEMA_DIR=str(self.build / "data"))

    def __exit__(self, *reason):
        done = super().__exit__(*reason)
        self.portal.terminate()
        self.portal.wait(10)
        self.portal.stdout.close()
        return done

    def reopen(self, scheme):
        complaints = self.window.errors()
        self.window.close()
        assert "CRITICAL" not in complaints and "WARNING" not in complaints, complaints
        self._start(scheme)

    def pictures_of(self, title, name):
        """Of the window called @title, narrow and on a small laptop."""
        for size, (width, height) in SIZES.items():
            self.window.resize(title, width, height)
            self.window.settle()
            self.window.picture(self.pictures / f"{self.name}-{name}-{self.scheme}-{size}.png", title)

    def open_diagnosis(self):
        self.window.choose_in_menu("Tanılama", 2)
        self.window.find("push button", "Yeniden denetle")

    def expect(self, words, verdict="Şu anda imza atılamaz."):
        """Waits for @verdict, finds @words, and takes pictures, in light and in dark."""
        for scheme in ("light", "dark"):
            if scheme != self.scheme:
                self.reopen(scheme)
                self.open_diagnosis()
            self.window.read(f"^{verdict}$")
            for each in words:
                self.window.read(each)
            self.pictures_of(DIAGNOSTICS, "diagnosis")


def open_scenario(build, name):
    reason = pcsc_service.missing()
    if reason is not None:
        tap.skip_all(reason)
    return DiagnosisScenario(build, name)


def diagnosis_stopped(build, name):
    with pcsc_service.PcscService() as service:
        service.stop()
        with open_scenario(build, name) as it:
            window = it.window
            with it.step("the status row leads to the diagnosis"):
                window.read("^Kart servisi çalışmıyor$")
                it.pictures_of("e-Onay", "status")
                window.press(DIAGNOSTICS)
                window.find("push button", "Yeniden denetle")
            with it.step("it says that the service is stopped, and how to start it"):
                it.expect(("^Akıllı kart servisi .pcscd. kurulu, ancak çalışmıyor.$",
                            "^sudo systemctl start pcscd$", "^KART-02$",
                            "^Kart servisi: Sorun$", "^Kart: Denetlenemedi$",
                            "^Saat: Tamam$"))
            with it.step("once it runs, the service is all right and a card is missing"):
                service.start()
                it.window.press("Yeniden denetle")
                it.window.read("^Kart servisi: Tamam$")
                it.window.read("^KART-06$")
                it.window.read("^Kart: Sorun$")


def diagnosis_no_reader(build, name):
    with pcsc_service.PcscService(readers=False):
        with open_scenario(build, name) as it:
            with it.step("it says that there is no reader"):
                it.open_diagnosis()
                it.expect(("^Kart servisi: Tamam$", "^Kart okuyucu: Sorun$", "^KART-05$",
                            "^Kart okuyucuyu takın", "^PIN: Denetlenemedi$"))
            with it.step("the report is saved where the person says, without a name"):
                it.window.press("Raporu kaydet…")
                it.window.press(re.compile(r"\bKaydet$"))
                it.window.read("^Kaydedildi$")
                saved, = [*pathlib.Path(os.environ["HOME"]).rglob("e-onay-tanilama.txt"),
                          *pathlib.Path.cwd().glob("e-onay-tanilama.txt")]
                report = saved.read_text(encoding="utf-8")
                saved.unlink()
                assert "✗ Kart okuyucu · KART-05\n" in report, report
                assert os.environ["HOME"] not in report, report


def diagnosis_unknown_card(build, name):
    with pcsc_service.PcscService(), card_stranger.StrangeCard() as card:
        with open_scenario(build, name) as it:
            with it.step("it says that the card is not known, and shows its ATR"):
                it.open_diagnosis()
                it.expect(("^Kart: Tamam$", "^Sürücü veya modül: Sorun$", "^KART-11$",
                            f"ATR: {card_stranger.spaced(card.atr)}"))
            with it.step("the report can be copied"):
                it.window.press("Raporu kopyala")
                it.window.read("^Kopyalandı$")
            with it.step("what can be done about it is a button away"):
                it.window.press("Tercihler’i aç")
                it.window.read("PKCS#11")
