// The desk works without this file: each gesture is a button of one form. With it, the answer follows each change.
"use strict";
(() => {
  const form = document.getElementById("dossier");
  const suite = document.getElementById("suite");
  const statut = document.getElementById("statut");
  const panne = document.getElementById("panne");
  if (!form || !suite) return;
  const paroles = form.elements.paroles;
  let turn = 0;

  // What the server understood (language, quarter) goes to the two lists, which are outside what it sends.
  function follow() {
    const etat = document.getElementById("etat");
    if (!etat) return;
    for (const name of ["langue", "quartier"]) {
      if (etat.dataset[name] && !form.elements[name].value) form.elements[name].value = etat.dataset[name];
    }
    statut.textContent = etat.dataset.statut;
  }

  function show(html) {
    const active = document.activeElement;
    const id = active && suite.contains(active) ? active.id : "";
    const typed = id && "value" in active && active.type === "text" ? active.value : null;
    // The button that shows more doors goes with what it did: hands go on at the first of them.
    const doors = () => [...suite.querySelectorAll("input[name=porte]")].map((one) => one.id);
    const above = id ? doors().filter((one) => active.compareDocumentPosition(document.getElementById(one)) & 2).pop() : "";
    const open = [...suite.querySelectorAll("details[open][id]")].map((one) => one.id);
    suite.innerHTML = html;
    for (const one of open) document.getElementById(one)?.setAttribute("open", "");
    const after = above && doors()[doors().indexOf(above) + 1];
    const again = id && (document.getElementById(id) || (after && document.getElementById(after)));
    if (again) {
      again.focus({ preventScroll: true });
      if (typed !== null) again.value = typed;
    }
    follow();
    const alert = suite.querySelector("[role=alert]");
    if (alert) alert.scrollIntoView({ block: "center" });
  }

  // The interview is on this page alone: whatever fails, the page stays, and says what to do.
  async function send(faire, renewed = false) {
    const mine = (turn += 1);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, value);
    body.append("faire", faire);
    suite.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" }, redirect: "manual" });
      const html = await answer.text();
      if (mine !== turn) return; // a later change is on its way: its answer is the one to show
      if (answer.ok) {
        fail("");
        show(html);
      } else if (answer.status !== 403) {
        fail(read(html, "[role=alert]")?.textContent || panne.dataset.reseau);
      } else if (!renewed && (await renew())) {
        if (mine === turn) await send(faire, true);
      } else {
        fail(panne.dataset.session, true);
      }
    } catch {
      if (mine === turn) fail(panne.dataset.reseau);
    } finally {
      if (mine === turn) suite.removeAttribute("aria-busy");
    }
  }

  // Whoever came in again in another tab has another token: take it, true when there is one.
  async function renew() {
    const answer = await fetch(form.action, { redirect: "manual" });
    const token = answer.ok && read(await answer.text(), "[name=jeton]");
    if (token) form.elements.jeton.value = token.value;
    return Boolean(token);
  }

  function read(html, selector) {
    return new DOMParser().parseFromString(html, "text/html").querySelector(selector);
  }

  function fail(message, session = false) {
    panne.hidden = !message;
    panne.firstElementChild.textContent = message;
    panne.lastElementChild.hidden = !session;
    if (message) panne.scrollIntoView({ block: "center" });
  }

  function onSubmit(event) {
    const faire = event.submitter ? event.submitter.value : "actualiser";
    if (faire === "fiche" || faire === "terminer") return;
    event.preventDefault();
    send(faire);
  }

  form.addEventListener("submit", onSubmit);
  form.addEventListener("change", (event) => {
    if (event.target === paroles || "calme" in event.target.dataset || ["porte", "autre", "droit"].includes(event.target.name)) return;
    send("actualiser");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(event.target === paroles ? "comprendre" : "actualiser");
    } else if (event.key === "Enter" && event.target.id === "cherche") {
      event.preventDefault();
      send("chercher");
    }
  });
})();
