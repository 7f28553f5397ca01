// Sets theme and language on the document before the first paint, so that nothing flashes.
(() => {
  const root = document.documentElement;
  try {
    root.dataset.theme = localStorage.getItem("tenon.theme") || "system";
    root.lang = localStorage.getItem("tenon.language") || navigator.language;
  } catch {
    root.dataset.theme = "system";
  }
})();
