/* Buttons with data-copy="id" copy the text of that element, a <pre> to the letter; they are hidden
   until this runs. That it was copied is said in the [data-copied] beside the button; where the
   browser forbids it, the text is selected instead. */

function textOf(element) {
  const text = element.textContent;
  return element.localName === "pre" ? `${text}\n` : text.replace(/\s+/g, " ").trim();
}

async function copy(button) {
  const element = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(textOf(element));
  } catch {
    getSelection().selectAllChildren(element);
    return;
  }
  const said = button.parentElement.querySelector("[data-copied]");
  if (!said) return;
  clearTimeout(said.waiting);
  said.textContent = said.dataset.copied;
  said.waiting = setTimeout(() => (said.textContent = ""), 4000);
}

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  });
}

/* Buttons that share the address in data-share (with the system's own means, or by copying it) or
   print the page stand in list items that are hidden until this runs. */

async function share(button) {
  const url = button.dataset.share;
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      return await navigator.share({ title: document.title, url });
    }
    await navigator.clipboard.writeText(url);
  } catch {
    return;
  }
  const said = button.nextElementSibling;
  said.textContent = button.dataset.copied;
  setTimeout(() => (said.textContent = ""), 4000);
}

document.querySelectorAll("[data-share]").forEach((button) => {
  button.parentElement.hidden = !(navigator.share || navigator.clipboard);
  button.addEventListener("click", () => share(button));
});
document.querySelectorAll("[data-print]").forEach((button) => {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => print());
});
