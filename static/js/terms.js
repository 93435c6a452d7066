/* Links with data-term, the address of a term, tell what the term means while the pointer is over
   them or the focus in them: the definition is read from the term's page. */

const WAIT = 350; // milliseconds before a hover counts
const known = new Map();
let shown = null;
let timer = 0;

async function definition(address) {
  if (!known.has(address)) {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    known.set(address, page.querySelector("main .standfirst")?.textContent.trim() ?? "");
  }
  return known.get(address);
}

function close() {
  clearTimeout(timer);
  shown?.box.remove();
  shown?.link.removeAttribute("aria-describedby");
  shown = null;
}

async function open(link) {
  if (shown?.link === link) return;
  let text = "";
  try {
    text = await definition(link.dataset.term);
  } catch {
    return; // the link leads there all the same
  }
  if (!text || !link.matches(":hover, :focus")) return;
  close();
  const box = document.createElement("span");
  box.className = "term-card";
  box.id = "term-card";
  box.setAttribute("role", "tooltip");
  box.textContent = text;
  link.after(box);
  link.setAttribute("aria-describedby", box.id);
  shown = { link, box };
}

function closeSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (shown && !shown.link.matches(":hover, :focus") && !shown.box.matches(":hover")) close();
  }, WAIT);
}

document.querySelectorAll("[data-term]").forEach((link) => {
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(timer);
    timer = setTimeout(() => open(link), WAIT);
  });
  link.addEventListener("focus", () => link.matches(":focus-visible") && open(link));
  link.addEventListener("pointerleave", closeSoon);
  link.addEventListener("blur", closeSoon);
});
document.addEventListener("pointerout", () => shown && closeSoon());
document.addEventListener("keydown", (event) => event.key === "Escape" && close());
