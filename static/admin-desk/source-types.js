/* Puts the fields of a source in the order of its type, when that is chosen: what it needs, what is
   useful, the rest. Nothing typed is touched. #source-types holds the fields by type. */

const choice = document.querySelector("#id_type");
const types = document.querySelector("#source-types");

function place() {
  const { needed, useful } = byType[choice.value] ?? { needed: [], useful: [] };
  const rows = new Map();
  ORDER.forEach((group) => {
    boxes[group].querySelectorAll(".form-row").forEach((row) => {
      const name = [...row.classList].find((word) => word.startsWith("field-"));
      if (name) rows.set(name.slice("field-".length), row);
    });
  });
  const listed = { needed, useful, seldom: [...rows.keys()].filter((name) => !needed.includes(name) && !useful.includes(name)) };
  ORDER.forEach((group) => {
    listed[group].forEach((name) => rows.has(name) && boxes[group].append(rows.get(name)));
    boxes[group].closest("fieldset").hidden = !boxes[group].querySelector(".form-row");
  });
}

const ORDER = ["needed", "useful", "seldom"];
const boxes = {};
let byType = {};
if (choice && types) {
  byType = JSON.parse(types.textContent);
  ORDER.forEach((group) => {
    const set = document.querySelector(`fieldset.${group}`);
    boxes[group] = set.querySelector("details") ?? set;
  });
  choice.addEventListener("change", place);
}
