/** What the people of the demo say and write, week by week; made up, but the way such sessions go. */

export const QUESTIONS = [
  'Hoe merk ik dat ik over mijn grens ga?',
  'Waarom voelt rust zo onrustig?',
  'Wat houd ik vast dat ik niet hoef vast te houden?',
  'Hoe kom ik van mijn werk thuis, ook in mijn hoofd?',
  'Wat helpt mij om eerder te stoppen?',
  'Waar zit nog spanning die ik niet meer opmerk?',
];

export const THOUGHTS = [
  'Nog één ding en dan ga ik zitten.',
  'Als ik het niet doe, doet niemand het.',
  'Ik hoor dit toch te kunnen.',
  'Straks, als deze klus klaar is.',
];

export const LET_GO = [
  'De lijst van vandaag mocht even liggen.',
  'De schouders zakten toen het antwoord er niet meer hoefde te zijn.',
  'Het zoeken zelf.',
  'De telefoon, een heel uur.',
];

export const TAKE_HOME = [
  'Drie keer per dag een overgang: even niets tussen twee dingen.',
  'Opmerken wanneer de adem vanzelf zakt; meer hoeft niet.',
  'Na het werk tien minuten in de tuin, zonder scherm.',
  'De vraag van de week: wat mag ik vandaag laten?',
];

export const PRIVATE_NOTES = [
  'Begint nog steeds met een verklaring voor de spanning. Pas na een kwartier zakt de adem. Volgende keer eerder stil.',
  'Veel zoeken naar het goede antwoord. Ik heb minder gezegd; dat werkte beter dan welke oefening ook.',
  'Raakte even geëmotioneerd toen het over de zaak ging. Niet op doorgevraagd, wel genoemd dat het er mag zijn.',
  'Thuis is het onrustig, daar zit een deel van de druk. Laten komen wanneer het komt.',
];

export const SHARED_NOTES = [
  'Mooi om te zien hoe je schouders zakten toen je niets meer hoefde op te lossen. Kijk deze week eens wanneer dat vanzelf gebeurt.',
  'Je merkte zelf op dat je adem dieper werd na de stilte. Dat is geen techniek, dat is je lichaam dat herstelt.',
  'We hebben samen gezien wat je tegenhoudt: vasthouden aan controle. Het hoeft niet weg; opmerken is genoeg.',
  'De overgang van werk naar huis krijgt een eigen moment. Begin klein, en sla gerust een dag over.',
];

export const REMARKS = [
  'Gapen halverwege, prettig.',
  'Het lukte vandaag niet om stil te worden. Ook goed.',
  'Merkte pas achteraf hoe rustig het was.',
  'Korter gedaan, voelde genoeg.',
];

export const WEEKS = [
  'Een volle week, en toch geslapen.',
  'Pas zondag merkte ik hoe moe ik was.',
  'Twee avonden zonder scherm. Dat scheelde.',
  'Onrustig als ik niets te doen heb; het mag er zijn.',
];

export const MESSAGES = [
  'Kijk of het je uitnodigt. Overslaan mag altijd.',
  'Liever één keer met aandacht dan drie keer omdat het moet.',
  'Merk vooral op wat er vanzelf gebeurt.',
];
