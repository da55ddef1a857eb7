// Shows a figure's origin where the reader points, touches or tabs; Escape puts it away. Enter
// follows the link to the same words, whose own links the keyboard can reach.
// Without this script a figure is a link to the same words further down.
(function () {
  "use strict";

  /** @type {HTMLElement | null} */
  var tip = null;
  /** @type {HTMLAnchorElement | null} */
  var owner = null;

  /** @param {HTMLAnchorElement} link */
  function show(link) {
    if (owner === link) return;
    hide();
    var origin = document.getElementById(link.hash.slice(1));
    if (!origin) return;
    tip = document.createElement("div");
    tip.className = "origin origin-tip";
    tip.id = "origin-tip";
    tip.setAttribute("role", "tooltip");
    var list = document.createElement("dl");
    list.innerHTML = origin.innerHTML;
    tip.appendChild(list);
    (link.closest("main") || document.body).appendChild(tip);
    link.setAttribute("aria-describedby", tip.id);
    owner = link;
    place(link, tip);
    tip.addEventListener("mouseleave", leave);
    // The figure keeps the focus, whose loss would take the tip away from under the pointer.
    tip.addEventListener("mousedown", function (event) { event.preventDefault(); });
  }

  /** Below the figure, or above where there is no room; never beyond the window's edges.
   * @param {HTMLElement} link @param {HTMLElement} box */
  function place(link, box) {
    var at = link.getBoundingClientRect();
    var width = box.offsetWidth;
    var left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    var below = at.bottom + 4 + box.offsetHeight < window.innerHeight;
    var top = below ? at.bottom + 4 : Math.max(0, at.top - box.offsetHeight - 4);
    box.style.left = left + window.pageXOffset + "px";
    box.style.top = top + window.pageYOffset + "px";
  }

  function hide() {
    if (tip) tip.remove();
    if (owner) owner.removeAttribute("aria-describedby");
    tip = owner = null;
  }

  /** The pointer may go from the figure into its tip. @param {MouseEvent} event */
  function leave(event) {
    var to = event.relatedTarget;
    if (to instanceof Node && ((tip && tip.contains(to)) || (owner && owner.contains(to)))) return;
    hide();
  }

  /** The figure that an event is about, or null. @param {Event} event @returns {HTMLAnchorElement | null} */
  function figure(event) {
    return event.target instanceof Element ? event.target.closest("a.figure") : null;
  }

  /** @param {Event} event */
  function point(event) {
    var link = figure(event);
    if (link) show(link);
  }

  // On the document, so that figures which a preview puts in later are heard too.
  document.addEventListener("mouseover", point);
  document.addEventListener("focusin", point);
  document.addEventListener("mouseout", function (event) {
    if (figure(event)) leave(event);
  });
  document.addEventListener("focusout", function (event) {
    if (figure(event)) hide();
  });
  document.addEventListener("click", function (event) {
    if (!figure(event) || event.detail === 0) return;
    event.preventDefault();
    point(event);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") hide();
  });
})();
