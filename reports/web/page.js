"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const shared = read("criteria");

  // --- search and filters: without case and diacritics, every word somewhere in name or code
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const rows = Array.from(document.querySelectorAll(".ranking tbody tr"), (row) => ({
    row, text: fold(row.dataset.code + " " + row.textContent), section: row.closest("section"),
  }));
  const filter = () => {
    const words = fold($("search").value).split(/\s+/).filter(Boolean);
    const block = $("block").value, grade = $("grade") ? $("grade").value : "";
    const shown = new Map();
    for (const { row, text, section } of rows) {
      const fits = words.every((word) => text.includes(word))
        && (!block || section.dataset.block === block) && (!grade || row.dataset.grade === grade);
      row.hidden = !fits;
      shown.set(section, (shown.get(section) || 0) + (fits ? 1 : 0));
    }
    let all = 0;
    for (const [section, count] of shown) { section.hidden = !count; all += count; }
    const filtered = words.length || block || grade;
    $("found").textContent = filtered ? `${all} đơn vị` : "";
  };
  for (const id of ["search", "block", "grade"]) if ($(id)) $(id).addEventListener("input", filter);

  // --- sort by a column; units without a value stay last either way
  const collator = new Intl.Collator("vi", { numeric: true });
  for (const table of document.querySelectorAll(".ranking")) {
    table.tHead.addEventListener("click", (event) => {
      const head = event.target.closest("th");
      if (!head) return;
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => {
        const cell = row.cells[head.cellIndex];
        return cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.textContent;
      };
      const sign = down ? -1 : 1;
      const keyed = Array.from(table.tBodies[0].rows, (row) => [key(row), row]);
      keyed.sort(([a], [b]) => {
        if (a === "" || b === "") return (a === "") - (b === "");
        return sign * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
      });
      table.tBodies[0].append(...keyed.map(([, row]) => row));
    });
  }

  // --- a unit's page, built from its own data when it is asked for; text only, never markup
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const line = (cells, kind) => {
    const row = make("tr", undefined, kind);
    for (const [text, className] of cells) row.append(make("td", text, className));
    return row;
  };
  const unitPage = (unit) => {
    const page = document.createDocumentFragment();
    const back = make("p", undefined, "no-print");
    const link = make("a", "← Về bảng xếp hạng");
    link.href = "#";
    back.append(link);
    page.append(back, make("h2", `${unit.name} (${unit.code})`));
    const facts = make("ul", undefined, "facts");
    for (const [label, value] of unit.facts) {
      const item = make("li", `${label}: `);
      item.append(make("b", value));
      facts.append(item);
    }
    page.append(facts);
    for (const text of unit.notes) page.append(make("p", text, text.startsWith("- ") ? "note item" : "note"));
    const table = make("table", undefined, "plain");
    const head = table.createTHead().insertRow();
    for (const [text, className] of shared.headings) {
      const cell = make("th", text, className);
      cell.scope = "col";
      head.append(cell);
    }
    const body = table.createTBody();
    let group = null;
    for (const step of unit.steps) {
      const leaf = shared.criteria[step.i];
      if (leaf.group !== group) {
        group = leaf.group;
        const row = line([[shared.groups[group], ""]], "group");
        row.cells[0].colSpan = shared.headings.length;
        body.append(row);
      }
      const row = line([[leaf.id, ""], [leaf.title, ""], [step.max, "number"], [step.self, "number"],
        [step.appraised, "number"], [step.final, "number"], [step.lost, "number loss"]], step.lost ? "lost" : "");
      const why = make("td", undefined, "why");
      for (const text of step.why) why.append(make("p", text));
      if (step.lost) for (const text of leaf.basis) why.append(make("p", text));
      row.append(why);
      body.append(row);
    }
    const scroll = make("div", undefined, "scroll");
    scroll.append(table);
    page.append(scroll);
    return page;
  };
  const show = () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const data = anchor && $(`${anchor}-du-lieu`);
    $("round").hidden = Boolean(data);
    $("unit").hidden = !data;
    $("unit").replaceChildren(...(data ? [unitPage(JSON.parse(data.textContent))] : []));
    if (data) window.scrollTo(0, 0);
  };
  window.addEventListener("hashchange", show);
  show();
})();
