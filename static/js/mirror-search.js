/* The search of a mirror: asks the index that Pagefind made beside it. data-mirror-search on the
   form is where that begins, data-root the way to the mirror's front page; both from this page. */

const MOST = 50;
const form = document.querySelector("[data-mirror-search]");
const list = document.querySelector("[data-search-results]");
const status = document.querySelector("[data-search-status]");
const field = form.querySelector("input[type=search]");
const words = form.dataset;
const failed = status.textContent; // what stands there until a script runs
status.textContent = "";

let index = null;
let asked = 0;

async function opened() {
  if (!index) {
    index = await import(new URL(words.mirrorSearch, document.baseURI));
    await index.init();
  }
  return index;
}

/* The passage that was found: its text, with what matched marked, and nothing else of its HTML. */
function passage(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const shown = document.createElement("p");
  shown.className = "snippet";
  for (const node of read.body.childNodes) {
    const part = document.createElement(node.nodeName === "MARK" ? "mark" : "span");
    part.textContent = node.textContent;
    shown.append(part);
  }
  return shown;
}

function entry(found) {
  const item = document.createElement("li");
  const title = document.createElement("h2");
  const link = document.createElement("a");
  const root = new URL(words.root, document.baseURI);
  item.className = "entry";
  link.href = new URL(found.raw_url.replace(/^\//, ""), root).href;
  link.textContent = found.meta.title;
  title.append(link);
  item.append(title, passage(found.excerpt));
  return item;
}

async function find(text) {
  const turn = ++asked;
  try {
    const found = await (await opened()).search(text);
    const entries = await Promise.all(found.results.slice(0, MOST).map((one) => one.data()));
    if (turn !== asked) return;
    list.replaceChildren(...entries.map(entry));
    status.textContent = entries.length
      ? words.found.replace("#", found.results.length)
      : words.none;
  } catch (error) {
    status.textContent = failed;
    console.warn(error);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(document.location);
  address.searchParams.set("q", field.value);
  history.replaceState(null, "", address);
  if (field.value.trim()) find(field.value.trim());
});

const typed = new URLSearchParams(document.location.search).get("q");
if (typed) {
  field.value = typed;
  find(typed.trim());
}
