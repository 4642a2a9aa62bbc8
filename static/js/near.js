// "Use my location": puts the browser's position, rounded to a tenth of a degree, into the field and asks.
// It stands in the address, where others may read it; a tenth of a degree is about seven miles.
for (const place of document.querySelectorAll("[data-near-here]")) {
  const field = document.getElementById(place.dataset.nearHere);
  if (!navigator.geolocation || !field?.form) continue;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "near-here__button";
  button.textContent = place.dataset.locate;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  place.append(button, said);

  const say = (words) => {
    button.hidden = Boolean(words);
    said.textContent = words;
  };
  const show = ({ coords }) => {
    field.value = `${coords.latitude.toFixed(1)},${coords.longitude.toFixed(1)}`;
    field.form.requestSubmit();
  };
  const refuse = (error) => {
    say(error.code === error.PERMISSION_DENIED ? place.dataset.refused : place.dataset.failed);
    field.focus();
  };
  button.addEventListener("click", () => {
    say(place.dataset.locating);
    navigator.geolocation.getCurrentPosition(show, refuse, { timeout: 20000, maximumAge: 600000 });
  });
  addEventListener("pageshow", (event) => event.persisted && say(""));
}
