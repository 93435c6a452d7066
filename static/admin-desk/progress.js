/* Shows how far a piece of work is while it goes on: asks for this page again and takes the parts
   of [data-progress] from it, until it says that the work is over. Nothing that is open or has the
   focus is replaced. */

const PAUSE = 2000; // milliseconds between two questions
const LONGEST = 30000; // after questions that were not answered

const region = document.querySelector("[data-progress]");
let pause = PAUSE;

function isBusy(part) {
  return part.contains(document.activeElement) || part.querySelector("details[open]") !== null;
}

function take(next) {
  const parts = [...region.children];
  const news = [...next.children];
  parts.forEach((part, at) => {
    const old = part.querySelector(".so-far");
    const fresh = news[at]?.querySelector(".so-far");
    if (old && fresh) {
      for (const name of ["[role=status]", "progress"]) {
        const [mine, its] = [old.querySelector(name), fresh.querySelector(name)];
        if (mine && its && name === "progress") {
          mine.value = its.value;
          mine.max = its.max;
        } else if (mine && its && mine.textContent !== its.textContent) {
          mine.replaceChildren(...its.childNodes);
        }
      }
    } else if (news[at] && !isBusy(part)) {
      part.replaceWith(news[at]);
    }
  });
}

async function ask() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("#content-main");
    pause = PAUSE;
    if (answer.redirected || !next) {
      return; // the session has ended: the link on the page leads to the log-in
    }
    if (!next.hasAttribute("data-progress")) {
      window.location.reload();
      return;
    }
    take(next);
  } catch {
    pause = Math.min(2 * pause, LONGEST);
  }
  setTimeout(ask, pause);
}

if (region) {
  setTimeout(ask, pause);
}
