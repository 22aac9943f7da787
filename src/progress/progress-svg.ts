const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

/**
 * Gives a picture its words, for who does not see it. What was said in `style` is said in attributes: our answers allow
 * no style, and a browser that shows the picture by itself would leave it out.
 */
export function accessibleSvg(svg: string, title: string, description: string): string {
  const told = `<title id="title">${escaped(title)}</title>\n<desc id="desc">${escaped(description)}</desc>`;
  return svg
    .replace(/ (class|ecmeta_[a-z_]+|pointer-events)="[^"]*"/g, '')
    .replace(/<style[\s\S]*?<\/style>\n?/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/^<svg ([^>]*)>/, `<svg role="img" aria-labelledby="title desc" $1>\n${told}`);
}

/** Each declaration as the presentation attribute of the same name (SVG 2, section 6.6). */
function attributesOf(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':').map((part) => part.trim()))
    .filter(([name, value]) => name && value)
    .map(([name, value]) => (name === 'font' ? fontOf(value!) : ` ${name}="${value}"`))
    .join('');
}

/** The shorthand is no attribute; ours says style, weight, size and family. */
function fontOf(font: string): string {
  const [, weight, size, family] = /^(?:normal|italic) (\S+) (\d+px) (.+)$/.exec(font) ?? [];
  return family ? ` font-weight="${weight}" font-size="${size}" font-family="${family}"` : '';
}
