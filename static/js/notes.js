/* Opens a note beside the text: on hover and focus of its marker, on a tap where nothing hovers.
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
    if (link) open(link);
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

document.querySelectorAll("[data-noted]").forEach(start);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !card) return;
  if (card.contains(document.activeElement)) marker.focus({ preventScroll: true });
  close();
});
document.addEventListener("pointerdown", (event) => {
  if (card && !isOurs(event.target)) close();
});
