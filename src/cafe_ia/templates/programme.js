// Shows one language of the page and marks the cafés that are over. Without it all languages
// stand one after another and nothing is lost.
(() => {
  "use strict";
  const root = document.documentElement;
  const languages = root.dataset.languages.split(" ");

  // What follows # is a language, or a café in a language: #ar, #ar.2026-12-05-rabat.
  function fromAddress() {
    const tag = location.hash.slice(1).split(".")[0];
    return languages.find((language) => language === tag);
  }

  function fromReader() {
    for (const tag of navigator.languages || [navigator.language]) {
      const main = tag.toLowerCase().split("-")[0];
      const language = main === "ary" ? "ar" : main;
      if (languages.includes(language)) return language;
    }
    return languages[0];
  }

  function show(language) {
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    root.dataset.shown = language;
    const version = document.getElementById(language);
    if (version) document.title = version.dataset.title;
    return version;
  }

  function goTo(language) {
    const version = show(language);
    const cafe = document.getElementById(location.hash.slice(1));
    if (cafe && cafe !== version) {
      cafe.scrollIntoView();
      return;
    }
    // The link that was followed has gone with its language: its twin takes the focus.
    const twin = version.querySelector("nav [aria-current]");
    if (twin) twin.focus();
    scrollTo(0, 0);
  }

  function markPast() {
    for (const cafe of document.querySelectorAll("article[data-ends]")) {
      if (Date.parse(cafe.dataset.ends) < Date.now()) {
        cafe.classList.add("is-past");
        cafe.querySelector(".past").hidden = false;
      }
    }
  }

  // Paper cannot be unfolded.
  const unfolded = new Set();
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details:not([open])")) {
      folded.open = true;
      unfolded.add(folded);
    }
  });
  addEventListener("afterprint", () => {
    for (const one of unfolded) one.open = false;
    unfolded.clear();
  });

  addEventListener("hashchange", () => {
    const language = fromAddress();
    if (language) goTo(language);
  });
  document.addEventListener("DOMContentLoaded", () => {
    show(root.dataset.shown);
    markPast();
    const named = document.getElementById(location.hash.slice(1));
    if (named) named.scrollIntoView();
  });
  show(fromAddress() || fromReader());
})();
