// Shows the case as readers will see it beside its text, a moment after each pause in typing.

const WAIT = 600; // milliseconds of quiet before the preview is fetched
const REMEMBERED = "peacesite-preview";

function lineStart(text, line) {
  let at = 0;
  for (let n = 1; n < line; n += 1) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}

function placeCursor(field, line) {
  const start = lineStart(field.value, line);
  const newline = field.value.indexOf("\n", start);
  field.focus();
  field.setSelectionRange(start, newline < 0 ? field.value.length : newline);
  const height = parseFloat(getComputedStyle(field).lineHeight) || 20;
  field.scrollTop = Math.max(0, (line - 4) * height);
}

function start(editor) {
  const field = editor.querySelector("textarea");
  const form = field.form;
  const find = (name) => editor.querySelector(`[data-${name}]`);
  const pane = find("preview-pane");
  const frame = find("preview-frame");
  const toggle = find("toggle-preview");
  const problems = find("problems");
  const status = find("preview-status");
  let timer = 0;
  let newest = 0;

  function showProblems(page) {
    const list = problems.querySelector("ol");
    list.replaceChildren();
    for (const problem of page.querySelectorAll("[data-line]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = problem.textContent.trim();
      button.addEventListener("click", () => placeCursor(field, Number(problem.dataset.line)));
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
    problems.hidden = list.children.length === 0;
  }

  function showPage(page) {
    const shown = frame.contentDocument;
    const top = frame.contentWindow.scrollY;
    if (shown.readyState === "complete" && shown.querySelector("link[rel=stylesheet]")) {
      shown.body.replaceWith(shown.adoptNode(page.body));
      frame.contentWindow.scrollTo(0, top);
    }
  }

  async function refresh() {
    newest += 1;
    const mine = newest;
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "title", "standfirst", "authors", "body"]) {
      data.append(name, form.elements[name]?.value ?? "");
    }
    try {
      const answer = await fetch(editor.dataset.previewUrl, { method: "POST", body: data });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== newest) return;
      showProblems(page);
      if (!pane.hidden) showPage(page);
      status.textContent = "";
    } catch {
      if (mine === newest) status.textContent = status.dataset.failed;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT);
  }

  function show(on) {
    pane.hidden = !on;
    editor.classList.toggle("with-preview", on);
    toggle.setAttribute("aria-pressed", String(on));
    if (on && !frame.src) frame.src = editor.dataset.previewUrl;
    else if (on) refresh();
  }

  find("toolbar").hidden = false;
  frame.addEventListener("load", refresh);
  toggle.addEventListener("click", () => {
    show(pane.hidden);
    localStorage.setItem(REMEMBERED, pane.hidden ? "off" : "on");
  });
  for (const name of ["title", "standfirst", "authors", "body"]) {
    form.elements[name]?.addEventListener("input", soon);
  }
  show(localStorage.getItem(REMEMBERED) !== "off");
  if (pane.hidden) refresh();
}

document.querySelectorAll("[data-editor]").forEach(start);
