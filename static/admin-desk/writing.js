/* The form of a case: a finding leads to its line in the text, an error or a finding to its field,
   also in a group that is folded. */

function placeCursor(field, line) {
  let start = 0;
  for (let n = 1; n < line; n += 1) {
    const next = field.value.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  const end = field.value.indexOf("\n", start);
  field.focus();
  field.setSelectionRange(start, end < 0 ? field.value.length : end);
  const height = parseFloat(getComputedStyle(field).lineHeight) || 20;
  field.scrollTop = Math.max(0, (line - 4) * height);
}

document.addEventListener("click", (event) => {
  const way = event.target.closest?.("a[href^='#']");
  const target = way && document.getElementById(decodeURIComponent(way.hash.slice(1)));
  if (!target?.closest("[data-writing], .saving")) return;
  event.preventDefault();
  target.closest("details")?.setAttribute("open", "");
  target.querySelector?.(":scope details")?.setAttribute("open", "");
  if (way.dataset.line && target.tagName === "TEXTAREA") {
    placeCursor(target, Number(way.dataset.line));
    return;
  }
  const box = target.classList.contains("select2-hidden-accessible")
    ? target.nextElementSibling?.querySelector("[tabindex], input") : null;
  const inside = target.matches("input, select, textarea, [tabindex]")
    ? target : target.querySelector("input:not([type=hidden]), select, textarea, summary, a[href]");
  (box ?? inside ?? target).focus();
  target.scrollIntoView({ block: "nearest" });
});
