// A click on the map, or the arrow keys, sets latitude and longitude; the server knows the degrees and the county.
// Without this script the numbers are typed, and a button saves with the middle of the county.
const STEP = 4; // units of the map, which is 1000 wide
const LONG_STEP = 40;
const PAUSE = 200; // milliseconds between the last key and the question to the server

const box = document.querySelector("[data-picker]");
const field = (name) => document.getElementById(`id_${name}`);
const part = (name) => box.querySelector(`[data-picker-${name}]`);
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

let map, cross, timer;
let at = [500, 375];
let newest = 0;

async function read(address, question) {
  const response = await fetch(`${address}?${new URLSearchParams(question)}`);
  return response.ok ? response : null;
}

function move(x, y) {
  at = [Math.min(1000, Math.max(0, x)), Math.min(750, Math.max(0, y))];
  cross.setAttribute("transform", `translate(${at[0]} ${at[1]})`);
  cross.removeAttribute("visibility");
}

function tell(found) {
  const place = found.county || "on no land of the map";
  const warning = found.is_within ? "" : " This is outside of the chosen state.";
  part("told").textContent = `${found.latitude}, ${found.longitude}: ${place}.${warning}`;
  const button = part("county");
  const codes = field("county_fips").value.split(" ");
  button.hidden = !found.county || codes.includes(found.county_fips);
  button.textContent = `Set the county to ${found.county} (${found.county_fips})`;
  button.onclick = () => {
    field("county").value = found.county;
    field("county_fips").value = found.county_fips;
    button.hidden = true;
    part("told").textContent = `The county is now ${found.county}.`;
  };
}

// Asks what lies at a point or at degrees; an answer that came too late is dropped.
async function ask(question, picks) {
  const mine = ++newest;
  const response = await read(box.dataset.position, { state: field("state").value, ...question });
  const found = response && (await response.json());
  if (!found || mine !== newest) return;
  if (picks) {
    field("latitude").value = found.latitude;
    field("longitude").value = found.longitude;
  } else if (found.x !== null) {
    move(found.x, found.y);
  } else {
    cross?.setAttribute("visibility", "hidden");
  }
  tell(found);
}

function pick(x, y) {
  move(x, y);
  clearTimeout(timer);
  timer = setTimeout(() => ask({ x: at[0], y: at[1] }, true), PAUSE);
}

function showNumbers() {
  const [latitude, longitude] = [field("latitude").value, field("longitude").value];
  if (map && latitude && longitude) ask({ latitude, longitude }, false);
}

async function draw() {
  const state = field("state").value;
  const response = state && (await read(box.dataset.map, { state }));
  if (!response) return;
  const drawing = new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
  map = document.importNode(drawing, true);
  cross = document.createElementNS(map.namespaceURI, "path");
  for (const [name, value] of [["class", "picker__cross"], ["d", "M-40 0h80M0-40v80"], ["visibility", "hidden"]]) {
    cross.setAttribute(name, value);
  }
  map.append(cross);
  part("frame").replaceChildren(map);
  part("help").hidden = false;
  map.addEventListener("click", (event) => {
    const frame = map.getBoundingClientRect();
    pick(((event.clientX - frame.left) / frame.width) * 1000, ((event.clientY - frame.top) / frame.height) * 750);
  });
  map.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    const [x, y] = KEYS[event.key].map((way) => way * (event.shiftKey ? LONG_STEP : STEP));
    pick(at[0] + x, at[1] + y);
  });
  at = [500, 375];
  showNumbers();
}

async function takeCentre(event) {
  event.preventDefault();
  const response = await read(box.dataset.centre, { county_fips: field("county_fips").value });
  if (!response) {
    part("told").textContent = "Give the Census code of a county first; its center becomes the position.";
    return;
  }
  const centre = await response.json();
  field("latitude").value = centre.latitude;
  field("longitude").value = centre.longitude;
  showNumbers();
}

// Somebody who may only look has no fields.
if (box && field("latitude") && field("state")) {
  part("centre").textContent = "Use the county’s center";
  part("centre").addEventListener("click", takeCentre);
  for (const name of ["latitude", "longitude"]) field(name).addEventListener("change", showNumbers);
  window.django.jQuery(field("state")).on("change", draw); // select2 tells jQuery alone
  draw();
}
