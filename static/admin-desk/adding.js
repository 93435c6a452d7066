/* Adds a source without leaving the text: by what “Take references in” reads, or by a few fields.
   What is here and like it is offered first. Says “chosen” to the dialog it stands in. */

const WAIT = 400; // milliseconds of quiet before it is asked what is like it

function start(adding) {
  const dialog = adding.closest("dialog");
  const form = adding.closest("form");
  const find = (name) => adding.querySelector(`[data-${name}]`);
  const [told, likes, anyway, reference] = ["add-told", "add-likes", "add-anyway", "reference"].map(find);
  const fields = [...adding.querySelectorAll("[data-few-field]")];
  const key = fields.find((field) => field.dataset.fewField === "key");
  let [timer, newest] = [0, 0];
  let sent = {}; // what “None of these: add it” adds

  function choose(source) {
    adding.open = false;
    dialog.dispatchEvent(new CustomEvent("chosen", { detail: source }));
  }

  function offer(source) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = source.key;
    button.addEventListener("click", () => choose(source));
    row.append(button, ` ${source.reference} (${source.why})`);
    return row;
  }

  const few = () => Object.fromEntries(fields.map((field) => [field.dataset.fewField, field.value]));

  async function send(content, more = {}) {
    newest += 1;
    const mine = newest;
    sent = content;
    clearTimeout(timer);
    try {
      const answer = await fetch(adding.dataset.url, {
        method: "POST",
        body: new URLSearchParams({ ...content, ...more }),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "error",
      });
      const said = await answer.json();
      if (mine !== newest) return;
      likes.replaceChildren(...(said.likes ?? []).map(offer));
      anyway.hidden = !said.likes?.length || "ask" in more;
      key.placeholder = said.proposed ?? "";
      if (said.error) told.textContent = "ask" in more ? "" : said.error;
      else if (said.likes?.length) told.textContent = told.dataset.alike;
      else told.textContent = said.proposed ? `${told.dataset.proposed} ${said.proposed}` : "";
      if (said.key) choose(said);
    } catch {
      if (mine === newest) told.textContent = told.dataset.failed;
    }
  }

  find("add-read").addEventListener("click", () => send({ text: reference.value }));
  find("add-few").addEventListener("click", () => send(few()));
  anyway.addEventListener("click", () => send(sent, { add: "1" }));
  reference.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send({ text: reference.value });
  });
  fields.forEach((field) => {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (few().title.trim()) timer = setTimeout(() => send(few(), { ask: "1" }), WAIT);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && field.tagName === "INPUT") send(few());
    });
  });
  dialog.addEventListener("opened", () => {
    adding.open = false;
    told.textContent = "";
    likes.replaceChildren();
    anyway.hidden = true;
    key.placeholder = "";
    [reference, ...fields.filter((field) => field.tagName !== "SELECT")].forEach((field) => { field.value = ""; });
  });
}

document.querySelectorAll("[data-add]").forEach(start);
