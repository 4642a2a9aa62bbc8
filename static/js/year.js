// Shows the year beside the slider while it moves. Without this the button beside it shows that year as well.
const slider = document.querySelector("[data-year]");
const shown = slider?.form.querySelector("output");
slider?.addEventListener("input", () => {
  shown.value = slider.value;
});
