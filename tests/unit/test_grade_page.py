#!/usr/bin/python3
# The class page of 300 people in headless Chromium, by its debugging pipe: it sorts, filters and
# opens a person, by mouse and by keyboard; nothing of a submission becomes markup; no error, no
# network; readable on a narrow screen and in print. Prints TAP; skips where there is no Chromium,
# but never in CI. SCREENSHOTS=folder keeps pictures of it.

import base64
import os
import re
import shutil
import tempfile

import chromium
import grade_class as made
import similar_class

PEOPLE = 300
tests = []


def test(function):
    tests.append(function)


ROWS = 'document.querySelectorAll("#people tbody tr")'


def column(browser, number):
    return browser.ask(f"[...{ROWS}].map(row => row.cells[{number}].textContent)")


def search(browser, words):
    browser.ask('document.getElementById("search").focus(); document.getElementById("search").select()')
    browser.call("Input.insertText", text=words)


@test
def page_shows_everyone_and_what_to_look_at_first(browser):
    assert browser.ask(ROWS + ".length") == PEOPLE
    assert browser.ask('document.querySelectorAll("#first li").length') > 5
    assert f"{PEOPLE} submissions" in browser.ask('document.getElementById("summary").textContent')
    assert browser.ask('document.querySelectorAll("#pictures svg").length') == 5
    browser.picture("desktop")


@test
def page_sorts_by_a_column_in_both_orders(browser):
    browser.click('[data-sort="total"]')
    totals = [float(text) for text in column(browser, 1)]
    assert totals == sorted(totals, reverse=True)
    browser.click('[data-sort="total"]')
    totals = [float(text) for text in column(browser, 1)]
    assert totals == sorted(totals)
    assert browser.ask('document.querySelectorAll("#people th")[1].getAttribute("aria-sort")') == "ascending"


@test
def page_filters_by_words_and_by_pending(browser):
    search(browser, "student12")
    assert len(column(browser, 0)) == 10
    browser.click("#clear")
    browser.click("#only-pending")
    shown = len(column(browser, 0))
    pending = sum(made.result_of(i)["pending_points"] > 0 for i in range(PEOPLE))
    assert shown == pending, (shown, pending)
    browser.click("#clear")
    assert len(column(browser, 0)) == PEOPLE


@test
def page_filters_by_diagnosis(browser):
    browser.click("#diagnoses button")
    assert 0 < len(column(browser, 0)) < PEOPLE
    browser.click("#clear")


@test
def page_opens_a_person_with_tests_timeline_and_speed(browser):
    search(browser, "student100")
    browser.click("#people tbody button")
    text = browser.ask('document.getElementById("person").innerText')
    assert "student100" in text and "threads: no data race" in text and "results[3] is 7" in text
    assert browser.ask('document.querySelectorAll("#person svg").length') >= 3
    assert "estimate 1.7" in text and "null" not in text
    browser.picture("person")
    browser.click("#close")
    assert browser.ask('document.getElementById("person").hidden')
    browser.click("#clear")


@test
def page_works_by_keyboard_alone(browser):
    search(browser, "student07")
    for _ in range(60):
        browser.key("Tab")
        if browser.ask('document.activeElement.closest("#people tbody") !== null'):
            break
    name = browser.ask("document.activeElement.textContent")
    assert name.startswith("student07"), name
    browser.key("Enter", "\r")
    assert browser.ask('document.activeElement.id') == "person"
    assert name in browser.ask('document.getElementById("person").innerText')
    browser.key("Escape")
    assert browser.ask("document.activeElement.textContent") == name
    browser.click("#clear")


@test
def page_takes_no_text_for_markup(browser):
    assert browser.ask("document.title") == "Class"
    assert browser.ask('document.querySelectorAll("#people img, #person img, #first img").length') == 0
    search(browser, "two lines")
    browser.click("#people tbody button")
    assert "\u202e" not in browser.ask('document.querySelector("#person h2").textContent')
    assert browser.ask("document.title") == "Class"
    browser.key("Escape")
    browser.click("#clear")
    names = column(browser, 0)
    assert any("</script>" in name for name in names) and any("\u4e2d\u6587" in name for name in names)


@test
def page_fits_a_narrow_screen(browser):
    browser.resize(360, 740)
    assert browser.ask("document.documentElement.scrollWidth") <= 360
    browser.picture("narrow")
    browser.click('#people [data-sort="id"]')
    browser.click("#people tbody button")
    assert browser.ask("document.documentElement.scrollWidth") <= 360
    browser.picture("narrow-person")
    browser.key("Escape")
    browser.resize(1200, 900)


