// Keeps open pages true: the server says that something changed, this asks for the part and puts in what is new.
(() => {
  "use strict";
  const newsbot = window.newsbot;
  const sources = new WeakMap();

  // Lists are compared item by item, also those that stand in a fold.
  const isList = (element) => element.tagName === "OL" || element.matches("li.fold,li.fold > details");

  // What the server sent for an element, before times were turned; compared to see what changed.
  function note(element) {
    sources.set(element, element.outerHTML);
    for (const child of element.children) if (isList(element) || isList(child)) note(child);
  }

  // What somebody is writing in, or was asked about, is left alone until they are done.
  function isBusy(element) {
    const active = document.activeElement;
    const isWriting = element.contains(active) && /^(TEXTAREA|INPUT)$/.test(active.tagName);
    return isWriting || element.querySelector("form.edit") !== null;
  }

  // Puts the children of fresh into old: what is the same stays, so that focus, scroll and selection do too.
  function patch(old, fresh, added) {
    let place = old.firstElementChild;
    const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
    for (const next of [...fresh.children]) {
      const html = next.outerHTML;
      let current = next.id ? known.get(next.id) : place && !place.id && place.tagName === next.tagName ? place : null;
      if (current && isList(current) && isList(next)) {
        patch(current, next, added);
      } else if (current) {
        if (sources.get(current) !== html && !isBusy(current)) {
          const focused = current.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
          note(next);
          current.replaceWith(next);
          if (place === current) place = next;
          current = next;
          if (focused) current.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
        }
      } else {
        note(next);
        current = next;
        if (next.id) added.push(next);
      }
      if (current === place) place = place.nextElementSibling;
      else old.insertBefore(current, place);
    }
    while (place) {
      const gone = place;
      place = place.nextElementSibling;
      if (!isBusy(gone) && !gone.hasAttribute("data-kept")) gone.remove();
    }
  }

  async function refresh(element) {
    const url = new URL(element.dataset.fragment, location.href);
    if (!url.searchParams.has("fragment")) url.searchParams.set("fragment", "comments");
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) return [];
    const fresh = document.createElement(element.tagName);
    fresh.innerHTML = await answer.text();
    const added = [];
    patch(element, fresh, added);
    newsbot.localise(element);
    tellOfOtherPages(element);
    return added;
  }

  // What was written while the page was open may stand on another one.
  function tellOfOtherPages(element) {
    const newest = element.querySelector("[data-newest]");
    if (!newest) return;
    const number = Number(newest.dataset.newest);
    const seen = Number(element.dataset.seen ?? number);
    if (number <= seen || document.getElementById(`c${number}`)) return;
    let status = document.getElementById("elsewhere");
    if (!status) {
      status = document.createElement("p");
      status.id = "elsewhere";
      status.className = "meta";
      status.setAttribute("role", "status");
      element.after(status);
    }
    const link = document.createElement("a");
    link.href = newest.dataset.comment;
    link.textContent = `#${number}`;
    status.replaceChildren(number - seen === 1 ? "A new comment on another page: " : `${number - seen} new comments, the newest on another page: `, link);
  }

  // One request at a time; changes that come meanwhile are one more request.
  const states = new Map();
  async function refreshSoon(element) {
    const state = states.get(element) ?? { running: false, again: false };
    states.set(element, state);
    if (state.running) {
      state.again = true;
      return;
    }
    state.running = true;
    try {
      do {
        state.again = false;
        const added = await refresh(element);
        element.dispatchEvent(new CustomEvent("fresh", { detail: added, bubbles: true }));
      } while (state.again);
    } catch {
      // The network went away; the next event or reconnection asks again.
    } finally {
      state.running = false;
    }
  }

  function refreshAll() {
    return Promise.all([...document.querySelectorAll("[data-fragment]")].map(refreshSoon));
  }

  function listen(url) {
    let events = null;
    const open = () => {
      if (events || document.hidden) return;
      events = new EventSource(url);
      // Whatever changed while nobody listened is fetched now.
      events.addEventListener("open", refreshAll);
      events.addEventListener("changed", refreshAll);
      events.addEventListener("error", () => {
        if (events && events.readyState === EventSource.CLOSED) {
          events = null;
          setTimeout(open, 5000);
        }
      });
    };
    // Browsers open few connections to one server: a page nobody looks at gives its own back.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && events) {
        events.close();
        events = null;
      } else {
        open();
      }
    });
    open();
  }

  newsbot.refreshAll = refreshAll;
  newsbot.note = note;
  newsbot.remember = () => {
    for (const element of document.querySelectorAll("[data-fragment]")) for (const child of element.children) note(child);
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const newest of document.querySelectorAll("[data-newest]")) newest.closest("[data-fragment]").dataset.seen = newest.dataset.newest;
    const live = document.querySelector("[data-live]");
    if (live) listen(live.dataset.live);
  });
})();
