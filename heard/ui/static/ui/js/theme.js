// A classic script in the head, so that the page never flashes in the wrong colours.
// @ts-check
(() => {
  const root = document.documentElement;
  const order = ["auto", "light", "dark"];
  const names = { auto: "As the system", light: "Light", dark: "Dark" };

  /** @returns {"auto"|"light"|"dark"} */
  function chosen() {
    const kept = localStorage.getItem("heard:theme");
    return kept === "light" || kept === "dark" ? kept : "auto";
  }

  function paint() {
    const theme = chosen();
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-next]")) {
      const use = button.querySelector("use");
      use?.setAttribute("href", (use.getAttribute("href") ?? "").replace(/#.*/, `#${theme}`));
      const name = button.querySelector("[data-theme-name]");
      if (name) name.textContent = names[theme];
    }
  }

  function next() {
    const theme = order[(order.indexOf(chosen()) + 1) % order.length];
    localStorage.setItem("heard:theme", theme);
    paint();
  }

  // Which columns are folded is settled here too: a column must not jump away after loading.
  for (const column of ["rail", "memory"]) {
    if (localStorage.getItem(`heard:${column}`) === "folded") root.dataset[column] = "folded";
  }
  paint();
  document.addEventListener("DOMContentLoaded", paint);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-theme-next]")) next();
  });
})();
