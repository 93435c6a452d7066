/* Selecting words in an article offers to report a slip in them: data-passage holds the address
   of the form, data-passage-label the words of the button. */

const LONGEST = 500;

function words(selection) {
  const part = selection.getRangeAt(0).cloneContents();
  part.querySelectorAll(".note-ref, .note-card, .passage").forEach((element) => element.remove());
  const text = part.textContent.replace(/\s+/g, " ").trim();
  return [...text].slice(0, LONGEST).join("").trim();
}

function start(article) {
  const link = document.createElement("a");
  link.className = "button passage";
  link.textContent = article.dataset.passageLabel;

  function update() {
    const selection = document.getSelection();
    if (document.activeElement === link) return;
    if (!selection?.rangeCount || selection.isCollapsed) return link.remove();
    const range = selection.getRangeAt(0);
    if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) {
      return link.remove();
    }
    const text = words(selection);
    if (text.length < 3) return link.remove();
    const address = new URL(article.dataset.passage, location.href);
    address.searchParams.set("passage", text);
    link.href = address;
    const last = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
    const frame = article.getBoundingClientRect();
    const rtl = getComputedStyle(article).direction === "rtl";
    const from = rtl ? frame.right - last.right : last.left - frame.left;
    link.style.setProperty("--passage-top", `${last.bottom - frame.top + 8}px`);
    link.style.setProperty("--passage-start", `${Math.max(0, from)}px`);
    // Beside the selection in the order of the page, so that the next Tab reaches it.
    const block = range.endContainer.parentElement.closest("p, li, blockquote, h2, h3, td, th");
    const host = block && article.contains(block) ? block : article;
    if (link.parentElement !== host) host.append(link);
  }

  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 180);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && link.isConnected) link.remove();
  });
}

document.querySelectorAll("[data-passage]").forEach(start);
