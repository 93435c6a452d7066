/* An accepted correction on the form of its case: finds the passage it speaks of in the text, though
   notes and emphasis stand within, and puts the suggested wording in so that it can be undone. */

const BETWEEN = "(?:\\s|[*_]|\\[[^\\]]*\\]|\\^\\[[^\\]]*\\])*";

function words(text) {
  return text.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

function placeOf(text, passage) {
  const found = new RegExp(words(passage).join(`(?:\\s|[*_])${BETWEEN}`), "u").exec(text)
    ?? new RegExp(words(passage).join(BETWEEN), "u").exec(text);
  return found && { start: found.index, end: found.index + found[0].length, words: found[0] };
}

function start(box) {
  const body = document.querySelector("#id_body");
  const passage = box.querySelector("[data-passage]")?.textContent ?? "";
  const suggestion = box.querySelector("[data-suggestion]")?.textContent ?? "";
  const told = box.querySelector("[data-told]");
  const [find, put] = [box.querySelector("[data-find]"), box.querySelector("[data-put]")];
  if (!body || !passage.trim()) return;

  function select() {
    const place = placeOf(body.value, passage);
    told.textContent = place ? "" : told.dataset.missing;
    if (!place) return null;
    body.focus();
    body.setSelectionRange(place.start, place.end);
    return place;
  }

  find.hidden = false;
  find.addEventListener("click", select);
  put.hidden = !suggestion;
  put.addEventListener("click", () => {
    const place = select();
    if (!place) return;
    if (/[[\]]/.test(place.words)) {
      told.textContent = told.dataset.noted;
      return;
    }
    if (!document.execCommand("insertText", false, suggestion)) {
      body.setRangeText(suggestion, place.start, place.end, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const reason = document.querySelector("[name=reason]");
    if (reason && !reason.value) reason.value = told.dataset.reason;
    told.textContent = told.dataset.done;
  });
}

document.querySelectorAll("[data-accepted]").forEach(start);
