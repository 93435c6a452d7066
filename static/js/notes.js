/* Opens a note beside the text: on hover and focus of its marker, on a tap where nothing hovers.
   Where the window has a margin, the notes stand in it all the time, shortened until they fit.
   The markers stay plain links to the notes at the end. data-noted marks the text and holds the
   words of the link from a card to its note. */

const CLOSING = 350; // milliseconds, so that the pointer can travel to the card
const GAP = 6; // pixels between a card and its marker, or the window's edge

let card = null;
let marker = null;
let timer = 0;

function build(link, note, label) {
  const box = document.createElement("span");
  box.className = "note-card";
  box.id = "note-card";
  const number = document.createElement("b");
  number.textContent = link.textContent.trim();
  const text = document.createElement("span");
  text.append(...note.cloneNode(true).childNodes);
  text.querySelectorAll(".note-back").forEach((way) => way.remove());
  text.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  const more = document.createElement("span");
  more.className = "more";
  const way = document.createElement("a");
  way.href = link.hash;
  way.textContent = label;
  more.append(way);
  box.append(number, text, more);
  return box;
}

function close() {
  clearTimeout(timer);
  card?.remove();
  marker?.removeAttribute("aria-describedby");
  card = marker = null;
}

function open(link) {
  clearTimeout(timer);
  if (link === marker) return;
  const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!note) return;
  close();
  marker = link;
  const prose = link.closest("[data-noted]");
  card = build(link, note, prose.dataset.noted);
  const [from, to] = [prose.getBoundingClientRect(), link.getBoundingClientRect()];
  const rtl = getComputedStyle(prose).direction === "rtl";
  const start = rtl ? from.right - to.right : to.left - from.left;
  card.style.setProperty("--note-at", `${Math.max(0, start - 32)}px`);
  (link.closest("sup") ?? link).after(card);
  link.setAttribute("aria-describedby", card.id);
  requestAnimationFrame(raise); // by then the window has scrolled to what has the focus
}

function raise() {
  if (!card) return;
  const [box, at] = [card.getBoundingClientRect(), marker.getBoundingClientRect()];
  const below = box.bottom + GAP - document.documentElement.clientHeight;
  if (below <= 0) return;
  const up = stays() ? below : box.bottom + GAP - at.top;
  if (box.top - up >= GAP) card.style.setProperty("--note-up", `${up}px`);
  else card.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function stays() {
  return card && getComputedStyle(card).getPropertyValue("--note-stays").trim() === "1";
}

function isOurs(target) {
  return card !== null && (card.contains(target) || marker.contains(target));
}

function closeSoon() {
  clearTimeout(timer);
  if (!stays()) timer = setTimeout(close, CLOSING);
}

function markerOf(event) {
  const link = event.target.closest?.("[data-noted] .note-ref a[href^='#']");
  return link && !link.closest(".note-card") ? link : null;
}

function start(prose) {
  prose.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = markerOf(event);
    if (link && !prose.querySelector(".side-notes")) open(link);
    else if (isOurs(event.target)) clearTimeout(timer);
  });
  prose.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && isOurs(event.target) && !isOurs(event.relatedTarget)) {
      closeSoon();
    }
  });
  prose.addEventListener("focusin", (event) => {
    const link = markerOf(event);
    if (link?.matches(":focus-visible")) open(link);
  });
  prose.addEventListener("focusout", (event) => {
    if (isOurs(event.target) && !isOurs(event.relatedTarget) && !card.matches(":hover")) closeSoon();
  });
  prose.addEventListener("click", (event) => {
    const link = markerOf(event);
    if (!link) return;
    if (event.pointerType !== "touch") return close();
    event.preventDefault();
    if (link === marker) close();
    else open(link);
  });
}

/* Notes in the margin. They are for the eye alone: who listens has the notes at the end. */

const APART = 10; // pixels between two notes in the margin
const FARTHEST = 140; // pixels that a note may stand below its marker
const LINES = [8, 6, 5, 4, 3, 2, 1]; // how long the notes may be, until all of them fit

function sideNotes(prose) {
  const wide = matchMedia("(min-width: 75rem)");
  const margin = document.createElement("div");
  margin.className = "side-notes";
  margin.setAttribute("aria-hidden", "true");
  const sides = [];
  prose.querySelectorAll(".note-ref a[href^='#']").forEach((link) => {
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note || sides.some((side) => side.note === note)) return;
    const box = document.createElement("p");
    const number = document.createElement("b");
    number.textContent = link.textContent.trim();
    box.append(number, " ", ...note.cloneNode(true).childNodes);
    box.querySelectorAll(".note-back").forEach((way) => way.remove());
    box.querySelectorAll("details").forEach((passage) => {
      const way = document.createElement("a");
      way.href = link.hash;
      way.className = "note-source";
      way.append(...passage.querySelector("summary").childNodes);
      way.addEventListener("click", () => note.querySelectorAll("details").forEach((one) => (one.open = true)));
      passage.replaceWith(way);
    });
    box.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    box.querySelectorAll("a").forEach((way) => (way.tabIndex = -1));
    margin.append(box);
    sides.push({ note, link, box });
    const lit = (on) => () => box.classList.toggle("lit", on);
    link.addEventListener("pointerenter", lit(true));
    link.addEventListener("pointerleave", lit(false));
    link.addEventListener("focus", lit(true));
    link.addEventListener("blur", lit(false));
  });

  function place() {
    if (!wide.matches || !sides.length) return margin.remove();
    if (!margin.isConnected) prose.append(margin);
    const top = prose.getBoundingClientRect().top;
    const head = document.querySelector(".margin-head");
    const free = head ? head.getBoundingClientRect().bottom - top + 2 * APART : 0;
    const markers = sides.map((side) => side.link.getBoundingClientRect().top - top);
    for (const lines of LINES) {
      margin.style.setProperty("--lines", lines);
      const heights = sides.map((side) => side.box.offsetHeight);
      let bottom = free;
      let drift = 0;
      sides.forEach((side, n) => {
        const at = Math.max(markers[n] - 4, bottom);
        if (markers[n] >= free) drift = Math.max(drift, at - markers[n]);
        side.box.style.setProperty("--at", `${at}px`);
        bottom = at + heights[n] + APART;
      });
      if (drift <= FARTHEST && bottom <= prose.offsetHeight + FARTHEST) break;
    }
  }

  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(place, 120);
  };
  place();
  document.fonts?.ready.then(place);
  new ResizeObserver(soon).observe(prose);
  wide.addEventListener("change", soon);
}

document.querySelectorAll("[data-noted]").forEach((prose) => {
  start(prose);
  sideNotes(prose);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !card) return;
  if (card.contains(document.activeElement)) marker.focus({ preventScroll: true });
  close();
});
document.addEventListener("pointerdown", (event) => {
  if (card && !isOurs(event.target)) close();
});
