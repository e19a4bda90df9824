// The page works without this file: each button and the text box are plain forms. With it, answers arrive in place.
"use strict";
(() => {
  const fil = document.getElementById("fil");
  const attente = document.getElementById("attente");
  const panne = document.getElementById("panne");
  const form = document.getElementById("ecrire-form");
  const champ = document.getElementById("ecrire");
  const adresse = form.getAttribute("action");
  let count = 0;
  let turn = Promise.resolve();
  // At a kiosk somebody may leave before the answer: it is let go, with the cookie it would have set.
  const kiosk = document.getElementById("fin") !== null;
  const leaving = new AbortController();
  document.addEventListener("porte:fin", () => { leaving.abort(); attente.hidden = true; panne.hidden = true; });
  const seed = crypto.getRandomValues(new Uint32Array(2)).join("");

  function mine(words) {
    const article = document.createElement("article");
    article.className = "moi";
    article.dir = "auto";
    article.textContent = words;
    fil.append(article);
    article.scrollIntoView({ block: "end" });
  }

  function show(markup) {
    const box = document.createElement("template");
    box.innerHTML = markup;
    const first = box.content.querySelector("article");
    fil.append(box.content);
    offerPosition();
    if (first) first.scrollIntoView({ block: "start" });
  }

  // One message at a time, in the order they were sent: a second click waits for the first answer.
  function send(fields, words) {
    if (words) mine(words);
    turn = turn.then(() => exchange(fields));
  }

  async function exchange(fields) {
    if (leaving.signal.aborted) return;
    panne.hidden = true;
    attente.hidden = false;
    const body = new URLSearchParams({ ...fields, o: form.elements.o.value, n: seed + "-" + (count += 1) });
    try {
      let answer;
      // The same number twice is answered once, so a message lost on the way can be sent again safely.
      for (let attempt = 0; ; attempt += 1) {
        try {
          // keepalive: what was asked, to erase above all, still goes through when the page is closed at once;
          // not at a kiosk, where it would outlive its person.
          answer = await fetch(adresse, {
            method: "POST", body, headers: { "X-Fragment": "1" }, redirect: "error", keepalive: !kiosk,
            signal: leaving.signal,
          });
          break;
        } catch (error) {
          if (attempt === 3 || leaving.signal.aborted) throw error;
          await new Promise((wake) => setTimeout(wake, 800 * 2 ** attempt));
        }
      }
      const html = await answer.text();
      if (leaving.signal.aborted) return;
      if (!answer.ok) {
        panne.textContent = html || panne.dataset.texte;
        panne.hidden = false;
        return;
      }
      const langue = answer.headers.get("Content-Language");
      if (langue && langue !== document.documentElement.lang) {
        location.replace(fil.dataset.page);
        return;
      }
      show(html);
    } catch (error) {
      panne.textContent = panne.dataset.texte;
      panne.hidden = leaving.signal.aborted;
    } finally {
      attente.hidden = true;
    }
  }

  function askPosition() {
    navigator.geolocation.getCurrentPosition(
      (where) => send({ lat: where.coords.latitude.toFixed(3), lon: where.coords.longitude.toFixed(3) }, "📍"),
      () => send({ action: "partager:position" }, "📍"),
      { timeout: 8000, maximumAge: 600000 },
    );
  }

  function offerPosition() {
    if (!("geolocation" in navigator) || !window.isSecureContext) return;
    document.querySelectorAll(".position, #position").forEach((button) => { button.hidden = false; });
  }

  panne.dataset.texte = panne.textContent;
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    const target = event.target;
    if (target.getAttribute("action") !== adresse) return;
    event.preventDefault();
    if (button && button.name === "action") {
      const details = button.closest("details");
      if (details) details.open = false;
      send({ action: button.value }, button.textContent.trim());
    } else if (button && button.name === "text") {
      if (button.value === "/effacer") fil.replaceChildren();
      send({ text: button.value }, "");
    } else if (champ.value.trim()) {
      send({ text: champ.value }, champ.value);
      champ.value = "";
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".position, #position")) askPosition();
  });
  offerPosition();
  const last = fil.lastElementChild;
  if (last && fil.children.length > 1) last.scrollIntoView({ block: "start" });
})();
