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
