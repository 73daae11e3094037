"""A reader in a browser that Selenium steers: where things are found, clicked, typed into, read."""

from selenium.common.exceptions import JavascriptException
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.support.ui import WebDriverWait

VISIBLE = """[...document.querySelectorAll(arguments[0])].find((node) =>
    node.checkVisibility() && [undefined, node.innerText?.trim()].includes(arguments[1]))"""


class Reader:
    """What a reader does in a browser, and sees there."""

    def __init__(self, driver, address, folder):
        self.driver, self.address, self.folder = driver, address, folder

    def open(self, page, width=1280):
        """Open a page of the site in a window; a browser may have a least width."""
        self.driver.set_window_rect(0, 0, width, 900)
        self.driver.get(f"{self.address}/{page}")

    def evaluate(self, script, *arguments):
        """The value of an expression of JavaScript."""
        return self.driver.execute_script(f"return {script}", *arguments)

    def until(self, script, *arguments):
        """Wait until an expression has a value that counts as true; returns it."""
        wait = WebDriverWait(self.driver, 30, 0.1, [JavascriptException])
        return wait.until(lambda _: self.evaluate(script, *arguments), script)

    def find(self, css, *text):
        """The first element that can be seen, with a text if one is given; scrolled to."""
        found = self.until(VISIBLE, css, *text)
        # WebKit's driver takes what is just below the window for what is in it.
        self.evaluate("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found)
        return found

    def click(self, css, *text):
        """Click on it, where a reader would."""
        self.find(css, *text).click()

    def type(self, css, text):
        """Type a text in the place of another."""
        field = self.find(css)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text.replace("\n", Keys.ENTER))

    def press(self, css, *keys):
        """Press keys on an element, one after the other."""
        self.evaluate("arguments[0].focus()", self.find(css))
        ActionChains(self.driver).send_keys(*keys).perform()

    def text(self, css):
        """What can be read in an element."""
        return self.evaluate("document.querySelector(arguments[0]).innerText.trim()", css)

    def run(self, cell, code=None):
        """Run a cell, with another text if one is given; returns what it shows."""
        if code is not None:
            self.type(f"{cell} .lab-editor", code)
        self.click(f"{cell} button", "Run")
        self.until("!document.querySelector(arguments[0])", f"{cell} button[aria-disabled]")
        return self.text(f"{cell} .cell_output")
