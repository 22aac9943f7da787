import type { Bilingual } from '../common/language.js';

/** The text a new practice starts with; a practice words its own in a next version. */
export const FIRST_CONSENT_TEXT: Bilingual = {
  nl: `Ik geef mijn coach toestemming om gegevens over mijn gezondheid vast te leggen: mijn vraag, wat ik van stress en
herstel merk, wat mijn coach in onze sessies ziet, en wat ik zelf over mijn oefeningen opschrijf.

Deze gegevens worden alleen gebruikt om mij te begeleiden. Mijn coach leest ze; een beheerder van de praktijk niet.
Mijn teksten worden versleuteld bewaard. Ik kan ze altijd opvragen en laten wissen.

Ik geef deze toestemming vrijwillig en kan haar op elk moment intrekken, zonder reden. Vanaf dan wordt er niets
nieuws meer vastgelegd.`,
  en: `I consent to my coach recording data about my health: my question, what I notice of stress and recovery, what my
coach sees in our sessions, and what I write about my exercises myself.

These data are used to coach me and for nothing else. My coach reads them; an admin of the practice does not. My texts
are stored encrypted. I can ask for them, and have them erased, at any time.

I give this consent freely and may withdraw it at any moment, without a reason. From then on nothing new is recorded.`,
};
