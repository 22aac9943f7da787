import { isRenderable, renderMarkdown } from './markdown.js';

describe('Markdown of the knowledge base', () => {
  it('becomes headings, lists, quotes, emphasis and links', () => {
    const html = renderMarkdown(
      '# Rust\n\nAdem **uit**, *zacht*.\n\n- een\n- twee\n\n> stil\n\n[lees](https://adem.example/a?b=1&c=2)',
    );
    expect(html).toContain('<h2>Rust</h2>');
    expect(html).toContain('<strong>uit</strong>, <em>zacht</em>');
    expect(html).toContain('<li>twee</li>');
    expect(html).toContain('<blockquote>');
    expect(html).toContain('<a href="https://adem.example/a?b=1&amp;c=2" rel="noopener noreferrer">lees</a>');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://evil.example/pixel.gif)',
    '![x](javascript:alert(1))',
    '[klik](javascript:alert(1))',
    '[klik](JaVaScRiPt&#58;alert(1))',
    '[klik](java\tscript:alert(1))',
    '[klik](vbscript:msgbox(1))',
    '[klik](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    '[klik](//evil.example/x)',
    '[a]: javascript:alert(1)\n\n[klik][a]',
    '<javascript:alert(1)>',
    '<a href="jAvAsCrIpT:alert(1)" onclick="alert(1)" style="position:fixed">klik</a>',
    '<svg><script>alert(1)</script></svg>',
    '<svg onload=alert(1)><animate onbegin=alert(1)>',
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<style>@import "https://evil.example/x.css"</style>',
    '<form action="https://evil.example"><input name=q><button>x</button></form>',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<p style="background:url(https://evil.example)">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '`</code><img src=x onerror=alert(1)>`'.replaceAll('`', ''),
    '[x](https://a.example "onmouseover=alert(1) x=\\"")',
    '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  ])('lets nothing run, load or pose out of %j', (payload) => {
    const tags = renderMarkdown(payload).match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).toMatch(/^<\/?(h[2-4]|p|br|hr|[uo]l|li|blockquote|pre|strong|em|del|code|a)\b/);
      expect(tag).not.toMatch(/\s(on\w+|style|src|srcdoc|title|action|content)\s*=/i);
      const address = /href="([^"]*)"/.exec(tag)?.[1];
      if (address !== undefined) expect(address).toMatch(/^(https?:\/\/[a-z]|mailto:|tel:|[^:]*$)/i);
      expect(address ?? '').not.toMatch(/^\/\//);
    }
  });

  it('makes no large page of a small text', () => {
    const wide = `|${'a|'.repeat(1000)}\n|${'-|'.repeat(1000)}\n${'|\n'.repeat(8000)}`;
    expect(renderMarkdown(wide).length).toBeLessThan(200_000);
    expect(renderMarkdown('&"<'.repeat(6_000)).length).toBeLessThan(200_000);
  });

  it('says beforehand of what it cannot render', () => {
    expect(isRenderable('> '.repeat(10_000), 20_000)).toBe(false);
    expect(isRenderable('> > stil', 20_000)).toBe(true);
  });

  it.each(['_a__', '*a**', '~~a', '**a b* '])(
    'refuses at once what would keep everybody waiting: %j',
    (piece) => {
      const began = performance.now();
      expect(isRenderable(piece.repeat(20_000 / piece.length), 20_000)).toBe(false);
      expect(performance.now() - began).toBeLessThan(50);
      expect(isRenderable('Adem **uit**, _zacht_. '.repeat(400), 20_000)).toBe(true);
    },
  );

  it('shows what looks like HTML in code as it was typed', () => {
    expect(renderMarkdown('`<script>`')).toBe('<p><code>&lt;script&gt;</code></p>');
  });
});
