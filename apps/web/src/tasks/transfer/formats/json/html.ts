const entities: Record<string, string> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" },
};

/** The text of what an editor has written as HTML: with its lines, ticks and addresses. Other text stays as it is. */
export function textOfHtml(html: string): string {
  if (!/^\s*<(p|ul|ol|h\d|blockquote|pre|div|table|hr|img|a|strong|em|mention-user)\b/i.test(html))
    return html;
  return html
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis, (_, href: string, text: string) =>
      text === href ? href : `${text} (${href})`,
    )
    .replace(/<img\b[^>]*>/gi, (image) => {
      const [alt, src] = [attributeOf(image, "alt"), attributeOf(image, "src")];
      return alt && src ? `${alt} (${src})` : alt || src;
    })
    .replace(/<mention-user\b[^>]*>(.*?)(<\/mention-user>|$)/gis, (mention, text: string) =>
      text.trim()
        ? text
        : `@${attributeOf(mention, "data-label") || attributeOf(mention, "data-id")}`,
    )
    .replace(/<li\b[^>]*data-checked="(true|false)"[^>]*>/gi, (_, checked: string) =>
      checked === "true" ? "\n- [x] " : "\n- [ ] ",
    )
    .replace(/<li\b[^>]*>/gi, "\n- ")
    .replace(/(?<=\n- (?:\[[ x]\] )?)(?:<(?!br)[^>]*>)+/gi, "")
    .replace(/<br\s*\/?>|<\/(p|h\d|blockquote|pre|div|tr|ul|ol)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
      if (name) return entities[String(name).toLowerCase()] ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const attributeOf = (tag: string, name: string) =>
  new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1] ?? "";
