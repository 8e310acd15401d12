# Headless Chromium, by its debugging pipe, for the tests of pages: SCREENSHOTS=folder keeps pictures.

import base64
import json
import os
import shutil
import subprocess
import time

LIMIT_S = 60


def find():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def say_missing(name):
    """The TAP of a test without Chromium: skipped, but never in CI. Returns the exit status."""
    skip = "" if os.environ.get("CI") else " # SKIP there is no Chromium (make deps ALL=1 fetches it)"
    print(f"{'ok' if skip else 'not ok'} 1 - {name}{skip}\n1..1")
    return 0 if skip else 1


class Browser:
    """Chromium, and a page in it. Messages are JSON, each ended by a NUL."""

    def __init__(self, program, folder):
        to_read, self.writer = os.pipe()
        self.reader, to_write = os.pipe()
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"]
        # it reads descriptor 3 and writes 4
        script = f'exec 3<&{to_read} 4>&{to_write}; exec "$@"'
        self.process = subprocess.Popen(["bash", "-c", script, "sh", *command], pass_fds=(to_read, to_write),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.file = os.fdopen(self.reader, "rb", buffering=0)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(domain + ".enable")

    def message(self):
        while b"\0" not in self.buffer:
            part = self.file.read(1 << 20)
            if not part:
                raise RuntimeError("the browser has ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.writer, data):]
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(answer["error"]["message"])
                return answer["result"]
            self.events.append(answer)

    def ask(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "exception"))
        return answer["result"].get("value")

    def until(self, expression):
        deadline = time.monotonic() + LIMIT_S
        while not self.ask(expression):
            assert time.monotonic() < deadline, f"never true: {expression}"
            time.sleep(0.02)

    def key(self, key, text=""):
        for kind in ["keyDown", "keyUp"]:
            codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, text=text if kind == "keyDown" else "",
                      windowsVirtualKeyCode=codes.get(key, 0))

    def click(self, selector):
        x, y = self.ask(f"""(() => {{ const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{block: "center"}}); const box = element.getBoundingClientRect();
            return [box.x + Math.min(box.width, 20) / 2, box.y + box.height / 2]; }})()""")
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)

    def picture(self, name):
        folder = os.environ.get("SCREENSHOTS")
        if not folder:
            return
        os.makedirs(folder, exist_ok=True)
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(f"{folder}/{name}.png", "wb") as file:
            file.write(base64.b64decode(data))

    def assert_quiet(self):
        """No error so far, and nothing asked of a network."""
        self.ask("1")
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            assert method != "Runtime.exceptionThrown", parameters
            assert method != "Log.entryAdded" or parameters["entry"]["level"] != "error", parameters
            assert method != "Runtime.consoleAPICalled" or parameters["type"] != "error", parameters
            if method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                assert url.startswith(("file:", "data:", "about:")), url

    def close(self):
        self.process.kill()
        self.process.wait()
