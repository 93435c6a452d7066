/* The toolbar over the text of a case: marks of Markdown, put in as if they were typed, so that each
   can be undone. They go into whichever of the texts was written in last. Other scripts let words be
   typed by the event “put” on a field, with { from, to, words, select: [from, to] }. */

const FIELDS = ["body", "critics", "not_known"];

function type(field, { from, to, words, select }) {
  field.focus();
  field.setSelectionRange(from, to);
  const typed = words === "" && from < to ? document.execCommand("delete") : document.execCommand("insertText", false, words);
  if (!typed) { // no other way can be undone, but the words count
    field.setRangeText(words, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (select) field.setSelectionRange(...select);
}

// Round what is selected, or off again.
function around({ value, from, to }, before, after = before) {
  const inside = value.slice(from, to);
  const outside = value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after;
  if (outside) {
    const start = from - before.length;
    return { from: start, to: to + after.length, words: inside, select: [start, start + inside.length] };
  }
  const start = from + before.length;
  return { from, to, words: before + inside + after, select: [start, start + inside.length] };
}

// At the beginning of each line that is selected, or off again, with a blank line before and after.
function lines({ value, from, to }, mark) {
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const found = value.indexOf("\n", to);
  const end = found < 0 ? value.length : found;
  const rows = value.slice(start, end).split("\n");
  const marked = rows.every((row) => row.startsWith(mark));
  const body = rows.map((row) => (marked ? row.slice(mark.length) : mark + row)).join("\n");
  const before = !marked && start > 0 && !value.slice(0, start).endsWith("\n\n") ? "\n" : "";
  const after = !marked && end < value.length && !value.slice(end).startsWith("\n\n") ? "\n" : "";
  const at = start + before.length + body.length;
  return { from: start, to: end, words: before + body + after, select: [at, at] };
}

function link({ value, from, to }, placeholder) {
  const inside = value.slice(from, to) || placeholder;
  const at = from + inside.length + 3;
  return { from, to, words: `[${inside}](https://)`, select: [at, at + "https://".length] };
}

function note({ value, from, to }, placeholder) {
  const inside = value.slice(from, to) || placeholder;
  return { from, to, words: `^[${inside}]`, select: [from + 2, from + 2 + inside.length] };
}

const MARKS = {
  strong: (at) => around(at, "**"),
  em: (at) => around(at, "*"),
  heading: (at) => lines(at, "## "),
  quotation: (at) => lines(at, "> "),
  list: (at) => lines(at, "- "),
  link,
  note,
};
const KEYS = { b: "strong", i: "em", k: "link" };

function start(editor) {
  const toolbar = editor.querySelector("[data-toolbar]");
  const form = toolbar.closest("form");
  const fields = FIELDS.map((name) => form.elements[name]).filter(Boolean);
  const buttons = [...toolbar.querySelectorAll("button")];
  let field = fields[0];

  function mark(name) {
    const at = { value: field.value, from: field.selectionStart, to: field.selectionEnd };
    type(field, MARKS[name](at, toolbar.querySelector(`[data-mark="${name}"]`).dataset.words));
  }

  function reach(number) {
    buttons.forEach((button, n) => { button.tabIndex = n === number ? 0 : -1; });
  }

  fields.forEach((one) => {
    one.addEventListener("focus", () => { field = one; toolbar.dataset.field = one.id; });
    one.addEventListener("put", (event) => type(one, event.detail));
    one.addEventListener("keydown", (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.shiftKey ? key === "k" : key in KEYS) {
        event.preventDefault();
        if (event.shiftKey) toolbar.querySelector("[data-open-cite]").click();
        else mark(KEYS[key]);
      }
    });
  });
  toolbar.dataset.field = field.id;
  buttons.forEach((button, n) => {
    if (button.dataset.mark) button.addEventListener("click", () => mark(button.dataset.mark));
    button.addEventListener("focus", () => reach(n));
  });
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const rtl = getComputedStyle(toolbar).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + rtl, ArrowLeft: at - rtl, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
  reach(0);
  toolbar.hidden = false;
}

document.querySelectorAll("[data-editor]").forEach(start);
