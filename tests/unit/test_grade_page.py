#!/usr/bin/python3
# The class page of 300 people in headless Chromium, by its debugging pipe: it sorts, filters and
# opens a person, by mouse and by keyboard; nothing of a submission becomes markup; no error, no
# network; readable on a narrow screen and in print. Prints TAP; skips where there is no Chromium,
# but never in CI. SCREENSHOTS=folder keeps pictures of it.

import base64
import shutil
import tempfile

import chromium
import grade_class as made

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
