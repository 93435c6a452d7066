/* An accepted correction on the form of its case: finds the passage it speaks of in the text, though
   notes and emphasis stand within, and puts the suggested wording in so that it can be undone. */

const BETWEEN = "(?:\\s|[*_]|\\[[^\\]]*\\]|\\^\\[[^\\]]*\\])*";

function words(text) {
  return text.trim().replace(/\[\d+\]/g, "").split(/\s+/).map((word) => word
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/["“”„«»]/g, '["“”„«»]')
    .replace(/['‘’]/g, "['‘’]"));
}

function placeOf(text, passage) {
  const found = new RegExp(words(passage).join(`(?:\\s|[*_])${BETWEEN}`), "iu").exec(text)
    ?? new RegExp(words(passage).join(BETWEEN), "iu").exec(text);
  return found && { start: found.index, end: found.index + found[0].length, words: found[0] };
}

function start(box) {
  const body = document.querySelector("#id_body");
  const passage = box.querySelector("[data-passage]")?.textContent ?? "";
  const suggestion = box.querySelector("[data-suggestion]")?.textContent ?? "";
  const told = box.querySelector("[data-told]");
  const [find, put] = [box.querySelector("[data-find]"), box.querySelector("[data-put]")];
  if (!body || !passage.trim()) return;

  // Where the passage stands, or what the server found to be most like it.
  function stands() {
    const nearest = box.querySelector("[data-nearest]")?.textContent;
    const found = placeOf(body.value, passage);
    const start = found || !nearest ? -1 : body.value.indexOf(nearest);
    return start < 0 ? found : { start, end: start + nearest.length, words: nearest };
  }

  function select() {
    const place = stands();
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
