/* Buttons with data-copy="id" copy the text of that element; they are hidden until this runs. */

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text.replace(/\s+/g, " ").trim());
  const said = button.parentElement.querySelector("[data-copied]");
  if (!said) return;
  said.textContent = said.dataset.copied;
  setTimeout(() => (said.textContent = ""), 4000);
}

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  });
}
