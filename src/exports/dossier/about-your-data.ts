import type { Language } from '../../common/language.js';

/** What the letter is called in the archive. */
export const ABOUT_YOUR_DATA_FILE: Readonly<Record<Language, string>> = {
  nl: 'over-je-gegevens.txt',
  en: 'about-your-data.txt',
};

const PARAGRAPHS: Readonly<Record<Language, (practice: string) => string[]>> = {
  nl: (practice) => [
    `Dit is een kopie van wat ${practice} over je vastlegde, op jouw verzoek.`,
    'Wat erin zit. De bestanden met .json zijn voor een ander systeem; in schema.json staat wat elk veld betekent. Is er een dossier.pdf, dan staat hetzelfde daarin om te lezen. In manifest.json staat van elk bestand hoe groot het is en de SHA-256, zodat je kunt nagaan of het heel is.',
    'Waarvoor. Om je te begeleiden: wat jij vertelde en bijhield, wat in sessies is gezien en afgesproken, en wat nodig is om sessies te plannen en in rekening te brengen. Wat over je gezondheid gaat, ligt er met jouw uitdrukkelijke toestemming, die je altijd kunt intrekken.',
    'Van wie het komt. Van jouzelf, en van je coach.',
    'Wie het ziet. Je coach. Een beheerder van de praktijk ziet dat iets er is en wanneer, maar niet wat je schreef. Verder niemand; wie de servers en de mail verzorgt, doet dat in opdracht van de praktijk, en de teksten liggen daar versleuteld. In het portaal zie je wie je dossier opende.',
    'Hoe lang. Tot de bewaartermijn van de praktijk na je laatste sessie voorbij is. Datum, duur en prijs van sessies zeven jaar, omdat de Belastingdienst dat vraagt. Wie wat met je dossier deed, vijf jaar.',
    'Geen besluit over jou wordt door een computer genomen.',
    'Wat ontbreekt. Een notitie waarvan de tekst niet is meegegeven, staat er met de grond bij: rights_of_others (de rechten van een ander, AVG art. 15 lid 4) of protection_of_client (bescherming van jouzelf, UAVG art. 41).',
    'Je rechten. Je kunt vragen om iets te verbeteren, te wissen, met rust te laten of mee te nemen, en bezwaar maken. Ben je het niet eens met wat de praktijk doet, dan kun je terecht bij de Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl).',
  ],
  en: (practice) => [
    `This is a copy of what ${practice} has on record about you, at your request.`,
    'What is in it. The files ending in .json are for another system; schema.json says what each field means. Where there is a dossier.pdf, it holds the same for you to read. manifest.json gives the size and the SHA-256 of each file, so that you can tell whether it is whole.',
    'What for. To coach you: what you told and logged, what was seen and agreed in sessions, and what is needed to plan sessions and to charge for them. What is about your health is held with your explicit consent, which you can withdraw at any time.',
    'From whom. From you, and from your coach.',
    'Who sees it. Your coach. An admin of the practice sees that something is there and when, but not what you wrote. Nobody else; who keeps the servers and the mail running does so on behalf of the practice, and the texts are encrypted there. The portal shows you who opened your file.',
    'For how long. Until the term of the practice after your last session is over. Dates, durations and prices of sessions for seven years, because the tax office asks for them. Who did what with your file, for five years.',
    'No decision about you is taken by a computer.',
    'What is missing. A note whose text does not go along is listed with the ground: rights_of_others (the rights of somebody else, GDPR art. 15(4)) or protection_of_client (your own protection, UAVG art. 41).',
    'Your rights. You can ask to have something corrected, erased, left alone or taken along, and you can object. If you do not agree with what the practice does, you can turn to the Dutch Data Protection Authority (autoriteitpersoonsgegevens.nl).',
  ],
};

const COLUMNS = 100;

/** What goes along with a copy of one's own data: what for, from and for whom, how long, and one's rights (AVG art. 15(1)). */
export function aboutYourData(language: Language, practice: string): Buffer {
  return Buffer.from(`${PARAGRAPHS[language](practice).map(wrapped).join('\n\n')}\n`);
}

/** Lines that fit a screen, for a program that does not break them itself. */
function wrapped(paragraph: string): string {
  const lines = [''];
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > COLUMNS) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
