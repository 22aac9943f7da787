import type { Bilingual } from '../common/language.js';
import type { Practice } from './practice.entity.js';

/** What the house says where a practice has no words of its own; the numbers are those of the Netherlands. */
const HOUSE: Bilingual = {
  nl: 'Je spanning is nu hoog. Je hoeft hier niet alleen mee te zijn: bel iemand die je vertrouwt, of je huisarts; buiten kantooruren de huisartsenpost. Denk je aan zelfdoding? Bel gratis 0800-0113 of chat op 113.nl, dag en nacht. Is er direct gevaar? Bel 112.',
  en: 'Your tension is high now. You need not be alone with this: call somebody you trust, or your doctor; outside office hours the out-of-hours doctor. Are you thinking of suicide? Call 0800-0113, free, or chat at 113.nl, day and night. Is there immediate danger? Call 112.',
};

/** Where a client of this practice finds help. */
export const helpOf = ({ helpNl, helpEn }: Practice): Bilingual => ({
  nl: helpNl ?? HOUSE.nl,
  en: helpEn ?? HOUSE.en,
});
