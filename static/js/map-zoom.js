// Enlarges a part of the map by its viewBox: a state from the list, or step by step. Marks keep their size on
// the screen and go back towards their homes. The pointer may drag an enlarged map; Tab moves it along.
const controls = document.querySelector("[data-zoom]");
const map = document.querySelector("[data-map]");
const whole = map.viewBox.baseVal;
const [WIDE, HIGH] = [whole.width, whole.height];
const CLOSEST = 12; // times
const STEP = 1.6;
const DURATION = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 260; // milliseconds

const choice = controls.querySelector("select");
const [closer, wider] = controls.querySelectorAll("button");
const homes = map.querySelector(".map__homes");
const moved = [...map.querySelectorAll("[data-home]")].map((link) => {
  const uses = [...link.querySelectorAll("use")];
  const [x, y] = link.dataset.home.split(" ").map(Number);
  return { uses, x, y, dx: uses[0].x.baseVal.value - x, dy: uses[0].y.baseVal.value - y };
});
let view = { x: WIDE / 2, y: HIGH / 2, times: 1 }; // the middle, and how many times enlarged
let frame = 0;

function draw(next) {
  const times = Math.min(CLOSEST, Math.max(1, next.times));
  const [wide, high] = [WIDE / times, HIGH / times];
  const x = Math.min(WIDE - wide / 2, Math.max(wide / 2, next.x));
  const y = Math.min(HIGH - high / 2, Math.max(high / 2, next.y));
  view = { x, y, times };
  map.setAttribute("viewBox", `${x - wide / 2} ${y - high / 2} ${wide} ${high}`);
  map.style.setProperty("--zoom", times ** -0.75);
  map.classList.toggle("map--zoomed", times > 1.01);
  const lines = moved.map((mark) => {
    const [to_x, to_y] = [mark.x + mark.dx / times, mark.y + mark.dy / times];
    for (const use of mark.uses) {
      use.setAttribute("x", to_x);
      use.setAttribute("y", to_y);
    }
    return `M${mark.x} ${mark.y}L${to_x} ${to_y}`;
  });
  homes.setAttribute("d", lines.join(""));
  closer.setAttribute("aria-disabled", times >= CLOSEST - 0.01);
  wider.setAttribute("aria-disabled", times < 1.01);
  map.dispatchEvent(new Event("map:moved"));
}

function go(next) {
  cancelAnimationFrame(frame);
  const [from, start] = [view, performance.now()];
  const step = (now) => {
    const part = DURATION ? Math.min(1, Math.max(0, now - start) / DURATION) : 1;
    const eased = 1 - (1 - part) ** 3;
    const between = (name) => from[name] + (next[name] - from[name]) * eased;
    draw({ x: between("x"), y: between("y"), times: between("times") });
    if (part < 1) frame = requestAnimationFrame(step);
  };
  step(start);
}

function goToState() {
  const state = choice.value && map.querySelector(`[data-usps="${choice.value}"]`);
  if (!state) return go({ x: WIDE / 2, y: HIGH / 2, times: 1 });
  const box = state.getBBox();
  const times = 0.8 * Math.min(WIDE / box.width, HIGH / box.height);
  go({ x: box.x + box.width / 2, y: box.y + box.height / 2, times: Math.min(CLOSEST, times) });
}

function stepBy(factor) {
  choice.value = "";
  const times = Math.min(CLOSEST, Math.max(1, view.times * factor));
  go({ ...view, times: times < 1.1 ? 1 : times });
}

choice.addEventListener("change", goToState);
closer.addEventListener("click", () => stepBy(STEP));
wider.addEventListener("click", () => stepBy(1 / STEP));

// A mark that has the focus is brought into sight.
map.addEventListener("focusin", (event) => {
  const part = event.target.closest("a")?.querySelector("use, circle, path")?.getBoundingClientRect();
  const box = map.getBoundingClientRect();
  if (view.times < 1.01 || !part) return;
  const [x, y] = [part.left + part.width / 2 - box.left, part.top + part.height / 2 - box.top];
  if (x > 0 && y > 0 && x < box.width && y < box.height) return;
  const unit = WIDE / view.times / box.width;
  draw({ ...view, x: view.x + (x - box.width / 2) * unit, y: view.y + (y - box.height / 2) * unit });
});

let grip = null;
map.addEventListener("pointerdown", (event) => {
  if (view.times > 1.01 && event.isPrimary) grip = { x: event.clientX, y: event.clientY, view, far: false };
});
addEventListener("pointermove", (event) => {
  if (!grip) return;
  const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y];
  grip.far ||= Math.hypot(dx, dy) > 5;
  if (!grip.far) return;
  const unit = WIDE / view.times / map.getBoundingClientRect().width;
  draw({ ...grip.view, x: grip.view.x - dx * unit, y: grip.view.y - dy * unit });
});
addEventListener("pointerup", () => {
  const dragged = grip?.far;
  grip = null;
  if (dragged) addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
});
addEventListener("pointercancel", () => (grip = null));
map.addEventListener("dragstart", (event) => event.preventDefault()); // the browser would drag the link

controls.querySelector("[hidden]").hidden = false;
