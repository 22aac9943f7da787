import type { Language } from '../common/language.js';
import type { Mail } from './mailer.js';

interface Invitation {
  readonly to: string;
  readonly name: string;
  readonly practice: string;
  readonly language: Language;
  readonly link: string;
}

const WORDS = {
  nl: {
    subject: (practice: string) => `Je uitnodiging van ${practice}`,
    greeting: (name: string) => `Dag ${name},`,
    invitation: (practice: string) =>
      `${practice} nodigt je uit voor het portaal. Daar vind je alles op één plek, in je eigen tempo.`,
    button: 'Kies een wachtwoord',
    expiry: 'Deze link werkt één keer, zeven dagen lang. Verwachtte je dit niet? Dan hoef je niets te doen.',
    closing: 'Met een hartelijke groet,',
  },
  en: {
    subject: (practice: string) => `Your invitation from ${practice}`,
    greeting: (name: string) => `Hello ${name},`,
    invitation: (practice: string) =>
      `${practice} invites you to its portal. You will find everything in one place, at your own pace.`,
    button: 'Choose a password',
    expiry: 'This link works once, for seven days. Not expecting it? Then there is nothing to do.',
    closing: 'Kind regards,',
  },
} as const;

/** The mail with which somebody begins; no word in it but the name is personal. */
export function invitationMail({ to, name, practice, language, link }: Invitation): Mail {
  const words = WORDS[language];
  const subject = words.subject(practice);
  const lines = [words.greeting(name), words.invitation(practice), words.expiry];
  const [greeting, invitation, expiry] = lines.map(escapeHtml);
  return {
    to,
    subject,
    text: [lines[0], lines[1], `${words.button}: ${link}`, lines[2], `${words.closing}\n${practice}`].join(
      '\n\n',
    ),
    html: `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f4f6f3;font:16px/1.6 Georgia,serif;color:#2b3a33">
<div style="max-width:34em;margin:0 auto;padding:2.5em 1.5em">
<p>${greeting}</p>
<p>${invitation}</p>
<p style="margin:2em 0"><a href="${escapeHtml(link)}"
 style="background:#3f6b57;color:#fff;padding:.75em 1.5em;border-radius:.4em;text-decoration:none">${words.button}</a></p>
<p style="color:#5c6b63;font-size:.9em">${expiry}</p>
<p>${words.closing}<br>${escapeHtml(practice)}</p>
</div>
</body>
</html>
`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
