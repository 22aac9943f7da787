import type { Bilingual } from '../../common/language.js';

export const TEMPLATE_KINDS = ['energizing', 'intake', 'evaluation', 'free'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/**
 * What a note begins with until a practice writes its own. The questions follow the method: what stands in the way of
 * recovery, and not what has to be added; what is seen, and not what is achieved.
 */
export const SHIPPED_TEMPLATES: Readonly<Record<TemplateKind, Bilingual>> = {
  energizing: {
    nl: `De vraag van vandaag
-

Wat ik zag: spanning in het lichaam, adem, gedachten die terugkomen
-

Veiligheid, rust, aanwezigheid, aanvaarden, eigen ritme: wat viel op?
-

Wat kon wegvallen, en welke herstelsignalen kwamen er toen
-

Spanning voor en na, vergeleken met hoe het voor deze cliënt gewoon is
-

Wat gaat mee naar huis, en bij welk overgangsmoment past het
-`,
    en: `Today's question
-

What I saw: tension in the body, breath, thoughts that keep coming back
-

Safety, rest, presence, acceptance, natural rhythm: what stood out?
-

What could fall away, and which recovery signals came with that
-

Tension before and after, beside what is usual for this client
-

What goes home, and which moment of transition it fits in
-`,
  },
  intake: {
    nl: `Waarmee komt iemand binnen, in eigen woorden
-

Acute of langdurige stress, en sinds wanneer
-

Wat vraagt er nu veel: werk, geld, thuis, gezondheid, verlies, te veel prikkels
-

Stresssignalen: slaap, energie, spanning, concentratie, en of rust onrustig voelt
-

Wat houdt het herstel tegen
-

Wat is al geprobeerd, en wat bracht juist rust
-

Wat spraken we af
-`,
    en: `What somebody comes in with, in their own words
-

Acute or long-lasting stress, and since when
-

What asks much at present: work, money, home, health, loss, too many stimuli
-

Stress signals: sleep, energy, tension, concentration, and whether rest feels restless
-

What holds recovery back
-

What was tried already, and what brought rest
-

What we agreed
-`,
  },
  evaluation: {
    nl: `De vraag van het begin, en hoe die nu klinkt
-

Wat is er veranderd in slaap, energie en spanning, vergeleken met het eigen begin
-

Wat mocht eraf, en wat kwam daarvoor terug
-

Herstelsignalen die iemand nu zelf opmerkt
-

Welke oefeningen blijven, en welke mogen stoppen
-

Hoe verder
-`,
    en: `The question of the beginning, and how it sounds today
-

What changed in sleep, energy and tension, beside the client's own beginning
-

What could be dropped, and what came back in its place
-

Recovery signals that somebody notices for themselves by now
-

Which exercises stay, and which may stop
-

How to go on
-`,
  },
  free: {
    nl: `Wat ik wil onthouden
-`,
    en: `What I want to remember
-`,
  },
};
