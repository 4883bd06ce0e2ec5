// Shows what a number refers to while somebody points at it, and opens folds that hide where a link leads.
(() => {
  "use strict";
  const newsbot = window.newsbot;
  const permalink = /^\/stories\/\d+\/comments\/(\d+)$/;
  const anchor = /^#(?:s\d+-)?[ct](\d+)$/;
  // More than anybody points at before they turn the page.
  const most = 100;
  const asked = new Map();
  let box = null;
  let owner = null;
  let timer = 0;

  // Numbers stand for comments: in the column of numbers (but not a comment's own) and in the text.
  function isReference(link) {
    if (!link || !link.closest(".talk,.side") || link.matches(".no a:first-child,.pages a,footer a")) return false;
    const href = link.getAttribute("href") ?? "";
    return anchor.test(href) || permalink.test(href);
  }

  const linkOf = (event) => {
    const link = event.target.closest?.("a[href]");
    return isReference(link) ? link : null;
  };

  function fromPage(item) {
    const quote = document.createDocumentFragment();
    const text = item.querySelector(".md");
    const head = document.createElement("p");
    if (!text) {
      head.className = "gone";
      head.textContent = item.querySelector("article > p")?.textContent ?? "";
      quote.append(head);
      return quote;
    }
    head.className = "meta";
    head.append(item.querySelector("header b").cloneNode(true), " · ", item.querySelector("header time").cloneNode(true));
    head.querySelector("a")?.replaceWith(...head.querySelector("a").childNodes);
    const body = document.createElement("p");
    body.dir = "auto";
    const said = text.textContent.trim().replace(/\s+/g, " ");
    body.textContent = said.length > 280 ? `${said.slice(0, 279).trimEnd()}…` : said;
    quote.append(head, body);
    return quote;
  }

  // The server decides anew what this reader may see of a comment that stands elsewhere.
  async function fromServer(path) {
    if (!asked.has(path)) {
      if (asked.size >= most) asked.clear();
      asked.set(path, fetch(`${path}?fragment=quote`, { credentials: "same-origin" }).then((answer) => (answer.ok ? answer.text() : "")));
    }
    const quote = document.createElement("template");
    try {
      quote.innerHTML = await asked.get(path);
    } catch {
      asked.delete(path);
    }
    newsbot.localise(quote.content);
    return quote.content;
  }

  async function show(link, withLink) {
    if (owner === link) return;
    hide();
    owner = link;
    const href = link.getAttribute("href");
    const item = href.startsWith("#") ? document.getElementById(href.slice(1)) : null;
    const quote = item ? fromPage(item) : await fromServer(link.pathname);
    if (owner !== link || !quote.hasChildNodes()) return;
    box = document.createElement("div");
    box.id = "quote";
    box.className = "quote";
    box.setAttribute("role", "tooltip");
    box.append(quote);
    if (withLink) {
      // Where there is no pointer the first tap shows and the second one follows.
      const go = document.createElement("a");
      go.href = href;
      go.textContent = `Go to #${(anchor.exec(href) ?? permalink.exec(href))[1]}`;
      box.append(go);
    }
    document.body.append(box);
    link.setAttribute("aria-describedby", box.id);
    place(link);
  }

  function place(link) {
    const at = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, room - box.offsetWidth - 8));
    const below = at.bottom + 6 + box.offsetHeight < window.innerHeight;
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${(below ? at.bottom + 6 : Math.max(8, at.top - 6 - box.offsetHeight)) + window.scrollY}px`;
  }

  function hide() {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    box?.remove();
    box = owner = null;
  }

  // The pointer may go over to the quote, to read or copy it.
  function hideSoon() {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link) {
      clearTimeout(timer);
      if (owner !== link) timer = setTimeout(() => show(link, false), 120);
    } else if (box?.contains(event.target)) {
      clearTimeout(timer);
    } else if (owner && document.activeElement !== owner) {
      hideSoon();
    } else {
      clearTimeout(timer);
    }
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && link.matches(":focus-visible")) show(link, false);
    else if (owner && !box?.contains(event.target)) hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === owner) hideSoon();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box) {
      hide();
      event.stopPropagation();
    }
  });
  let touched = false;
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (touched && box && !box.contains(event.target) && linkOf(event) !== owner) hide();
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (link && touched && owner !== link) {
      event.preventDefault();
      show(link, true);
    } else if (link || box?.contains(event.target.closest?.("a"))) {
      hide();
    }
  });

  // Not every browser opens what hides the target of a link.
  function unfold() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id ? document.getElementById(id) : null;
    const fold = target?.closest("details:not([open])");
    if (fold) {
      fold.open = true;
      target.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", unfold);
  document.addEventListener("DOMContentLoaded", unfold);
})();