HOSTILE = "// </script><script>document.title='hacked'</script>\n"


def sources_write(folder):
    """What people handed in: most worked alone; two with hostile texts share theirs."""
    for number in range(20):
        similar_class.write_person(folder, f"student{100 + number}", {"7.1": similar_class.honest("7.1", number)})
    own = similar_class.honest("7.1", 21).replace("int status = 0;", "int status = 0; /* <img src=x onerror=alert(1)> \u202e */")
    similar_class.write_person(folder, made.safe(made.EVIL[2]), {"7.1": HOSTILE + own})
    similar_class.write_person(folder, "student150", {"7.1": similar_class.copied(own, 1) + HOSTILE})


@test
def page_shows_similar_pairs_with_both_texts(browser):
    if not shutil.which("sim_c") and not os.environ.get("CI"):
        assert "there is no sim_c" in browser.ask('document.getElementById("similar").textContent')
        return
    assert browser.ask('document.getElementById("alike").textContent').endswith("look at these")
    first = 'document.querySelector("#similar details")'
    told = browser.ask(first + '.querySelector("summary").textContent')
    assert "student150" in told and re.search(r", 7\.1: 9\d % alike, the class\u2019s median is \d", told), told
    assert browser.ask(first + '.querySelectorAll(".code").length') == 0
    browser.click("#similar summary")
    browser.until(first + '.querySelectorAll(".code").length === 2')
    texts = browser.ask(f'[...{first}.querySelectorAll(".code")].map(code => code.innerText)')
    assert all(HOSTILE.strip() in text and "executor_create" in text for text in texts), texts
    left, right = browser.ask(f'[...{first}.querySelectorAll(".code")].map(code => code.getBoundingClientRect().toJSON())')
    assert left["right"] < right["left"] and abs(left["top"] - right["top"]) < 50, (left, right)
    browser.ask('document.getElementById("alike").scrollIntoView()')
    browser.picture("similar")


@test
def page_shows_similar_texts_as_text(browser):
    assert browser.ask("document.title") == "Class"
    assert browser.ask('document.querySelectorAll("#similar img, #similar script").length') == 0
    assert "\u202e" not in browser.ask('document.getElementById("similar").textContent')


@test
def page_opens_similar_pairs_by_keyboard_and_on_a_narrow_screen(browser):
    if browser.ask('document.querySelector("#similar details") === null'):
        return
    browser.resize(360, 740)
    browser.ask('document.querySelector("#similar summary").focus()')
    browser.key("Enter", "\r")
    is_open = browser.ask('document.querySelector("#similar details").open')
    browser.key("Enter", "\r")
    assert browser.ask('document.querySelector("#similar details").open') != is_open
    browser.ask('document.querySelector("#similar details").open = true')
    browser.until('document.querySelectorAll("#similar .code").length >= 2')
    assert browser.ask("document.documentElement.scrollWidth") <= 360
    boxes = browser.ask('[...document.querySelectorAll("#similar .code")].slice(0, 2).map(code => code.getBoundingClientRect().top)')
    assert boxes[0] < boxes[1], boxes
    browser.ask('document.getElementById("alike").scrollIntoView()')
    browser.picture("similar-narrow")
    browser.resize(1200, 900)


@test
def page_prints_the_table_without_its_tools(browser):
    browser.call("Emulation.setEmulatedMedia", media="print")
    assert browser.ask('getComputedStyle(document.querySelector(".tools")).display') == "none"
    assert browser.ask(ROWS + ".length") == PEOPLE
    browser.call("Emulation.setEmulatedMedia", media="")
    printed = base64.b64decode(browser.call("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF") and len(printed) > 50000


@test
def page_has_no_error_and_no_network(browser):
    browser.assert_quiet()


def main():
    program = chromium.find()
    if not program:
        return chromium.say_missing("page")
    scratch = tempfile.mkdtemp()
    browser = None
    try:
        sources_write(scratch)
        made.write_class(scratch, made.labels(PEOPLE))
        browser = chromium.Browser(program, f"{scratch}/profile")
        browser.resize(1200, 900)
        browser.call("Page.navigate", url=f"file://{scratch}/class.html")
        browser.until('document.readyState === "complete" && document.querySelector("#people tbody tr") !== null')
        return made.run_tests(tests, browser)
    finally:
        if browser:
            browser.close()
        shutil.rmtree(scratch, ignore_errors=True)


raise SystemExit(main())
