/* Keeps a form of the desk while it is written: on the server, and in this browser where that is not
   reached. [data-keep-at] is a hidden field of the form with the address that keeps it. Says when it
   was kept in [data-kept-status], and to the page by the event “kept”. Ctrl+S saves. */

const PAUSE = 1500; // milliseconds of quiet before it is kept
const LONGEST = 10000; // milliseconds that anything typed may wait

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function storeHere(key, content) {
  try {
    localStorage.setItem(key, JSON.stringify(content));
    return true;
  } catch {
    return false; // full or forbidden
  }
}

function forgetHere(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

// What all forms of the page hold that have one address, in the order of the page.
function pairs(form) {
  const address = form.elements._address.value;
  return [...document.querySelectorAll("[data-keep-at]")]
    .filter((mark) => mark.value === address)
    .flatMap((mark) => [...new FormData(mark.form)])
    .filter(([, value]) => typeof value === "string");
}

// Puts back what was typed: each value into the next field of its name.
function bringBack(content) {
  const values = new Map();
  content.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
  document.querySelectorAll("[data-keep-at]").forEach(({ form }) => {
    [...form.elements].forEach((field) => {
      const waiting = values.get(field.name);
      if (!field.name || field.type === "hidden" || field.type === "file" || !waiting) return;
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = waiting.includes(field.value);
      } else if (field.tagName !== "BUTTON" && waiting.length) {
        field.value = waiting.shift();
      }
    });
    form.dispatchEvent(new Event("input"));
  });
}

// Of several forms on a page, the one in which somebody is, or else the one that is saved.
function isMeant(form) {
  const forms = [...document.querySelectorAll("[data-keep-at]")].map((mark) => mark.form);
  const within = forms.find((one) => one === document.activeElement?.form);
  const saved = document.querySelector("[name=_continue]")?.form;
  return form === (within ?? saved ?? forms[0]);
}

function start(mark) {
  const form = mark.form;
  const key = `working-copy:${mark.value}`;
  const status = form.querySelector("[data-kept-status]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  let timer = 0;
  let since = 0;
  let sending = false;

  function say(words) {
    if (status) status.textContent = words;
  }

  function send(content, keepalive = false) {
    return fetch(mark.dataset.keepAt, {
      method: "POST",
      body: new URLSearchParams(content),
      headers: { "X-CSRFToken": token.value, Accept: "application/json" },
      redirect: "error", // to the log-in: the session has ended
      keepalive,
    }).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  }

  async function keep() {
    clearTimeout(timer);
    if (sending || !since) return;
    const began = since;
    since = 0;
    sending = true;
    const content = pairs(form);
    try {
      const { kept } = await send(content);
      forgetHere(key);
      say(`${mark.dataset.kept} ${kept}`);
      if (!since) form.dispatchEvent(new Event("kept"));
    } catch {
      if (storeHere(key, content)) {
        const now = new Date().toTimeString().slice(0, 5);
        say(`${mark.dataset.keptHere} ${now}`);
      }
      since = since || began;
      timer = setTimeout(keep, LONGEST);
    } finally {
      sending = false;
    }
    if (since) soon();
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(0, Math.min(PAUSE, LONGEST - (Date.now() - since))));
  }

  function changed() {
    since = since || Date.now();
    soon();
  }

  function leave() {
    if (!since) return;
    const content = pairs(form);
    storeHere(key, content);
    if (new URLSearchParams(content).toString().length < 60000) send(content, true).catch(() => {});
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("formset:added", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    since = 0;
    forgetHere(key);
    storeHere(`${key}:sent`, { content: pairs(form), lock: form.elements.lock?.value ?? "" });
  });
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && isMeant(form)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=_continue]"));
    }
  });

  // Somebody typed before this ran, on a slow machine or line.
  const typing = document.activeElement;
  if (typing?.form === form && "defaultValue" in typing && typing.value !== typing.defaultValue) {
    changed();
  }
  mark.dataset.ready = "";

  // What this browser alone has goes to the server now, and the page offers it.
  const sent = stored(`${key}:sent`);
  forgetHere(`${key}:sent`);
  const unsaved = sent && form.elements.lock && sent.lock === form.elements.lock.value
    && !document.querySelector(".errornote, .meanwhile, .messagelist") ? sent.content : null;
  const here = stored(key) ?? unsaved;
  if (here) send(here).then(() => { forgetHere(key); location.reload(); }, () => {});
}

document.querySelectorAll("[data-keep-at]").forEach(start);
document.querySelectorAll("[data-bring-back]").forEach((button) => {
  const offered = button.closest("[data-working-copy]");
  button.hidden = false;
  button.addEventListener("click", () => {
    bringBack(JSON.parse(offered.querySelector("script").textContent));
    offered.remove();
  });
});
