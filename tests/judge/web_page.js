// What the scripts of all pages share: elements, numbers in words, pictures of an exercise's tests.

const svgNames = "http://www.w3.org/2000/svg";

// An element with attributes and children; text only ever becomes text.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}
function draw(name, attributes, text) {
  const element = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
const at = id => document.getElementById(id);
// How many units a wide picture has: its text stays readable on a narrow screen.
const wide = () => window.innerWidth < 700 ? 330 : 700;
const short = number => String(Math.round(number * 10) / 10);
const visible = text => text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, sign =>
  sign === "\n" ? "\u21b5" : "\u25a1");
// Several lines, which stay lines.
const readable = text => text.split("\n").map(visible).join("\n");
const plural = (count, one) => count + " " + one + (count === 1 ? "" : "s");
// An exercise's tests one after the other, each as long as it took.
function timeline(exercise) {
  const total = exercise.tests.reduce((sum, test) => sum + test.seconds, 0);
  if (!(total > 0)) return null;
  const all = wide(), picture = draw("svg", { viewBox: `0 0 ${all} 34`, role: "img", "aria-label":
    "timeline: " + exercise.tests.map(test => `${test.name} ${test.seconds} s, ${test.status}`).join("; ") });
  let x = 0;
  for (const test of exercise.tests) {
    const width = all * test.seconds / total, bar = draw("rect",
      { x, y: 2, width: Math.max(width - 1, .5), height: 16, fill: `var(--${test.status})` });
    bar.append(draw("title", {}, `${test.name}: ${test.seconds} s, ${test.status}`));
    picture.append(bar);
    x += width;
  }
  picture.append(draw("text", { x: 0, y: 31 }, "0 s"), draw("text", { x: all, y: 31, "text-anchor": "end" }, short(total) + " s"));
  return picture;
}
// The speed that was asked for, expected and reached, on one scale.
function speedPicture(speed) {
  const most = Math.max(speed.expected || 1, speed.estimate || 1, 1) * 1.1;
  const all = wide(), scale = value => Math.max(0, Math.min(all - 10, (all - 10) * (value - 1) / (most - 1)));
  const picture = draw("svg", { viewBox: `0 0 ${all} 48`, role: "img", "aria-label":
    `${speed.test}: asked for ${speed.threshold}, the reference reaches ${speed.expected}, estimated ${speed.estimate}` });
  picture.append(draw("rect", { x: 0, y: 16, width: all - 10, height: 12, fill: "var(--line)" }));
  if (speed.estimate !== null) picture.append(draw("rect", { x: 0, y: 16, width: scale(speed.estimate), height: 12,
    fill: `var(--${speed.verdict === "pass" ? "passed" : speed.verdict === "fail" ? "failed" : "pending"})` }));
  for (const [name, value, y, line] of [["asked", speed.threshold, 10, 14], ["reference", speed.expected, 44, 30]]) {
    if (value === null) continue;
    const anchor = scale(value) > .7 * all ? "end" : "start";
    picture.append(draw("line", { x1: scale(value), x2: scale(value), y1: 12, y2: 32, stroke: "var(--ink)", "stroke-width": 2 }));
    picture.append(draw("text", { x: scale(value), y, "text-anchor": anchor }, `${name} ${value}`));
  }
  return picture;
}
