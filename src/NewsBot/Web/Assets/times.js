// Turns the server's UTC times to the reader's zone and keeps "3 hours ago" true.
(() => {
  "use strict";
  const minute = 60000;
  const two = (number) => String(number).padStart(2, "0");
  const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;
  const words = (at, options) => at.toLocaleDateString("en-GB", options);
  const day = { day: "numeric", month: "long", year: "numeric" };

  function short(at, now) {
    if (at.toDateString() === now.toDateString()) return clock(at);
    const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
    return `${words(at, { day: "numeric", month: "short", year })}, ${clock(at)}`;
  }

  function ago(at, now) {
    const minutes = Math.floor((now - at) / minute);
    if (minutes < 1) return "just now";
    if (minutes < 60) return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return hours === 1 ? "1 hour ago" : `${hours} hours ago`;
    if (hours < 144) return `${words(at, { weekday: "long" })}, ${clock(at)}`;
    return words(at, day);
  }

  function full(at, now) {
    const date = `${words(at, day)}, ${clock(at)}`;
    return now - at < 24 * 60 * minute && now - at >= minute ? `${ago(at, now)}, ${date}` : date;
  }

  const forms = { c: short, a: ago, f: full };

  function localise(root) {
    const now = new Date();
    for (const time of root.querySelectorAll("time[data-t]")) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.textContent = forms[time.dataset.t](at, now);
      time.title = at.toLocaleString();
    }
  }

  window.newsbot = { localise };
  document.addEventListener("DOMContentLoaded", () => {
    window.newsbot.remember?.();
    localise(document);
    const zone = document.getElementById("zone");
    if (zone) zone.textContent = "Times are in your zone.";
    setInterval(() => localise(document), minute);
  });
})();
