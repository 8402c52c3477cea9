/**
 * Formatted text: shows the buttons and the preview, and turns what is pasted from Word or a web page into Markdown, so
 * that lists and tables stay lists and tables. The preview is htmx's; without this file the field is a plain one.
 */

for (const box of document.querySelectorAll("[data-markdown]")) prepare(box);
document.addEventListener("rows:changed", (event) => {
  if (!(event.target instanceof Element)) return;
  for (const box of event.target.querySelectorAll("[data-markdown]:not([data-ready])")) {
    prepare(box);
    globalThis.htmx?.process(box);
  }
});

function prepare(box) {
  box.dataset.ready = "1";
  const textarea = box.querySelector("textarea");
  const toolbar = box.querySelector("markdown-toolbar");
  if (toolbar) toolbar.hidden = false;
  textarea.addEventListener("paste", paste);
  const button = box.querySelector("[data-preview]");
  const view = box.querySelector(".s-markdown-preview");
  if (!button || !view || !globalThis.htmx) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const show = view.hidden;
    view.hidden = !show;
    textarea.hidden = show;
    if (toolbar) toolbar.hidden = show;
    button.setAttribute("aria-expanded", String(show));
    button.textContent = show ? "Fortsätt skriva" : "Förhandsgranska";
    if (show) {
      button.setAttribute("hx-vals", JSON.stringify({ markdown_text: textarea.value }));
      button.dispatchEvent(new CustomEvent("forhandsgranska"));
    } else {
      textarea.focus();
    }
  });
}

function paste(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html || !/<(li|table|h[1-6]|strong|b|em|i)\b|mso-list/i.test(html)) return;
  const text = convert(html);
  if (!text) return;
  event.preventDefault();
  const field = event.target;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}

/**
 * Return the Markdown of HTML that was pasted; nothing of it is ever put into the page. Its styles are renamed before it is
 * parsed, since the content policy refuses them, but Word tells the level of a list item in one.
 */
export function convert(html) {
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style=");
  return blocks(new DOMParser().parseFromString(bare, "text/html").body).replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

const HEADINGS = { H1: "# ", H2: "## ", H3: "### ", H4: "#### ", H5: "##### ", H6: "###### " };
const WORD_BULLET = /^[\s\u00a0]*([·•▪◦●○■□§\uf0b7\uf0a7\uf0d8]|o(?=[\s\u00a0]{2,})|\d{1,3}[.)])[\s\u00a0]+/;

function blocks(parent, depth = 0) {
  let result = "";
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.textContent.replace(/\s+/g, " ");
      if (text.trim()) result += text;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      result += block(node, depth);
    }
  }
  return result;
}

function block(node, depth) {
  const tag = node.tagName;
  if (["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML"].includes(tag)) return "";
  if (tag in HEADINGS) return `\n\n${HEADINGS[tag]}${inline(node).trim()}\n\n`;
  if (tag === "UL" || tag === "OL") return `\n${list(node, depth)}\n`;
  if (tag === "TABLE") return `\n\n${table(node)}\n\n`;
  if (tag === "BR") return "\n";
  if (tag === "P") return paragraph(node);
  if (["B", "STRONG", "I", "EM", "A", "SPAN", "U", "FONT", "SUB", "SUP"].includes(tag)) {
    return node.querySelector("p, ul, ol, table, div") ? blocks(node, depth) : inline(node);
  }
  return `\n${blocks(node, depth)}\n`;
}

function paragraph(node) {
  const text = inline(node).trim();
  const level = Number(/level(\d)/.exec(node.dataset.style ?? "")?.[1] ?? 0);
  const isItem = level > 0 || /MsoList/.test(node.className);
  const found = WORD_BULLET.exec(text);
  if (isItem && found) {
    const indent = "   ".repeat(Math.max(level - 1, 0));
    const mark = /\d/.test(found[1]) ? found[1].replace(")", ".") : "-";
    return `\n${indent}${mark} ${text.slice(found[0].length)}\n`;
  }
  return `\n\n${text}\n\n`;
}

function list(node, depth) {
  let number = 0;
  let result = "";
  for (const item of node.children) {
    if (item.tagName === "UL" || item.tagName === "OL") {
      result += list(item, depth + 1);
    } else if (item.tagName === "LI") {
      number += 1;
      const mark = node.tagName === "OL" ? `${number}.` : "-";
      const inner = [...item.children].filter((child) => ["UL", "OL"].includes(child.tagName));
      const copy = item.cloneNode(true);
      for (const child of copy.querySelectorAll("ul, ol")) child.remove();
      result += `${"   ".repeat(depth)}${mark} ${inline(copy).replace(/\s+/g, " ").trim()}\n`;
      for (const child of inner) result += list(child, depth + 1);
    }
  }
  return result;
}

function table(node) {
  const rows = [...node.rows].map((row) =>
    [...row.cells].map((cell) => inline(cell).replace(/\s+/g, " ").replaceAll("|", "\\|").trim()),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (!width) return "";
  const lines = rows.map((row) => `| ${Array.from({ length: width }, (_, place) => row[place] ?? "").join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(width)}`);
  return lines.join("\n");
}

function inline(node) {
  let result = "";
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      result += child.textContent.replace(/[ \t\r\n]+/g, " ");
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const text = inline(child);
      const bare = text.trim();
      if (child.tagName === "BR") result += "\n";
      else if (bare && ["B", "STRONG"].includes(child.tagName)) result += text.replace(bare, () => `**${bare}**`);
      else if (bare && ["I", "EM"].includes(child.tagName)) result += text.replace(bare, () => `*${bare}*`);
      else if (bare && child.tagName === "A" && /^(https?|mailto):/.test(child.getAttribute("href") ?? "")) {
        result += `[${bare}](${child.getAttribute("href")})`;
      } else if (!["STYLE", "SCRIPT"].includes(child.tagName)) result += text;
    }
  }
  return result;
}
