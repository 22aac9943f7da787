/* eslint-disable max-lines -- a listing, as long as what it lists */
import type { Content } from './exercise-content.js';

/** What a practice starts with. Every sentence invites; none presses. */
export const STARTING_EXERCISES: readonly Content[] = [
  {
    title: { nl: 'Diepe buikademhaling', en: 'Deep belly breathing' },
    purpose: {
      nl: 'Een lage, rustige adem laat je lichaam weten dat het veilig is. Herstel krijgt dan ruimte.',
      en: 'A low, quiet breath tells your body that it is safe. Recovery then has room.',
    },
    steps: [
      {
        nl: 'Ga zitten of liggen zoals het prettig is en leg een hand op je buik.',
        en: 'Sit or lie down in a way that is comfortable and rest a hand on your belly.',
      },
      {
        nl: 'Adem in door je neus en merk hoe je hand een beetje omhoog komt.',
        en: 'Breathe in through your nose and notice how your hand rises a little.',
      },
      {
        nl: 'Laat de adem langzaam weer gaan, iets langer dan hij kwam.',
        en: 'Let the breath go slowly, a little longer than it came.',
      },
      {
        nl: 'Blijf zo een paar minuten; dwaal je af, dan is de volgende adem er gewoon weer.',
        en: 'Stay like this for a few minutes; when you wander off, the next breath is simply there.',
      },
    ],
    cautions: {
      nl: 'Word je licht in je hoofd of onrustig, laat je adem dan weer zijn eigen gang gaan. Bij klachten van hart of longen: overleg eerst met je arts.',
      en: 'If you get light-headed or restless, let your breath go its own way again. With heart or lung complaints, ask your doctor first.',
    },
    technique: 'breathing',
    approach: 'adding',
    moment: 'morning',
    minutes: 5,
    rhythm: 'daily',
  },
  {
    title: { nl: 'Korte wandeling in het groen', en: 'Short walk in nature' },
    purpose: {
      nl: 'Lopen zonder doel geeft je lichaam beweging en je hoofd even niets te doen.',
      en: 'Walking without a goal gives your body movement and your mind nothing to do for a while.',
    },
    steps: [
      {
        nl: 'Loop naar buiten, het liefst naar bomen, water of een stukje gras.',
        en: 'Walk outside, to trees, water or a patch of grass if there is one.',
      },
      {
        nl: 'Laat je telefoon in je zak, en loop in een tempo dat vanzelf gaat.',
        en: 'Leave your phone in your pocket, and walk at whatever pace comes by itself.',
      },
      {
        nl: 'Kijk, luister en ruik: wat is er om je heen?',
        en: 'Look, listen and smell: what is there around you?',
      },
      {
        nl: 'Sta voor je naar binnen gaat even stil en merk hoe het met je is.',
        en: 'Before you go in, stand still for a moment and notice how you are.',
      },
    ],
    technique: 'movement',
    approach: 'adding',
    moment: 'any',
    minutes: 15,
    rhythm: 'daily',
  },
  {
    title: { nl: 'Spieren spannen en loslaten', en: 'Progressive muscle relaxation' },
    purpose: {
      nl: 'Wie lang gespannen is, voelt het verschil niet meer. Even aanspannen en loslaten maakt het weer voelbaar.',
      en: 'After long tension the difference is no longer felt. Tensing briefly and letting go brings it back.',
    },
    steps: [
      {
        nl: 'Ga liggen en laat je gewicht door het bed dragen.',
        en: 'Lie down and let the bed carry your weight.',
      },
      {
        nl: 'Span je voeten zacht aan, een paar tellen, en laat ze dan los.',
        en: 'Gently tense your feet for a few counts, and then let them go.',
      },
      {
        nl: 'Ga zo omhoog: benen, buik, handen, schouders, gezicht.',
        en: 'Move upwards like this: legs, belly, hands, shoulders, face.',
      },
      {
        nl: 'Blijf na elk deel even bij het gevoel van loslaten.',
        en: 'After each part, stay a moment with the feeling of letting go.',
      },
      {
        nl: 'Val je onderweg in slaap, dan is dat ook goed.',
        en: 'If you fall asleep on the way, that is fine too.',
      },
    ],
    cautions: {
      nl: 'Sla over wat pijn doet of geblesseerd is; zacht aanspannen is genoeg.',
      en: 'Leave out what hurts or is injured; tensing gently is enough.',
    },
    technique: 'relaxation',
    approach: 'adding',
    moment: 'before_sleep',
    minutes: 15,
    rhythm: 'daily',
  },
  {
    title: { nl: 'Bewust overgangsmoment', en: 'Conscious transition moment' },
    purpose: {
      nl: 'Tussen twee bezigheden ligt een deur. Wie er even in blijft staan, neemt minder mee naar de andere kant.',
      en: 'Between two activities there is a doorway. Who stands in it for a moment takes less along to the other side.',
    },
    steps: [
      {
        nl: 'Merk op dat iets klaar is: een gesprek, een rit, een werkdag.',
        en: 'Notice that something has ended: a conversation, a drive, a working day.',
      },
      {
        nl: 'Sta of zit even stil, en voel je voeten op de grond.',
        en: 'Stand or sit still for a moment, and feel your feet on the ground.',
      },
      {
        nl: 'Vraag je af: wat mag hier blijven?',
        en: 'Ask yourself: what may stay here?',
      },
      {
        nl: 'Ga verder als je merkt dat je er bent.',
        en: 'Go on when you notice that you have arrived.',
      },
    ],
    technique: 'transition',
    approach: 'letting_go',
    moment: 'transition',
    minutes: 3,
    rhythm: 'free',
  },
  {
    title: { nl: 'Pauze voor je iets doet', en: 'Pause before acting' },
    purpose: {
      nl: 'Veel doen we om spanning niet te hoeven voelen. Een korte pauze laat zien waar zij zit, en dan is er keuze.',
      en: 'Much of what we do keeps us from feeling tension. A short pause shows where it is, and then there is a choice.',
    },
    steps: [
      {
        nl: 'Wacht één adem voor je antwoordt, opstaat of je telefoon pakt.',
        en: 'Wait for one breath before you answer, get up or reach for your phone.',
      },
      {
        nl: 'Waar in je lichaam voel je spanning? Het hoeft niet weg.',
        en: 'Where in your body do you feel tension? It need not go.',
      },
      {
        nl: 'Doe daarna wat je wilt: dit, iets anders, of niets.',
        en: 'Then do as you like: this, something else, or nothing.',
      },
    ],
    technique: 'mindfulness',
    approach: 'letting_go',
    moment: 'any',
    minutes: 1,
    rhythm: 'free',
  },
  {
    title: { nl: 'Waarnemen zonder oordeel', en: 'Observe without judging' },
    purpose: {
      nl: 'Wat er mag zijn, kost minder kracht. Je kijkt naar lichaam, adem en gedachten zonder er iets aan te doen.',
      en: 'What is allowed to be there takes less effort. You look at body, breath and thoughts without doing anything about them.',
    },
    steps: [
      {
        nl: 'Ga rustig zitten; je ogen mogen open of dicht.',
        en: 'Sit quietly, with your eyes open or closed.',
      },
      {
        nl: 'Lichaam: wat voel je, en waar?',
        en: 'Body: what do you feel, and where?',
      },
      {
        nl: 'Adem: hoe gaat hij nu, uit zichzelf?',
        en: 'Breath: how does it go now, by itself?',
      },
      {
        nl: 'Gedachten: welke komen langs? Laat ze voorbijgaan zoals ze kwamen.',
        en: 'Thoughts: which ones come by? Let them pass as they came.',
      },
    ],
    cautions: {
      nl: 'Wordt het te veel, kijk dan om je heen en noem drie dingen die je ziet. Stoppen mag altijd.',
      en: 'If it becomes too much, look around and name three things that you see. You may always stop.',
    },
    technique: 'mindfulness',
    approach: 'letting_go',
    moment: 'any',
    minutes: 5,
    rhythm: 'free',
  },
  {
    title: { nl: 'Je eigen herstelsignalen opmerken', en: 'Notice your own recovery signals' },
    purpose: {
      nl: 'Gapen, een zucht, schouders die zakken: zo laat je lichaam zien dat het al herstelt. Opmerken is genoeg.',
      en: 'A yawn, a sigh, shoulders that drop: this is how your body shows that it is recovering already. Noticing is enough.',
    },
    steps: [
      {
        nl: 'Sta een paar keer op een dag even stil bij hoe je erbij zit.',
        en: 'A few times a day, pause and see how you are sitting.',
      },
      {
        nl: 'Komt er een geeuw, een zucht, warmte in je handen? Laat het helemaal komen.',
        en: 'Does a yawn come, a sigh, warmth in your hands? Let it come in full.',
      },
      {
        nl: 'Merk je niets, dan is dat wat er nu is.',
        en: 'If you notice nothing, then that is what there is now.',
      },
    ],
    technique: 'body_oriented',
    approach: 'letting_go',
    moment: 'any',
    minutes: 2,
    rhythm: 'free',
  },
  {
    title: { nl: 'Echte rust: geen scherm, niets te doen', en: 'Real rest: no screen, nothing to do' },
    purpose: {
      nl: 'Een scherm vraagt nog steeds iets van je. In echte rust hoeft er niets, en juist dan kan je lichaam herstellen.',
      en: 'A screen still asks something of you. In real rest nothing is asked, and that is when your body can recover.',
    },
    steps: [
      {
        nl: 'Leg je telefoon in een andere kamer, als dat kan.',
        en: 'Put your phone in another room, if you can.',
      },
      {
        nl: 'Ga zitten of liggen waar het prettig is, zonder boek, muziek of taak.',
        en: 'Sit or lie down where it is pleasant, without a book, music or a task.',
      },
      {
        nl: 'Er hoeft niets te gebeuren; kijk wat er vanzelf komt.',
        en: 'Nothing needs to happen; see what comes by itself.',
      },
      {
        nl: 'Sta op wanneer het genoeg is, ook als dat na twee minuten is.',
        en: 'Get up when it is enough, even if that is after two minutes.',
      },
    ],
    cautions: {
      nl: 'Na lange stress kan rust onrustig of schuldig voelen. Dat komt vaak voor en is niet verkeerd; korter rusten mag.',
      en: 'After long stress, rest may feel restless or guilty. That is common and nothing is wrong; you may rest for less.',
    },
    technique: 'rest',
    approach: 'letting_go',
    moment: 'transition',
    minutes: 10,
    rhythm: 'daily',
  },
  {
    title: { nl: 'Adem en verbeelding voor energie', en: 'Breath and visualisation to build energy' },
    purpose: {
      nl: 'Met je adem en een beeld dat bij je past begin je de dag met wat meer ruimte.',
      en: 'With your breath and an image that suits you, you begin the day with a little more room.',
    },
    steps: [
      {
        nl: 'Ga rechtop zitten en adem een paar keer rustig in en uit.',
        en: 'Sit upright and breathe in and out quietly a few times.',
      },
      {
        nl: 'Stel je een plek voor waar je je goed voelt: wat zie, hoor en ruik je er?',
        en: 'Picture a place where you feel well: what do you see, hear and smell there?',
      },
      {
        nl: 'Stel je bij elke inademing voor dat er licht of warmte binnenkomt.',
        en: 'With each breath in, imagine light or warmth coming in.',
      },
      {
        nl: 'Laat het bij elke uitademing door je lichaam zakken.',
        en: 'With each breath out, let it sink through your body.',
      },
      {
        nl: 'Rek je uit en begin je dag in je eigen tempo.',
        en: 'Stretch, and begin your day at your own pace.',
      },
    ],
    cautions: {
      nl: 'Komt er een naar beeld, open dan je ogen en voel de stoel onder je.',
      en: 'If an unpleasant image comes, open your eyes and feel the chair beneath you.',
    },
    technique: 'visualisation',
    approach: 'adding',
    moment: 'morning',
    minutes: 8,
    rhythm: 'daily',
  },
  {
    title: { nl: 'Wat mag ik vandaag laten?', en: 'What may I stop doing today?' },
    purpose: {
      nl: 'Herstel vraagt niet om meer, maar om minder dat in de weg staat. Eén ding laten is al veel.',
      en: 'Recovery does not ask for more, but for less that stands in its way. Letting one thing be is a lot already.',
    },
    steps: [
      {
        nl: 'Kijk naar je dag, zoals hij nu voor je ligt.',
        en: 'Look at your day, as it lies before you now.',
      },
      {
        nl: 'Vraag je af: wat houdt mijn herstel tegen?',
        en: 'Ask yourself: what holds my recovery back?',
      },
      {
        nl: 'Kies één ding dat vandaag niet hoeft, of dat kleiner mag.',
        en: 'Choose one thing that is not needed today, or that may be smaller.',
      },
      {
        nl: 'Laat het, en merk wat er gebeurt in de ruimte die ontstaat.',
        en: 'Let it be, and notice what happens in the room that opens up.',
      },
    ],
    technique: 'rest',
    approach: 'letting_go',
    moment: 'morning',
    minutes: 3,
    rhythm: 'free',
  },
];
