// A click on the picture sets the two numbers of its focal point; the cross follows the numbers.
// Without this script the numbers are typed, and the cross shows them after saving.
for (const box of document.querySelectorAll("[data-focal]")) {
  const fields = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
  const [upright, level] = box.querySelectorAll("line");
  if (!fields[0] || !fields[1]) continue; // somebody who may only look has no fields

  const draw = () => {
    for (const end of ["x1", "x2"]) upright.setAttribute(end, fields[0].value || 0.5);
    for (const end of ["y1", "y2"]) level.setAttribute(end, fields[1].value || 0.5);
  };

  box.classList.add("focal--live");
  box.addEventListener("click", (event) => {
    const frame = box.querySelector("img").getBoundingClientRect();
    const shares = [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
    shares.forEach((share, axis) => {
      fields[axis].value = Math.min(1, Math.max(0, share)).toFixed(2);
    });
    draw();
  });
  for (const field of fields) field.addEventListener("input", draw);
}
