// A dialog that finds a source, shows the note as it will be set, and puts a citation where the
// cursor is. What adds a source (adding.js) says so by the event “chosen” on the dialog.

const WAIT = 200; // milliseconds of quiet before a search

// Where a citation goes, and what is put there: inside brackets that cite already, after what they
// cite; else new brackets.
function withCitation(text, start, end, key, locator, passage = "") {
  const quoted = passage.replace(/[“”"]/g, (sign) => (sign === "“" ? "‘" : "’")).replace(/\s+/g, " ");
  const words = `@${key}${locator && `, ${locator}`}${quoted && `: “${quoted}”`}`;
  const open = start > 0 ? text.lastIndexOf("[", start - 1) : -1;
  const shut = text.indexOf("]", open);
  const inside = open >= 0 && shut >= start && text.slice(open, shut).includes("@")
    && !text.slice(open, shut).includes("\n\n");
  const at = inside ? shut : end;
  const added = inside ? `; ${words}` : `[${words}]`;
  return { at, added, until: `${text.slice(0, at)}${added}${inside ? "]" : ""}` };
}

function start(dialog) {
  const find = (name) => dialog.querySelector(`[data-${name}]`);
  const form = dialog.closest("form");
  const toolbar = form.querySelector("[data-toolbar]");
  const [query, options, found, locator, passage] = ["query", "options", "found", "locator", "passage"].map(find);
  const [chosenLine, note, insert] = ["chosen", "note", "insert"].map(find);
  let field = form.elements.body;
  let [timer, noteTimer] = [0, 0];
  let [newest, newestNote] = [0, 0];
  let active = -1;
  let chosen = "";

  function activate(number) {
    active = number;
    [...options.children].forEach((option, n) => {
      option.setAttribute("aria-selected", String(n === active));
      if (n === active) option.scrollIntoView({ block: "nearest" });
    });
    if (active < 0) query.removeAttribute("aria-activedescendant");
    else query.setAttribute("aria-activedescendant", options.children[active].id);
  }

  function empty() {
    options.replaceChildren();
    query.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function cited() {
    const where = [field.value, field.selectionStart, field.selectionEnd];
    return withCitation(...where, chosen, locator.value.trim(), passage.value.trim());
  }

  async function setNote() {
    newestNote += 1;
    const mine = newestNote;
    const token = form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ text: cited().until });
    try {
      const answer = await fetch(dialog.dataset.noteUrl, { method: "POST", body, headers: { "X-CSRFToken": token } });
      const said = await answer.json();
      if (mine === newestNote && said.text) note.textContent = `${said.number}. ${said.text}`;
    } catch {
      // The reference stands there already.
    }
  }

  function choose(source) {
    chosen = source.key;
    query.value = chosen;
    note.textContent = source.reference;
    chosenLine.hidden = false;
    insert.disabled = false;
    found.textContent = "";
    empty();
    setNote();
    locator.focus();
  }

  function offer(source, number) {
    const option = document.createElement("li");
    option.id = `cite-option-${number}`;
    option.setAttribute("role", "option");
    const key = document.createElement("strong");
    key.textContent = source.key;
    option.append(key, ` ${source.reference} (${source.type})`);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(source));
    return option;
  }

  async function search() {
    newest += 1;
    const mine = newest;
    try {
      const address = `${dialog.dataset.url}?q=${encodeURIComponent(query.value)}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { sources } = await answer.json();
      if (mine !== newest || chosen) return;
      options.replaceChildren(...sources.map(offer));
      activate(sources.length ? 0 : -1);
      query.setAttribute("aria-expanded", String(sources.length > 0));
      found.textContent = sources.length
        ? `${found.dataset.some} ${sources.length}` : found.dataset.none;
    } catch {
      if (mine === newest) found.textContent = found.dataset.failed;
    }
  }

  function put() {
    if (!chosen) return;
    const { at, added } = cited();
    dialog.close();
    field.dispatchEvent(new CustomEvent("put", { detail: { from: at, to: at, words: added } }));
  }

  function open() {
    field = document.getElementById(toolbar.dataset.field) ?? field;
    chosen = "";
    [query, locator, passage].forEach((one) => { one.value = ""; });
    chosenLine.hidden = true;
    insert.disabled = true;
    empty();
    dialog.dispatchEvent(new Event("opened"));
    dialog.showModal();
    query.focus();
    search();
  }

  query.addEventListener("input", () => {
    chosen = "";
    chosenLine.hidden = true;
    insert.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  [locator, passage].forEach((one) => one.addEventListener("input", () => {
    clearTimeout(noteTimer);
    if (chosen) noteTimer = setTimeout(setNote, WAIT);
  }));
  dialog.addEventListener("keydown", (event) => {
    const last = options.children.length - 1;
    if (event.target === query && last >= 0 && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active + step > last ? 0 : active + step < 0 ? last : active + step);
      event.preventDefault();
    } else if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault(); // the form round the dialog is not to be sent
      if (event.target === query && active >= 0) options.children[active].click();
      else if ([query, locator].includes(event.target)) put();
    }
  });
  dialog.addEventListener("chosen", (event) => choose(event.detail));
  insert.addEventListener("click", put);
  find("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => field.focus());
  // What is typed here is no part of the case: it is neither kept nor previewed.
  ["input", "change"].forEach((name) => dialog.addEventListener(name, (event) => event.stopPropagation()));
  form.querySelector("[data-open-cite]")?.addEventListener("click", open);
}

document.querySelectorAll("[data-cite]").forEach(start);
