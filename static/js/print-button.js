// The button that prints; the style sheet shows it only where scripts run.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
