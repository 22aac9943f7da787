import type { Content } from './article-content.js';

/** What the knowledge base of a practice starts with. It invites, and claims nothing about health. */
export const STARTING_ARTICLES: readonly (Content & { readonly slug: string })[] = [
  {
    slug: 'spanning-en-loslaten',
    title: { nl: 'Spanning en loslaten', en: 'Tension and letting go' },
    summary: {
      nl: 'Waarom nog meer doen vaak niet de weg naar rust is, en wat er gebeurt als je iets weglaat.',
      en: 'Why doing even more is often not the way to rest, and what happens when you leave something out.',
    },
    body: {
      nl: `Spanning hoort bij het leven. Er gebeurt iets, je lichaam maakt zich klaar, en als het voorbij is, zakt het weer. Dat zakken hoef je niet te doen: het gaat vanzelf, zodra er ruimte voor is.

## Wat er in de weg kan staan
Duurt spanning lang, dan went zij. Gespannen schouders voelen dan gewoon, en rust voelt vreemd of zelfs onrustig. Daar is niets mis mee; het is goed om het te merken.

Wie moe is, gaat vaak zoeken: een methode, een schema, nog een oefening. Zo wordt ook uitrusten iets dat moet lukken. De vraag kan ook andersom:

> Niet: wat moet ik doen? Maar: wat houdt mijn herstel tegen?

## Een klein begin
- Sta op een gewoon moment even stil, bijvoorbeeld tussen twee bezigheden.
- Merk waar je iets vasthoudt: je kaak, je schouders, je buik.
- Verander niets. Kijk alleen wat er gebeurt als het er mag zijn.

Een zucht, een gaap, schouders die zakken: meer hoeft het niet te zijn. En gebeurt er niets, dan is dat ook goed.`,
      en: `Tension is part of life. Something happens, your body gets ready, and when it is over, it settles again. You do not have to do the settling: it comes by itself, as soon as there is room for it.

## What may stand in the way
When tension lasts, you get used to it. Tight shoulders then feel ordinary, and rest feels strange or even restless. Nothing is wrong with that; it is worth noticing.

Who is tired often starts to search: a method, a plan, one more exercise. So even resting becomes something to succeed at. The question can be turned around:

> Not: what should I do? But: what holds my recovery back?

## A small beginning
- Stand still at some ordinary moment, such as between two activities.
- Notice where you are holding on: your jaw, your shoulders, your belly.
- Change nothing. Only look at what happens when it may be there.

A sigh, a yawn, shoulders that drop: it need not be more than that. And when nothing happens, that is fine too.`,
    },
    questions: [
      {
        question: { nl: 'Waarom helpt harder proberen niet?', en: 'Why does trying harder not help?' },
        answer: {
          nl: 'Proberen vraagt inspanning, en inspanning houdt je aan. Loslaten is geen prestatie: het is iets minder doen, heel even.',
          en: 'Trying takes effort, and effort keeps you switched on. Letting go is no achievement: it is doing a little less, for a moment.',
        },
      },
      {
        question: {
          nl: 'Ik word juist onrustig als ik stil zit. Doe ik iets verkeerd?',
          en: 'I get restless when I sit still. Am I doing something wrong?',
        },
        answer: {
          nl: 'Nee. Na een drukke tijd kan stilte wennen zijn. Houd het kort, beweeg gerust, en bespreek het met je coach als je dat prettig vindt.',
          en: 'No. After a busy time, stillness can take some getting used to. Keep it short, move if you like, and talk about it with your coach if that feels right.',
        },
      },
    ],
  },
  {
    slug: 'rust-en-slaap',
    title: { nl: 'Rust en slaap', en: 'Rest and sleep' },
    summary: {
      nl: 'Slaap laat zich niet dwingen. Wel kun je de avond wat stiller maken, en overdag al beginnen met rusten.',
      en: 'Sleep cannot be forced. You can make the evening quieter, though, and begin to rest during the day.',
    },
    body: {
      nl: `Slapen kun je niet *doen*. Je kunt gaan liggen, het licht uitdoen en wachten; de rest komt vanzelf, of soms een poosje niet. Hoe meer je erop let, hoe wakkerder je vaak wordt.

## Rust begint overdag
De nacht volgt op de dag die eraan voorafging. Een paar korte pauzes zonder scherm, waarin je niets hoeft, maken het verschil tussen dag en nacht kleiner. Een filmpje kijken is fijn, maar voor je hoofd is het nog steeds iets om te volgen.

## Een zachte overgang
- Kies een moment waarop de dag klaar is, ook als niet alles af is.
- Laat het licht wat lager worden en de telefoon in een andere kamer.
- Schrijf op wat morgen kan wachten.
- Voel in bed hoe het matras je draagt. Verder hoeft er niets.

Lig je wakker, dan is liggen ook rusten. Er valt niets in te halen en niets te bewijzen.`,
      en: `Sleep is nothing you can *do*. You can lie down, turn off the light and wait; the rest comes by itself, or sometimes not for a while. The more you watch for it, the more awake you often become.

## Rest begins in the daytime
The night follows the day before it. A few short breaks without a screen, in which nothing is asked of you, make the step from day to night smaller. Watching something is pleasant, but for your mind it is still something to follow.

## A soft transition
- Choose a moment at which the day is done, also when not everything is.
- Let the light get lower, and leave the phone in another room.
- Write down what can wait until tomorrow.
- In bed, feel how the mattress carries you. Nothing else is needed.

When you lie awake, lying down is resting too. There is nothing to catch up on and nothing to prove.`,
    },
    questions: [
      {
        question: { nl: 'Telt een serie kijken als rust?', en: 'Does watching a series count as rest?' },
        answer: {
          nl: 'Het mag gerust fijn zijn. Echte rust is het pas als er even niets te volgen is: geen scherm, geen taak, niets dat beter moet.',
          en: 'It may well be pleasant. It becomes real rest when there is nothing to follow for a while: no screen, no task, nothing to improve.',
        },
      },
      {
        question: {
          nl: 'Wat als ik al lang slecht slaap?',
          en: 'What if I have slept badly for a long time?',
        },
        answer: {
          nl: 'Dit artikel is geen medisch advies. Maak je je zorgen, of duurt het lang, bespreek het dan met je huisarts. Je coach denkt graag met je mee over rust overdag.',
          en: 'This article is no medical advice. When you are worried, or when it lasts, talk to your doctor. Your coach is glad to think along about rest in the daytime.',
        },
      },
    ],
  },
];
