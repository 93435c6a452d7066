/* Search as you type: data-suggest on a form names the address that answers {groups: [{label,
   items: [{label, also, address}]}]}. The field becomes a combobox with a listbox under it; the
   form stays a form. data-suggest-label names the list, data-suggest-some and -none what is
   announced of it (# stands for the number). */

const WAITING = 150; // milliseconds after the last letter
const SHORTEST = 2; // letters before anything is asked

let lists = 0;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function start(form) {
  const field = form.querySelector("input[type=search]");
  const words = form.dataset;
  if (!field) return;
  const id = `suggestions-${++lists}`;
  const box = element("div", { class: "suggestions", role: "listbox", id });
  box.setAttribute("aria-label", words.suggestLabel);
  box.hidden = true;
  const status = element("span", { class: "unseen", role: "status" });
  form.append(box, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", id);
  field.setAttribute("autocomplete", "off");

  let asking = null;
  let timer = 0;
  let chosen = -1;

  const options = () => [...box.querySelectorAll("[role=option]")];

  function close() {
    clearTimeout(timer);
    asking?.abort();
    box.hidden = true;
    box.replaceChildren();
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(number) {
    const all = options();
    chosen = all.length ? number : -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function option(item, number) {
    const made = element("a", { role: "option", id: `${id}-${number}`, href: item.address });
    made.tabIndex = -1; // the keys move through the list while the field keeps the focus
    made.setAttribute("aria-selected", "false");
    made.append(element("bdi", {}, item.label));
    if (item.also) made.append(" ", element("span", { class: "also" }, element("bdi", {}, item.also)));
    return made;
  }

  function show(groups) {
    let number = 0;
    box.replaceChildren(
      ...groups.map((group, at) => {
        const label = element("span", { class: "label", id: `${id}-group-${at}` }, group.label);
        label.setAttribute("role", "presentation");
        const made = element("div", { role: "group", "aria-labelledby": label.id }, label);
        made.append(...group.items.map((item) => option(item, number++)));
        return made;
      }),
    );
    box.hidden = !number;
    field.setAttribute("aria-expanded", String(number > 0));
    status.textContent = number ? words.suggestSome.replace("#", number) : words.suggestNone;
    choose(-1);
  }

  async function ask() {
    const typed = field.value.trim();
    asking?.abort();
    if (typed.length < SHORTEST) return close();
    const mine = (asking = new AbortController());
    const address = new URL(words.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) return close();
      const { groups } = await answer.json();
      if (mine === asking && !mine.signal.aborted && document.activeElement === field) show(groups);
    } catch {
      if (mine === asking && !mine.signal.aborted) close(); // the form still searches
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAITING);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && box.hidden) {
      event.preventDefault();
      return ask();
    }
    if (box.hidden) return;
    const last = options().length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) options()[chosen].click();
    else if (event.key === "Escape" || event.key === "Tab") {
      close();
      if (event.key === "Tab") return;
    } else return;
    event.preventDefault();
  });

  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

document.querySelectorAll("form[data-suggest]").forEach(start);
