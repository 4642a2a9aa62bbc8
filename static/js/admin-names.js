// Names for what Django's own widgets leave without one, for people who hear the page: cells that are edited
// in a list, the search boxes of long choices, the question marks beside two-column choices.
function name(element, text) {
  if (text && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", text.trim());
}

function nameAll() {
  for (const mark of document.querySelectorAll(".help-tooltip[aria-label]")) mark.setAttribute("role", "img");

  for (const box of document.querySelectorAll(".select2-container")) {
    const label = box.previousElementSibling?.labels?.[0]?.textContent;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) name(part, label);
  }

  for (const field of document.querySelectorAll("#result_list td :is(input:not([type=hidden]), select, textarea)")) {
    const cell = field.closest("td");
    const column = document.querySelectorAll("#result_list thead th")[cell.cellIndex]?.textContent ?? "";
    const row = cell.parentElement.querySelector("th")?.textContent ?? "";
    if (!field.matches(".action-select")) name(field, `${column.trim()}: ${row.trim()}`);
  }
}

// Long choices are built by jQuery, which may come after the page is loaded; what is asked of it later comes later.
window.addEventListener("load", nameAll);
window.django?.jQuery?.(nameAll);
