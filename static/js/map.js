// Beside a state or a place that the pointer or the keyboard is on, a card with its name. Without this the
// browser's own tooltip shows the same words, and every link works.
for (const map of document.querySelectorAll("[data-map]")) {
  const card = document.createElement("p");
  card.className = "map-card";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true");
  map.parentElement.classList.add("map-holder");
  map.after(card);
  for (const title of map.querySelectorAll("title")) title.remove();

  const show = (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    card.textContent = link.getAttribute("aria-label");
    card.hidden = false;
    const frame = map.parentElement.getBoundingClientRect();
    const box = link.getBoundingClientRect();
    const left = box.left + box.width / 2 - frame.left - card.offsetWidth / 2;
    const above = box.top - frame.top - card.offsetHeight - 6;
    card.style.left = `${Math.max(0, Math.min(left, frame.width - card.offsetWidth))}px`;
    card.style.top = `${above < 0 ? box.bottom - frame.top + 6 : above}px`;
  };
  const hide = () => {
    card.hidden = true;
  };
  map.addEventListener("pointerover", show);
  map.addEventListener("focusin", show);
  map.addEventListener("pointerout", hide);
  map.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
