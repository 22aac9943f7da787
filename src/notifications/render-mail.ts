import type { Language } from '../common/language.js';
import type { MailText } from './mail-text.js';
import type { Mail } from './mailer.js';

export interface Envelope {
  readonly to: string;
  readonly name: string;
  readonly practice: string;
  readonly language: Language;
  readonly link: string;
  /** Where one is left in peace, in mails that somebody can do without. */
  readonly leaveLink?: string;
}

const AROUND = {
  nl: { greeting: 'Dag', closing: 'Met een hartelijke groet,', otherwise: 'Werkt de knop niet? Open dan:' },
  en: {
    greeting: 'Hello',
    closing: 'Kind regards,',
    otherwise: 'Does the button not work? Then open:',
  },
} as const;

/** Light by itself; a reader that prefers dark and knows these classes shows the other colours. */
const DARK = `
  @media (prefers-color-scheme: dark) {
    .paper { background: #17201b !important }
    .sheet { background: #1f2a24 !important; border-color: #2f3d35 !important }
    .ink { color: #e4ebe6 !important }
    .soft { color: #a9b8af !important }
    .button { background: #8fc1a6 !important; color: #14201a !important }
    .link { color: #a5d3ba !important }
  }
  @media (max-width: 480px) {
    .paper { padding: 0 !important }
    .sheet { padding: 28px 22px !important; border-radius: 0 !important; border: 0 !important }
  }`;

/** Writes a mail twice, as plain text and as HTML: nothing in it is loaded from anywhere, nothing counts who reads it. */
export function renderMail(
  { subject, paragraphs, button, afterwards, leave }: MailText,
  { to, name, practice, language, link, leaveLink }: Envelope,
): Mail {
  const { greeting, closing, otherwise } = AROUND[language];
  const hello = `${greeting} ${name},`;
  const text = [hello, ...paragraphs, `${button}:\n${link}`, afterwards, `${closing}\n${practice}`];
  if (leave && leaveLink) text.push(`${leave}:\n${leaveLink}`);
  return {
    to,
    subject,
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${DARK}
</style>
</head>
<body class="paper" style="margin:0;padding:32px 16px;background:#f3f5f1;color:#26352e">
<div class="sheet" style="${SHEET}">
${[hello, ...paragraphs].map(paragraph).join('\n')}
<p style="margin:32px 0"><a class="button" href="${escapeHtml(link)}" style="${BUTTON}">${escapeHtml(button)}</a></p>
<p class="soft" style="${SOFT}">${escapeHtml(afterwards)}</p>
<p class="ink" style="margin:28px 0 0">${escapeHtml(closing)}<br>${escapeHtml(practice)}</p>
<p class="soft" style="${SMALL}">${escapeHtml(otherwise)}<br>
<a class="link" href="${escapeHtml(link)}" style="color:#3f6b57;word-break:break-all">${escapeHtml(link)}</a></p>${leave && leaveLink ? leaving(leave, leaveLink) : ''}
</div>
</body>
</html>
`,
  };
}

const FONT = "17px/1.6 Georgia,'Times New Roman',serif";
const SHEET = `max-width:520px;margin:0 auto;padding:40px;background:#ffffff;border:1px solid #e2e8e0;border-radius:10px;font:${FONT};color:#26352e`;
const BUTTON =
  'display:inline-block;padding:13px 26px;border-radius:8px;background:#3f6b57;color:#ffffff;text-decoration:none;font-weight:bold';
const SOFT = 'margin:0;color:#55655c;font-size:15px';
const LEAVING = 'margin:14px 0 0;color:#55655c;font-size:13px;line-height:1.5';
const SMALL =
  'margin:28px 0 0;padding-top:18px;border-top:1px solid #8fa39940;color:#55655c;font-size:13px;line-height:1.5';

const leaving = (text: string, link: string): string => `
<p class="soft" style="${LEAVING}"><a class="link" href="${escapeHtml(link)}" style="color:#3f6b57">${escapeHtml(text)}</a></p>`;

const paragraph = (text: string): string => `<p class="ink" style="margin:0 0 16px">${escapeHtml(text)}</p>`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
