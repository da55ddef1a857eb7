// Search in Chinese, from a server or from a folder: any character, any two, any amount.
//
//   words -> grams -> shards (search/….js) -> bulletins that may hold them
//         -> their sentences (<bulletin>/text.js) -> those that do, newest first
//
// Index and sentences are scripts, since a page opened from a folder may load nothing else.
// `jianbao/site/folding.py` and `searching.py` fold and number in the same way.
(function () {
  "use strict";

  /** @typedef {{address: string, campaign: string, label: string, day: string,
   *   stories: [string, string, string[]][]}} Text */
  /** @typedef {{text: string, at: number[]}} Folded  text, and where each of its units stood */

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const NAMELESS = [
    [0xd7, 0xd7], [0xf7, 0xf7], [0x2000, 0x206f], [0x2190, 0x245f], [0x2500, 0x27bf],
    [0x3000, 0x3004], [0x3008, 0x3020], [0x3030, 0x3030], [0xfe10, 0xfe6f], [0xff00, 0xffef],
  ];
  const SCREEN = 10;
  const LINES = 3;
  const LOOKS = 16;

  /** @type {{bits: number, blocks: string[][]}} */
  let index = { bits: 0, blocks: [] };
  /** @type {Map<number, string[]>} */
  const shards = new Map();
  /** @type {Map<string, Text>} */
  const texts = new Map();
  /** @type {Map<string, Promise<void>>} */
  const asked = new Map();
  let turn = 0;
  let waiting = 0;
  let answered = "";

  Object.assign(window, {
    /** @param {{bits: number, blocks: string[][]}} read */
    jianbaoIndex(read) { index = read; begin(); },
    /** @param {number} number @param {string[]} read */
    jianbaoShard(number, read) { shards.set(number, read); },
    /** @param {Text} read */
    jianbaoText(read) { texts.set(read.address, read); },
  });

  /** Loads a script once; one that is missing is as good as empty.
   * @param {string} path @returns {Promise<void>} */
  function load(path) {
    let known = asked.get(path);
    if (!known) {
      known = new Promise(function (done) {
        const script = document.createElement("script");
        script.src = path;
        script.onload = script.onerror = function () { script.remove(); done(); };
        document.head.appendChild(script);
      });
      asked.set(path, known);
    }
    return known;
  }

  /** @param {string} text @returns {Folded} */
  function fold(text) {
    let out = "";
    /** @type {number[]} */
    const at = [];
    let place = 0;
    for (const char of text) {
      const code = char.codePointAt(0) || 0;
      const near = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : char;
      const low = near.toLowerCase();
      for (let unit = 0; unit < low.length; unit++) at.push(place);
      out += low;
      place += char.length;
    }
    const marks = /([0-9])[,'\u2009\u202f](?=[0-9]{3}(?![0-9]))/g;
    let clean = "";
    let from = 0;
    /** @type {number[]} */
    const kept = [];
    for (let found = marks.exec(out); found; found = marks.exec(out)) {
      clean += out.slice(from, found.index + 1);
      for (let unit = from; unit <= found.index; unit++) kept.push(at[unit]);
      from = found.index + 2;
    }
    clean += out.slice(from);
    for (let unit = from; unit < out.length; unit++) kept.push(at[unit]);
    kept.push(place);
    return { text: clean, at: kept };
  }

  /** @param {string} char */
  function sought(char) {
    const code = char.codePointAt(0) || 0;
    if (code < 0xc0) return /[0-9a-z.%]/.test(char);
    return !NAMELESS.some(function (range) { return range[0] <= code && code <= range[1]; });
  }

  /** @param {string} char */
  function numeric(char) {
    return /[0-9.%]/.test(char);
  }

  /** The pairs of neighbours in a folded text, threes where two are digits; a character alone where
   * it has no neighbour.
   * @param {string} text */
  function grams(text) {
    /** @type {Set<string>} */
    const found = new Set();
    /** @type {string[]} */
    let run = [];
    for (const char of [...text, "\n"]) {
      if (sought(char)) {
        run.push(char);
        const three = run.slice(-3);
        if (run.length > 1) found.add(run.slice(-2).join(""));
        if (three.length > 2 && three.filter(numeric).length > 1) found.add(three.join(""));
      } else {
        if (run.length === 1) found.add(run[0]);
        run = [];
      }
    }
    return [...found];
  }

  /** @param {string} gram */
  function shardOf(gram) {
    let mixed = 0;
    for (const char of gram) {
      mixed = Math.imul(mixed ^ (char.codePointAt(0) || 0), 0x9e3779b1) >>> 0;
      mixed = (mixed ^ (mixed >>> 15)) >>> 0;
    }
    return index.bits ? (Math.imul(mixed, 0x85ebca6b) >>> 0) >>> (32 - index.bits) : 0;
  }

  /** @param {number} number */
  function shardFile(number) {
    return "search/" + number.toString(16).padStart(3, "0") + ".js";
  }

  /** The bulletins of a block that hold a gram.
   * @param {string} gram @param {number} block @returns {Set<number> | null} null for all */
  function holders(gram, block) {
    const shard = shards.get(shardOf(gram));
    const part = shard ? shard[block] : "";
    const from = (" " + part).indexOf(" " + gram + ":");
    if (!part || from < 0) return new Set();
    const start = part.indexOf(":", from) + 1;
    const end = part.indexOf(" ", start);
    const held = part.slice(start, end < 0 ? undefined : end);
    if (held === "*") return null;
    return new Set([...held].map(function (digit) { return DIGITS.indexOf(digit); }));
  }

  /** Addresses that may hold all grams, newest first. @param {string[]} wanted */
  function candidates(wanted) {
    /** @type {string[]} */
    const found = [];
    index.blocks.forEach(function (addresses, block) {
      const sets = wanted.map(function (gram) { return holders(gram, block); });
      for (let at = addresses.length - 1; at >= 0; at--) {
        if (sets.every(function (set) { return !set || set.has(at); })) found.push(addresses[at]);
      }
    });
    return found;
  }

  /** Where the words stand in a line: in the units of the line as it is written.
   * @param {string} line @param {string[]} words @returns {[number, number][]} */
  function places(line, words) {
    const folded = fold(line);
    /** @type {[number, number][]} */
    const found = [];
    for (const word of words) {
      for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + word.length)) {
        found.push([folded.at[at], folded.at[at + word.length]]);
      }
    }
    found.sort(function (one, other) { return one[0] - other[0] || other[1] - one[1]; });
    /** @type {[number, number][]} */
    const merged = [];
    for (const span of found) {
      const last = merged[merged.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else merged.push(span);
    }
    return merged;
  }

  /** Whether a number is found whole, not as a part of a longer one.
   * @param {string} line @param {string[]} words */
  function whole(line, words) {
    const text = fold(line).text;
    return words.every(function (word) {
      if (!/^[0-9]/.test(word) && !/[0-9]$/.test(word)) return true;
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const before = /^[0-9]/.test(word) && /[0-9.]/.test(text.charAt(at - 1));
        const behind = /[0-9]$/.test(word) && /^\.?[0-9]/.test(text.slice(at + word.length));
        if (!before && !behind) return true;
      }
      return false;
    });
  }

  /** The lines of a bulletin that show the words, those with all of them first.
   * @param {Text} text @param {string[]} words */
  function lines(text, words) {
    /** @type {{anchor: string, headline: string, line: string, score: number}[]} */
    const found = [];
    let all = "";
    for (const story of text.stories) {
      for (const line of story[2]) {
        const folded = fold(line).text;
        all += folded + "\n";
        const held = words.filter(function (word) { return folded.includes(word); });
        if (!held.length) continue;
        const score = held.length * 2 + (held.length === words.length && whole(line, words) ? 1 : 0);
        found.push({ anchor: story[0], headline: story[1], line: line, score: score });
      }
    }
    if (!words.every(function (word) { return all.includes(word); })) return [];
    return found
      .map(function (one, at) { return { one: one, at: at }; })
      .sort(function (a, b) { return b.one.score - a.one.score || a.at - b.at; })
      .map(function (item) { return item.one; });
  }

  /** @param {string} tag @param {string} [name] @param {string} [text] */
  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  /** @param {HTMLElement} parent @param {string} line @param {string[]} words */
  function marked(parent, line, words) {
    let from = 0;
    for (const span of places(line, words)) {
      parent.append(line.slice(from, span[0]), element("mark", "", line.slice(span[0], span[1])));
      from = span[1];
    }
    parent.append(line.slice(from));
  }

  /** @param {string} day */
  function dayText(day) {
    const parts = day.split("-").map(Number);
    return parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
  }

  /** @param {Text} text @param {ReturnType<typeof lines>} found @param {string[]} words */
  function result(text, found, words) {
    const item = element("li", "result");
    const page = text.address.split("/").map(encodeURIComponent).join("/") + "/index.html";
    const first = found[0];
    const head = element("h2");
    const link = /** @type {HTMLAnchorElement} */ (element("a", "", first.headline));
    link.href = page + "#" + encodeURIComponent(first.anchor);
    head.append(link);
    item.append(head, element("p", "about", text.campaign + "　" + text.label + "　" + dayText(text.day)));
    found.slice(0, LINES).forEach(function (one) {
      const line = element("p", "said");
      if (one.anchor !== first.anchor) {
        const other = /** @type {HTMLAnchorElement} */ (element("a", "whence", one.headline));
        other.href = page + "#" + encodeURIComponent(one.anchor);
        line.append(other, "　");
      }
      marked(line, one.line, words);
      item.append(line);
    });
    if (found.length > LINES) item.append(element("p", "about", "另有" + (found.length - LINES) + "处"));
    return item;
  }

  const form = /** @type {HTMLFormElement} */ (document.getElementById("search"));
  const field = /** @type {HTMLInputElement} */ (document.getElementById("words"));
  const state = /** @type {HTMLElement} */ (document.getElementById("state"));
  const list = /** @type {HTMLElement} */ (document.getElementById("results"));
  const more = /** @type {HTMLButtonElement} */ (document.getElementById("more"));

  /** Shows the next bulletins that hold the words, and says how many there are so far.
   * @param {string[]} rest @param {string[]} words @param {number} shown */
  async function show(rest, words, shown) {
    const mine = turn;
    let at = 0;
    let fresh = 0;
    /** @type {HTMLElement | null} */
    let first = null;
    while (at < rest.length && fresh < SCREEN && (at < LOOKS || !fresh)) {
      const batch = rest.slice(at, at + SCREEN - fresh);
      at += batch.length;
      await Promise.all(batch.map(function (address) { return load(address + "/text.js"); }));
      if (mine !== turn) return;
      for (const address of batch) {
        const text = texts.get(address);
        const found = text ? lines(text, words) : [];
        if (!text || !found.length) continue;
        const item = result(text, found, words);
        first = first || item;
        list.append(item);
        fresh += 1;
      }
    }
    const left = rest.slice(at);
    const total = shown + fresh;
    more.hidden = left.length === 0;
    if (!total) state.textContent = "没有找到。";
    else if (left.length) state.textContent = "已列出最近" + total + "期，还有至多" + left.length + "期。";
    else state.textContent = "找到" + total + "期。";
    more.onclick = function () { more.hidden = true; show(left, words, total); };
    if (shown && first) {
      const link = first.querySelector("a");
      if (link) link.focus();
    }
  }

  async function search() {
    const mine = ++turn;
    window.clearTimeout(waiting);
    answered = field.value;
    const words = fold(field.value).text.split(/\s+/).filter(Boolean);
    const wanted = [...new Set(words.map(grams).flat())];
    list.textContent = "";
    more.hidden = true;
    state.textContent = "";
    if (!wanted.length) {
      if (words.length) state.textContent = "请输入文字或数字。";
      return;
    }
    state.textContent = "正在查找……";
    await Promise.all([...new Set(wanted.map(shardOf))].map(function (number) { return load(shardFile(number)); }));
    if (mine !== turn) return;
    await show(candidates(wanted), words, 0);
  }

  /** @param {Event} [event] */
  function start(event) {
    if (event) event.preventDefault();
    const hash = field.value ? "#" + encodeURIComponent(field.value) : "#";
    if (hash !== location.hash) location.hash = hash;
    search();
  }

  function recall() {
    const words = decodeURIComponent(location.hash.slice(1));
    if (words === "text" || words === answered) return;
    if (field.value !== words) field.value = words;
    search();
  }

  form.addEventListener("submit", start);
  field.addEventListener("input", function (event) {
    window.clearTimeout(waiting);
    if (/** @type {InputEvent} */ (event).isComposing) return;
    waiting = window.setTimeout(search, 250);
  });
  field.addEventListener("compositionend", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(search, 250);
  });
  window.addEventListener("hashchange", recall);

  /** Once the index is there, the field is of use. */
  function begin() {
    form.hidden = false;
    if (location.hash.length > 1) recall();
    else field.focus();
  }
})();
