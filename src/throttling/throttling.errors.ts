import { Problem } from '../common/problem.js';

export const tooManyAttempts = (seconds: number): Problem =>
  new Problem({
    type: 'too-many-attempts',
    status: 429,
    title: { nl: 'Even wachten', en: 'Wait a moment' },
    detail: {
      nl: `Dit is te vaak achter elkaar geprobeerd. Over ${seconds} seconden kan het weer; er is niets geblokkeerd.`,
      en: `This was tried too often in a row. It is possible again in ${seconds} seconds; nothing is locked.`,
    },
    headers: { 'retry-after': String(seconds) },
  });

export const tooManyRequests = (seconds: number): Problem =>
  new Problem({
    type: 'too-many-requests',
    status: 429,
    title: { nl: 'Wat rustiger', en: 'A little slower' },
    detail: {
      nl: `Er komen te veel verzoeken tegelijk. Over ${seconds} seconden kan het weer.`,
      en: `Too many requests are coming in. It is possible again in ${seconds} seconds.`,
    },
    headers: { 'retry-after': String(seconds) },
  });
