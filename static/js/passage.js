/* What a reader can do with a passage. Selecting words offers to report a slip in them, and the next
   Tab leads there; the ¶ after a paragraph opens link, quotation and report for it and for each of
   its sentences. data-passage is the address of the form, data-permanent that of the edition;
   data-passage-label, -hint and data-ways are the words. Without this, ¶ leads to the passage. */

const LONGEST = 500;
const WORD = /[\p{L}\p{M}\p{N}'’-]/u;

/* Words as they are read: without note markers and controls. */
function words(fragment) {
  fragment.querySelectorAll(".note-ref, .note-card, .passage, .ways, .ways-box").forEach((element) => {
    element.remove();
  });
  const text = fragment.textContent.replace(/\s+/g, " ").trim();
  return [...text].slice(0, LONGEST).join("").trim();
}

/* The range, made to begin and end with whole words. */
function whole(range) {
  const snapped = range.cloneRange();
  const { startContainer: first, endContainer: last } = snapped;
  if (first.nodeType === Node.TEXT_NODE) {
    let at = snapped.startOffset;
    if (WORD.test(first.data[at] ?? "")) while (at > 0 && WORD.test(first.data[at - 1])) at -= 1;
    snapped.setStart(first, at);
  }
  if (last.nodeType === Node.TEXT_NODE && snapped.endOffset > 0) {
    let at = snapped.endOffset;
    if (WORD.test(last.data[at - 1])) while (at < last.data.length && WORD.test(last.data[at])) at += 1;
    snapped.setEnd(last, at);
  }
  return snapped;
}

function reportOf(article, text) {
  const address = new URL(article.dataset.passage, location.href);
  address.searchParams.set("passage", text);
  return address;
}

function offerReport(article) {
  const link = document.createElement("a");
  link.className = "button passage";
  link.textContent = article.dataset.passageLabel;
  const hint = document.createElement("span");
  hint.className = "unseen";
  hint.setAttribute("role", "status");
  article.after(hint);

  function leave() {
    link.remove();
    hint.textContent = "";
  }

  function update() {
    const selection = document.getSelection();
    if (document.activeElement === link) return;
    if (!selection?.rangeCount || selection.isCollapsed) return leave();
    const range = selection.getRangeAt(0);
    if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) {
      return leave();
    }
    const snapped = whole(range);
    const text = words(snapped.cloneContents());
    if (text.length < 3) return leave();
    link.href = reportOf(article, text);
    const last = [...snapped.getClientRects()].at(-1) ?? snapped.getBoundingClientRect();
    const frame = article.getBoundingClientRect();
    const rtl = getComputedStyle(article).direction === "rtl";
    const from = rtl ? frame.right - last.right : last.left - frame.left;
    link.style.setProperty("--passage-top", `${last.bottom - frame.top + 8}px`);
    link.style.setProperty("--passage-start", `${Math.max(0, from)}px`);
    if (!link.isConnected) article.append(link);
    hint.textContent = article.dataset.passageHint;
  }

  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 180);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && link.isConnected) leave();
    if (event.key !== "Tab" || event.shiftKey || event.altKey || event.ctrlKey) return;
    clearTimeout(timer);
    update();
    if (!link.isConnected || document.activeElement === link) return;
    event.preventDefault(); // wherever the focus stood: what is selected is what is meant
    link.focus();
  });
}

/* The box that ¶ opens. */
function openWays(article) {
  const [paragraph, toLink, toQuote, toReport, copied, toClose] = article.dataset.ways.split("|");
  let box = null;
  let control = null;

  function close(focus) {
    box?.remove();
    control?.setAttribute("aria-expanded", "false");
    if (focus) control?.focus();
    box = control = null;
  }

  function button(name, about, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.setAttribute("aria-label", `${name}: ${about}`);
    made.addEventListener("click", action);
    return made;
  }

  function row(id, label, text, said) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = label;
    const permanent = article.dataset.permanent;
    const address = `${permanent}s/${id}/`;
    const copy = async (value) => {
      try {
        await navigator.clipboard.writeText(value);
        said.textContent = copied;
      } catch {
        location.assign(`#${id}`);
      }
    };
    const report = document.createElement("a");
    report.href = reportOf(article, [...text].slice(0, LONGEST).join(""));
    report.textContent = toReport;
    report.setAttribute("aria-label", `${toReport}: ${label}`);
    const citation = document.getElementById("citation")?.textContent.replace(/\s+/g, " ").trim();
    line.append(
      name,
      button(toLink, label, () => copy(address)),
      button(toQuote, label, () => copy(`“${text}” ${citation ?? ""} ${address}`)),
      report,
    );
    return line;
  }

  function open(link) {
    close();
    control = link;
    const block = link.parentElement;
    box = document.createElement("div");
    box.className = "ways-box";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", link.getAttribute("aria-label"));
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    const list = document.createElement("ul");
    const text = (element) => words(element.cloneNode(true));
    list.append(row(block.id, paragraph, text(block), said));
    const sentences = block.querySelectorAll(":scope > span[id]");
    if (sentences.length > 1) {
      sentences.forEach((sentence) => {
        const said_ = text(sentence);
        const short = [...said_].length > 60 ? `${[...said_].slice(0, 58).join("")}…` : said_;
        list.append(row(sentence.id, short, said_, said));
      });
    }
    const way = button(toClose, link.getAttribute("aria-label"), () => close(true));
    way.className = "close";
    way.textContent = toClose;
    box.append(list, said, way);
    block.after(box);
    link.setAttribute("aria-expanded", "true");
    box.querySelector("button").focus();
  }

  article.querySelectorAll("a.ways").forEach((link) => {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  });
  article.addEventListener("click", (event) => {
    const link = event.target.closest("a.ways");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (link === control) close(true);
    else open(link);
  });
  article.addEventListener("keydown", (event) => {
    const link = event.target.closest("a.ways");
    if (link && event.key === " ") {
      event.preventDefault();
      link.click();
    }
    if (event.key === "Escape" && box) close(true);
  });
}

document.querySelectorAll("[data-passage]").forEach((article) => {
  offerReport(article);
  openWays(article);
});
