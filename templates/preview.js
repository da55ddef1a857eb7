// The overlay of `serve`: puts the new page in place of the old, and says what is wrong, and where.
//
// Only the preview's server puts it into pages; files on disk do not know of it.
(function () {
  "use strict";

  /** @typedef {{severity: string, sentence: string, path: string, line: number, excerpt: string}} Finding */
  /** @typedef {{version: string, site: string, look: number, kept: string[], paper: string, pdfs: string[], findings: Finding[], words: Object<string, string>}} State */

  const PARTS = [".mast", "main", ".foot"];
  const script = /** @type {HTMLElement} */ (document.currentScript);
  let served = script.getAttribute("data-version");
  const bar = make("aside", "preview-bar");
  /** @type {State | null} */
  let state = null;
  let open = sessionStorage.getItem("preview-open") !== "no";

  /** Returns a new element with a class and text. @param {string} kind @param {string} name @param {string} [text] */
  function make(kind, name, text) {
    const element = document.createElement(kind);
    element.className = name;
    element.textContent = text || "";
    return element;
  }

  /** Returns the page and the anchor of the story that a finding is about, or null. @param {Finding} finding */
  function story(finding) {
    const parts = /^content\/([^/]+\/[^/]+)\/([^/]+)\.md$/.exec(finding.path);
    return parts && { page: "/" + parts[1] + "/", anchor: "story-" + parts[2] };
  }

  /** Returns where in this page a finding is, as closely as can be told. @param {Finding} finding */
  function spot(finding) {
    const at = story(finding);
    const here = at && decodeURI(location.pathname).startsWith(at.page);
    const article = here ? document.getElementById(at.anchor) : null;
    if (!article) return null;
    const blocks = article.querySelectorAll("p, h1, h2, h3, h4, li, td, figcaption");
    const holding = Array.from(blocks).filter(function (block) {
      return finding.excerpt.trim() && block.textContent.includes(finding.excerpt.trim());
    });
    return holding[holding.length - 1] || article;
  }

  /** Returns a line of the list. @param {Finding} finding */
  function item(finding) {
    const line = make("li", "preview-" + finding.severity, finding.sentence);
    const at = story(finding);
    const place = spot(finding);
    if (!at || !state) return line;
    const link = make("a", "preview-place", state.words.place);
    link.setAttribute("href", at.page + "index.html#" + at.anchor);
    if (place) {
      place.classList.add("preview-found", "preview-found-" + finding.severity);
      place.setAttribute("title", finding.sentence);
      link.addEventListener("click", function (event) {
        event.preventDefault();
        place.scrollIntoView({ block: "center" });
      });
    }
    line.append(" ", link);
    return line;
  }

  /** Shows the state. */
  function show() {
    if (!state) return;
    const words = state.words;
    document.querySelectorAll(".preview-found").forEach(function (element) {
      element.classList.remove("preview-found", "preview-found-error", "preview-found-warning", "preview-found-note");
      element.removeAttribute("title");
    });
    const kept = state.kept.length > 0;
    const line = make("p", "preview-state");
    line.append(make("span", kept ? "preview-error" : "", kept ? words.kept : words.made));
    line.append(make("span", "preview-" + state.paper, words[state.paper]));
    const here = decodeURI(location.pathname).slice(1).replace(/[^/]*$/, "");
    state.pdfs.forEach(function (name) {
      if (!here || !name.startsWith(here)) return;
      const link = make("a", "", name.slice(here.length));
      link.setAttribute("href", "/" + name);
      line.append(link);
    });
    const count = state.findings.length;
    const button = make("button", "", count ? words.findings + " " + count : words.none);
    button.setAttribute("type", "button");
    button.setAttribute("aria-expanded", String(open && count > 0));
    button.addEventListener("click", function () {
      open = !open;
      sessionStorage.setItem("preview-open", open ? "yes" : "no");
      show();
    });
    line.append(button);
    const list = make("ol", "preview-findings");
    state.findings.forEach(function (finding) { list.append(item(finding)); });
    list.hidden = !open || count === 0;
    bar.replaceChildren(line, list);
  }

  /** Puts the new page's parts in place of the old ones: style and photos need not be loaded again. */
  async function turn() {
    const answer = await fetch(location.pathname);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const mark = fresh.querySelector("script[data-version]");
    const parts = PARTS.map(function (name) {
      return { old: document.querySelector(name), young: fresh.querySelector(name) };
    });
    if (!answer.ok || !mark || parts.some(function (part) { return !part.old || !part.young; })) {
      location.reload();
      return;
    }
    parts.forEach(function (part) {
      if (part.old && part.young) part.old.replaceWith(part.young);
    });
    document.title = fresh.title;
    served = mark.getAttribute("data-version");
    show();
  }

  const news = new EventSource("/.preview/news");
  news.onmessage = function (event) {
    const known = state;
    /** @type {State} */
    const told = JSON.parse(event.data);
    state = told;
    // A bulletin's page bears its version; the pages that link it are made later, and bear theirs.
    const old = served !== told.version && served !== told.site;
    if (old && known && known.look === told.look && document.querySelector(".sheet")) turn();
    else if (old) location.reload();
    else show();
  };
  news.onerror = function () {
    if (!state) return;
    bar.replaceChildren(make("p", "preview-state preview-error", state.words.lost));
  };

  bar.setAttribute("role", "status");
  bar.setAttribute("lang", document.documentElement.lang);
  document.body.append(bar);
})();
