/* What proofreading finds in a case, made anew a moment after each pause in typing, and beside the
   text the public page as it would be. */

const WAIT = 600; // milliseconds of quiet before the server is asked
const REMEMBERED = "peacesite-preview";

function start(writing) {
  const form = writing.closest("form");
  const find = (name) => form.querySelector(`[data-${name}]`);
  const [pane, frame, toggle, phone] = ["preview-pane", "preview-frame", "toggle-preview", "phone"].map(find);
  const [findings, told] = [find("findings-at"), find("told")];
  if (!pane || !toggle) return;
  let timer = 0;
  let newest = 0;

  function showFindings(page) {
    const section = page.querySelector("[data-findings]");
    if (!section) return;
    const said = (root) => root.querySelector("[data-findings-told]")?.textContent ?? "";
    const open = findings.contains(document.activeElement) ? document.activeElement.textContent : null;
    const unfolded = findings.querySelector("[data-dismissed]")?.open;
    if (said(findings) !== said(section)) told.textContent = said(section); // not for every word
    findings.replaceChildren(document.adoptNode(section));
    if (unfolded) findings.querySelector("[data-dismissed]")?.setAttribute("open", "");
    if (open === null) return;
    const ways = [...findings.querySelectorAll("a, button, summary")];
    (ways.find((way) => way.textContent === open) ?? findings.querySelector("h2"))?.focus();
  }

  // The page in place of the one that is shown; its text stays the same element, on which the
  // scripts of the page listen.
  function showPage(page) {
    const shown = frame.contentDocument;
    page.querySelector(".draft-findings")?.remove();
    const top = frame.contentWindow.scrollY;
    const [was, now] = [shown.querySelector(".prose"), page.querySelector(".prose")];
    if (shown.readyState !== "complete" || !was || !now) return;
    const open = [...shown.querySelectorAll("details")].map((one) => one.open);
    const folds = [...page.querySelectorAll("details")];
    if (folds.length === open.length) folds.forEach((one, n) => { one.open = open[n]; });
    was.replaceChildren(...now.childNodes);
    now.replaceWith(was);
    shown.body.replaceWith(shown.adoptNode(page.body));
    leadOut(shown);
    frame.contentWindow.scrollTo(0, top);
  }

  // Its links lead out of the form; what proofreading finds stands in the form already.
  function leadOut(shown) {
    shown.querySelector(".draft-findings")?.remove();
    shown.querySelectorAll("a[href]:not([href^='#']), form").forEach((way) => { way.target = "_blank"; });
  }

  async function refresh() {
    newest += 1;
    const mine = newest;
    const data = new FormData(form);
    data.append(pane.hidden ? "_only" : "_beside", "findings");
    if (form.dataset.hints) data.append("_hints", "1");
    try {
      const answer = await fetch(writing.dataset.previewUrl, { method: "POST", body: data });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== newest) return;
      showFindings(page);
      if (!pane.hidden) showPage(page);
    } catch {
      if (mine === newest) told.textContent = told.dataset.failed;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT);
  }

  function show(on) {
    pane.hidden = !on;
    writing.classList.toggle("with-preview", on);
    toggle.setAttribute("aria-pressed", String(on));
    if (on && !frame.src) frame.src = writing.dataset.previewUrl;
    else if (on) refresh();
  }

  frame.addEventListener("load", () => {
    leadOut(frame.contentDocument);
    refresh();
  });
  toggle.addEventListener("click", () => {
    show(pane.hidden);
    localStorage.setItem(REMEMBERED, pane.hidden ? "off" : "on");
  });
  phone.addEventListener("click", () => {
    const on = pane.classList.toggle("as-phone");
    phone.setAttribute("aria-pressed", String(on));
  });
  form.addEventListener("stale", refresh);
  form.addEventListener("input", (event) => event.target.name && event.target.name !== "reason" && soon());
  form.addEventListener("change", (event) => event.target.name && event.target.name !== "reason" && soon());
  if (localStorage.getItem(REMEMBERED) === "on") show(true);
}

document.querySelectorAll("[data-writing]").forEach(start);
