// The kiosk counts silence: after 40 seconds it asks whether somebody is there, after 60 it erases and starts again.
"use strict";
(() => {
  const ASK = 40;
  const LEFT = 20;
  const fil = document.getElementById("fil");
  const fin = document.getElementById("fin");
  const dialog = document.getElementById("presence");
  const count = document.getElementById("compte");
  const langues = document.getElementById("langues");
  // The first page, untouched, may stay for hours: nobody has left anything on it.
  let used = fil.dataset.commence === "oui";
  let since = Date.now();
  let ending = false;

  function alive() {
    used = true;
    since = Date.now();
  }

  function tick() {
    if (!used || ending) return;
    const silence = (Date.now() - since) / 1000;
    if (silence < ASK) return;
    if (!dialog.open) dialog.showModal();
    count.textContent = String(Math.max(0, Math.ceil(ASK + LEFT - silence)));
    if (silence >= ASK + LEFT) end();
  }

  // What is on the screen goes first, whatever the network does; then the server forgets; then a fresh page.
  // The conversation leaves the page whole: an answer still on its way has nowhere to be shown.
  async function end() {
    ending = true;
    fil.remove();
    document.dispatchEvent(new Event("porte:fin"));
    document.getElementById("ecrire-form").reset();
    dialog.close();
    for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const answer = await fetch("/borne/fin", {
          method: "POST", body: new URLSearchParams(new FormData(fin)), redirect: "manual", keepalive: true,
        });
        if (answer.ok || answer.type === "opaqueredirect") break;
      } catch (error) { /* the network is away: try again, on an empty screen */ }
      await new Promise((wake) => setTimeout(wake, wait));
    }
    location.replace(fil.dataset.page);
  }

  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    // While the question is asked, only its own buttons answer it: a sleeve on the screen is nobody.
    document.addEventListener(kind, () => { if (!dialog.open) alive(); }, { passive: true, capture: true });
  }
  document.addEventListener("submit", (event) => {
    if (event.target === fin) {
      event.preventDefault();
      if (!ending) end();
    } else {
      langues.open = false;
    }
  });
  dialog.addEventListener("close", () => { if (!ending) alive(); });
  // A page the browser kept aside is not shown to the next person.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.replace(fil.dataset.page); });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  setInterval(tick, 250);
})();
