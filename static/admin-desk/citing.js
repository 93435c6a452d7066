// A dialog that searches the sources and puts a citation where the cursor is.

const WAIT = 200; // milliseconds of quiet before a search

// Where a citation goes, and what is put there: inside brackets that cite already, after what they
// cite; else new brackets.
export function withCitation(text, start, end, key, locator, passage = "") {
  const quoted = passage.replace(/[“”"]/g, (sign) => (sign === "“" ? "‘" : "’")).replace(/\s+/g, " ");
  const words = `@${key}${locator && `, ${locator}`}${quoted && `: “${quoted}”`}`;
  const open = start > 0 ? text.lastIndexOf("[", start - 1) : -1;
  const shut = text.indexOf("]", open);
  const inside = open >= 0 && shut >= start && text.slice(open, shut).includes("@")
    && !text.slice(open, shut).includes("\n\n");
  const at = inside ? shut : end;
  const added = inside ? `; ${words}` : `[${words}]`;
  return { at, added };
}

function start(editor) {
  const field = editor.querySelector("textarea");
  const dialog = editor.querySelector("[data-cite]");
  const find = (name) => dialog.querySelector(`[data-${name}]`);
  const query = find("query");
  const options = find("options");
  const found = find("found");
  const chosenLine = find("chosen");
  const locator = find("locator");
  const passage = find("passage");
  const insert = find("insert");
  let timer = 0;
  let newest = 0;
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

  function choose(option) {
    chosen = option.dataset.key;
    query.value = chosen;
    chosenLine.textContent = option.dataset.reference;
    chosenLine.hidden = false;
    insert.disabled = false;
    found.textContent = "";
    empty();
    locator.focus();
  }

  function offer(source, number) {
    const option = document.createElement("li");
    option.id = `cite-option-${number}`;
    option.setAttribute("role", "option");
    option.dataset.key = source.key;
    option.dataset.reference = source.reference;
    const key = document.createElement("strong");
    key.textContent = source.key;
    option.append(key, ` ${source.reference} (${source.type})`);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(option));
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

  const adding = find("add");
  const addTold = find("add-told");
  const likes = find("add-likes");
  const anyway = find("add-anyway");

  function take(source) {
    chosen = source.key;
    query.value = chosen;
    chosenLine.textContent = source.reference;
    chosenLine.hidden = false;
    insert.disabled = false;
    adding.open = false;
    found.textContent = addTold.dataset.done;
    empty();
    locator.focus();
  }

  function offerLike(source) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = source.key;
    button.addEventListener("click", () => take(source));
    row.append(button, ` ${source.reference} (${source.why})`);
    return row;
  }

  async function add(all) {
    const text = dialog.querySelector("#cite-reference").value;
    const sent = new URLSearchParams({ text, ...(all ? { add: "1" } : {}) });
    const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
    likes.replaceChildren();
    anyway.hidden = true;
    try {
      const answer = await fetch(adding.dataset.url, {
        method: "POST", body: sent, headers: { "X-CSRFToken": token }, redirect: "error",
      });
      const said = await answer.json();
      addTold.textContent = said.error ?? (said.likes ? addTold.dataset.alike : "");
      if (said.key) take(said);
      else if (said.likes) {
        likes.replaceChildren(...said.likes.map(offerLike));
        anyway.hidden = false;
      }
    } catch {
      addTold.textContent = addTold.dataset.failed;
    }
  }

  find("add-read").addEventListener("click", () => add(false));
  anyway.addEventListener("click", () => add(true));

  function put() {
    if (!chosen) return;
    const { selectionStart, selectionEnd, value } = field;
    const [where, words] = [locator.value.trim(), passage.value.trim()];
    const { at, added } = withCitation(value, selectionStart, selectionEnd, chosen, where, words);
    dialog.close();
    field.focus();
    field.setSelectionRange(at, at);
    // As if it were typed, so that it can be undone; no other way of putting text in can.
    if (!document.execCommand("insertText", false, added)) {
      field.setRangeText(added, at, at, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function open() {
    chosen = "";
    query.value = "";
    locator.value = "";
    passage.value = "";
    adding.open = false;
    addTold.textContent = "";
    likes.replaceChildren();
    anyway.hidden = true;
    dialog.querySelector("#cite-reference").value = "";
    chosenLine.hidden = true;
    insert.disabled = true;
    empty();
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
  dialog.addEventListener("keydown", (event) => {
    const last = options.children.length - 1;
    if (event.target === query && last >= 0 && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active + step > last ? 0 : active + step < 0 ? last : active + step);
      event.preventDefault();
    } else if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault(); // the form round the dialog is not to be sent
      if (event.target === query && active >= 0) choose(options.children[active]);
      else put();
    }
  });
  insert.addEventListener("click", put);
  find("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => field.focus());
  editor.querySelector("[data-open-cite]").addEventListener("click", open);
}

document.querySelectorAll("[data-editor]").forEach(start);
