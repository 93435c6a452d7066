// Asks before leaving an admin form with changes that are neither saved nor kept.

const form = document.querySelector("#content-main > form[method=post]");
let changed = Boolean(document.querySelector(".errornote, .meanwhile"));

if (form) {
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", () => { changed = true; });
  form.addEventListener("kept", () => { changed = false; });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget !== "_blank") changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
