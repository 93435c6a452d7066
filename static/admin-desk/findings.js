/* The buttons beside findings: a mending is typed into its field, so that it can be undone; a
   finding is dismissed with a word; hints are shown or not. Where what proofreading finds is to be
   made anew, the form is told by the event “stale”. */

function type(field, from, to, words) {
  field.focus();
  field.setSelectionRange(from, to);
  const typed = words === "" ? document.execCommand("delete") : document.execCommand("insertText", false, words);
  if (!typed) { // no other way can be undone, but the words count
    field.setRangeText(words, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Where what is to be mended stands by now; -1 where it does not.
function place(text, { start, before, left, right }) {
  if (text.startsWith(before, Number(start))) return Number(start);
  const at = text.indexOf(left + before + right);
  return at < 0 ? -1 : at + left.length;
}

function start(writing) {
  const form = writing.closest("form");
  const told = form.querySelector("[data-told]");
  const dialog = form.querySelector("[data-dismissing]");
  if (!dialog || !told) return;
  const find = (name) => dialog.querySelector(`[data-${name}]`);
  const [said, word, refused, confirm, cancel] = ["said", "word", "refused", "confirm", "cancel"].map(find);
  let asked = null;

  const stale = () => form.dispatchEvent(new CustomEvent("stale"));

  function mend({ dataset }) {
    const field = document.getElementById(dataset.field);
    const at = place(field.value, dataset);
    if (at >= 0) type(field, at, at + dataset.before.length, dataset.after);
    else stale();
  }

  async function send(button, more) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries({ [button.name]: button.value, _script: "1", ...more })) body.append(name, value);
    try {
      const answer = await fetch(button.getAttribute("formaction"), { method: "POST", body });
      const { refused: why } = await answer.json();
      if (!why) stale();
      return why;
    } catch {
      return refused.dataset.failed;
    }
  }

  function ask(button) {
    asked = button;
    said.textContent = button.dataset.said;
    refused.textContent = "";
    word.value = "";
    dialog.showModal();
    word.focus();
  }

  async function answer() {
    if (!word.value.trim()) {
      refused.textContent = refused.dataset.blank;
      word.focus();
      return;
    }
    refused.textContent = await send(asked, { word: word.value });
    if (!refused.textContent) dialog.close();
  }

  form.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-mend], [data-dismiss], [data-take-up], [data-hints-switch]");
    if (!button) return;
    event.preventDefault();
    if ("mend" in button.dataset) mend(button);
    else if ("dismiss" in button.dataset) ask(button);
    else if ("takeUp" in button.dataset) told.textContent = await send(button, {});
    else {
      form.dataset.hints = button.value;
      stale();
    }
  });
  confirm.addEventListener("click", answer);
  cancel.addEventListener("click", () => dialog.close());
  word.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would save the case
    answer();
  });
  // What is typed into the dialog is none of the case's.
  for (const name of ["input", "change"]) dialog.addEventListener(name, (event) => event.stopPropagation());
  form.dataset.hints = form.querySelector("[data-findings]")?.dataset.hints ?? "";
}

document.querySelectorAll("[data-writing]").forEach(start);
