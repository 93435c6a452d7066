/* A form with data-keep="name" keeps what is typed in this tab, until it was sent: a page with
   data-kept="name" says that it was. What a page that was refused, a line that broke or a tab that
   was left loses comes back, and [data-keep-told] says so. */

const PREFIX = "typed:";

function fields(form) {
  return [...form.elements].filter(
    (field) => field.matches("textarea, input:is([type=text], [type=email])") && !field.hidden
      && !field.closest("[hidden]"),
  );
}

function keep(form, key) {
  const typed = Object.fromEntries(
    fields(form).filter((field) => field.value).map((field) => [field.name, field.value]),
  );
  try {
    if (Object.keys(typed).length) sessionStorage.setItem(key, JSON.stringify(typed));
    else sessionStorage.removeItem(key);
  } catch {
    // Full or forbidden: the form works without.
  }
}

function bringBack(form, key) {
  let typed = {};
  try {
    typed = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  } catch {
    return;
  }
  const empty = fields(form).filter((field) => !field.value && typed[field.name]);
  empty.forEach((field) => (field.value = typed[field.name]));
  const told = form.querySelector("[data-keep-told]");
  if (empty.length && told) told.textContent = told.dataset.keepTold;
}

document.querySelectorAll("form[data-keep]").forEach((form) => {
  const key = PREFIX + form.dataset.keep;
  bringBack(form, key);
  form.addEventListener("input", () => keep(form, key));
  form.addEventListener("submit", () => keep(form, key));
});

document.querySelectorAll("[data-kept]").forEach((element) => {
  try {
    sessionStorage.removeItem(PREFIX + element.dataset.kept);
  } catch {
    // As above.
  }
});
