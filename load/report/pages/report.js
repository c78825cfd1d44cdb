// What pages do beyond being read: tables are sorted by their headings, and elections are searched.
// Everything works without it but these two.
"use strict";

// value is what a cell is sorted by: a number where it is one, else its text. Absent values come last.
function value(row, column) {
  const cell = row.cells[column];
  const text = cell.dataset.sort ?? cell.textContent.trim();
  if (text === "–" || text === "") {
    return null;
  }
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function compare(a, b, direction) {
  if (a === null || b === null) {
    return (a === null) - (b === null);
  }
  if (typeof a === "number" && typeof b === "number") {
    return direction * (a - b);
  }
  return direction * String(a).localeCompare(String(b), undefined, { numeric: true });
}

function sort(table, heading, column) {
  const numbers = heading.classList.contains("number");
  const first = numbers ? "descending" : "ascending";
  const second = numbers ? "ascending" : "descending";
  const order = heading.getAttribute("aria-sort") === first ? second : first;
  for (const other of table.tHead.rows[0].cells) {
    other.removeAttribute("aria-sort");
  }
  heading.setAttribute("aria-sort", order);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({ row, key: value(row, column) }));
  rows.sort((a, b) => compare(a.key, b.key, order === "ascending" ? 1 : -1));
  body.append(...rows.map((r) => r.row));
}

for (const table of document.querySelectorAll("table.sortable")) {
  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading, column));
    heading.append(button);
  });
}

// folded is a text without case and accents.
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function searching(form, index) {
  const most = 50;
  const input = form.querySelector("input");
  const found = form.querySelector("#found");
  const count = form.querySelector("#count");
  const places = index.places.map(folded);
  const haystack = index.elections.map(([title, place, year]) => `${folded(title)} ${places[place]} ${year || ""}`);

  function entry([title, place, year, file]) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const name = document.createElement("bdi");
    name.textContent = title; // as text: a title is never read as HTML
    link.href = `elections/${file}.html`;
    link.append(name);
    const where = document.createElement("small");
    where.textContent = [index.places[place], year || ""].filter(Boolean).join(", ");
    item.append(link, " ", where);
    return item;
  }

  function search() {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    found.replaceChildren();
    if (words.length === 0) {
      count.textContent = "";
      return;
    }
    // Those whose title begins with what was typed come first, then the latest.
    const begins = [];
    const others = [];
    let all = 0;
    haystack.forEach((text, i) => {
      if (words.every((word) => text.includes(word))) {
        all += 1;
        const list = text.startsWith(words.join(" ")) ? begins : others;
        if (list.length < most) {
          list.push(i);
        }
      }
    });
    const shown = begins.concat(others).slice(0, most);
    found.append(...shown.map((i) => entry(index.elections[i])));
    count.textContent = all === 0 ? "No election has these words."
      : all > shown.length ? `${all} elections; the first ${shown.length} are shown.`
      : all === 1 ? "1 election." : `${all} elections.`;
  }

  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("a")?.focus();
  });
  search();
}

const form = document.querySelector("[data-search]");
if (form && globalThis.hemicycleIndex) {
  searching(form, globalThis.hemicycleIndex);
}
