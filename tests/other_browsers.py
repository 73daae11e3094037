"""Firefox and WebKit, steered by Selenium: what a test does in a page is written once for both.

Selenium starts WebKit's driver. Firefox's is packaged neither by Debian nor on PyPI; what it does
is to hand Selenium's commands on to Firefox by other names, and so does the class `Firefox`.
"""

import itertools
import json
import os
import shutil
import socket
import subprocess
import warnings
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

# What Selenium calls a command, and what Firefox does.
COMMANDS = {
    "newSession": "WebDriver:NewSession",
    "get": "WebDriver:Navigate",
    "refresh": "WebDriver:Refresh",
    "w3cExecuteScript": "WebDriver:ExecuteScript",
    "findElement": "WebDriver:FindElement",
    "getElementProperty": "WebDriver:GetElementProperty",
    "clickElement": "WebDriver:ElementClick",
    "sendKeysToElement": "WebDriver:ElementSendKeys",
    "actions": "WebDriver:PerformActions",
    "setWindowRect": "WebDriver:SetWindowRect",
    "quit": "Marionette:Quit",
}


class Absent(Exception):
    """A browser is not on this machine; says what to do."""


class Firefox:
    """Firefox as Selenium takes a driver: commands go to it as JSON, and answers come back."""

    def __init__(self, program, folder):
        (folder / "user.js").write_text('user_pref("marionette.port", 0);')  # any that is free
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", folder]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=at_home_in(folder), **quiet)
        wait = WebDriverWait(folder / "MarionetteActivePort", 60, 0.1, [FileNotFoundError])
        port = wait.until(lambda chosen: chosen.read_text(), "Firefox opened no port.")
        self.socket = socket.create_connection(("127.0.0.1", int(port)))
        self.stream = self.socket.makefile("rb")
        self.ids = itertools.count()
        self.receive()  # it says who it is

    def execute(self, command, params):
        """Do what Selenium asks for; answer as a driver does."""
        message = [0, next(self.ids), COMMANDS[command], params or {}]
        text = json.dumps(message).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self.receive()
        if error:
            return {"status": error["error"], "value": error["message"]}
        return result if "value" in result else {"value": result}

    def receive(self):
        """The next message: its length, a colon, JSON."""
        length = b"".join(iter(lambda: self.stream.read(1), b":"))
        return json.loads(self.stream.read(int(length)))

    def close(self):
        """Selenium calls this when it has told Firefox to quit."""
        self.stream.close()
        self.socket.close()
        self.process.wait(30)


def at_home_in(folder):
    """An environment in which a browser leaves everything, downloads too, in a folder."""
    return {**os.environ, "HOME": str(folder)}


@contextmanager
def firefox(folder):
    """A session in Firefox, which writes into a folder."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise Absent("There is no Firefox here; on Debian: apt-get install firefox-esr")
    with webdriver.Remote(Firefox(program, folder), options=webdriver.FirefoxOptions()) as driver:
        yield driver


@contextmanager
def webkit(folder):
    """A session in WebKit, which writes into a folder."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        raise Absent("There is no WebKit here; on Debian: apt-get install webkit2gtk-driver xvfb")
    options = webdriver.WebKitGTKOptions()
    options.add_argument("--automation")
    options.binary_location, *_ = map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    with screen() as display:
        # Its sandbox needs what containers and root do not have; the pages are our own.
        ours = {"DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        service = webdriver.WebKitGTKService(env=at_home_in(folder) | ours)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Selenium, about Selenium
            driver = webdriver.WebKitGTK(options, service)
        with driver:
            yield driver


@contextmanager
def screen():
    """A screen that nobody sees, as WebKit needs one; yields its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


OPEN = {"firefox": firefox, "webkit": webkit}
