// Beside a state or a place that the pointer or the keyboard is on: a card with its name, its stage, where it
// is. It never lies over what it names, the pointer may rest on it, Escape puts it away. Without this script
// the browser's own tooltip shows the same words, and every link works.
const LEAVE = 250; // milliseconds for the way from a mark to its card
const GAP = 8; // pixels between the two

for (const map of document.querySelectorAll("[data-map]")) {
  const words = new WeakMap();
  for (const title of map.querySelectorAll("a > title")) {
    const link = title.parentElement;
    words.set(link, title.textContent.split("\n"));
    link.setAttribute("aria-label", title.textContent.replaceAll("\n", " "));
    title.remove();
  }
  const holder = map.parentElement;
  const card = document.createElement("div");
  card.className = "map-card";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true"); // the link itself says the same
  holder.classList.add("map-holder");
  map.after(card);
  let leaving = 0;
  let shown = null;

  const hide = () => {
    clearTimeout(leaving);
    card.hidden = true;
    shown = null;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LEAVE);
  };
  const place = (link) => {
    const frame = holder.getBoundingClientRect();
    const box = link.getBoundingClientRect();
    const left = box.left + box.width / 2 - frame.left - card.offsetWidth / 2;
    const above = box.top - card.offsetHeight - GAP;
    card.style.left = `${Math.max(0, Math.min(left, frame.width - card.offsetWidth))}px`;
    card.style.top = `${(above < 0 ? box.bottom + GAP : above) - frame.top}px`;
  };
  const show = (event) => {
    const link = event.target.closest("a");
    clearTimeout(leaving);
    if (!words.has(link)) return leave();
    if (link === shown) return;
    shown = link;
    const lines = words.get(link).map((line, number) => {
      const part = document.createElement(number ? "span" : "b");
      part.textContent = line.replace(/[.:]$/, "");
      return part;
    });
    card.replaceChildren(...lines);
    card.hidden = false;
    place(link);
  };
  map.addEventListener("pointerover", show);
  map.addEventListener("focusin", show);
  map.addEventListener("pointerleave", leave);
  map.addEventListener("focusout", leave);
  map.addEventListener("map:moved", hide);
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

if (document.querySelector("[data-zoom]")) import("./map-zoom.js");
