/* Names for the boxes that Django's choosing-by-typing (Select2) puts beside a field: those of the
   field's own label, with what is chosen. */

function nameOf(select) {
  const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  return (label?.textContent ?? select.getAttribute("aria-label") ?? select.name).trim().replace(/:$/, "");
}

function nameAll(root) {
  root.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
    const box = select.nextElementSibling;
    const name = nameOf(select);
    const selection = box?.querySelector(".select2-selection");
    if (!selection) return;
    const chosen = [...select.selectedOptions].map((option) => option.textContent.trim()).filter(Boolean);
    selection.removeAttribute("aria-labelledby");
    selection.setAttribute("aria-label", chosen.length ? `${name}: ${chosen.join(", ")}` : name);
    box.querySelector("[role=textbox]")?.setAttribute("aria-label", name);
    // Its list of what is chosen holds more than entries, which no list may.
    box.querySelectorAll("ul, ul > li").forEach((element) => element.setAttribute("role", "none"));
    box.querySelectorAll(".select2-search__field").forEach((field) => field.setAttribute("aria-label", name));
  });
}

function later() {
  setTimeout(() => nameAll(document), 50); // after Select2 has drawn
}

if (document.readyState === "complete") later();
else addEventListener("load", later);
document.addEventListener("formset:added", later);
document.addEventListener("change", later, true);
window.django?.jQuery?.(document).on("select2:select select2:unselect select2:open", later);
