// The sheet prints without this file (the browser's own menu); with it, a button does.
"use strict";
(() => {
  const button = document.getElementById("imprimer");
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
