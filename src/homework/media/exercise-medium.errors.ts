import { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';
import { PLAYED } from './content-types.js';

/** What it says of itself counts for nothing; what its bytes are does. */
export const notPlayable = (): Problem =>
  new Problem({
    type: 'not-playable',
    status: 415,
    title: { nl: 'Dit is geen geluid of film', en: 'This is no audio or film' },
    detail: {
      nl: `Stuur het bestand zelf, als ${PLAYED.join(', ')}. Er wordt naar de inhoud gekeken, niet naar de naam.`,
      en: `Send the file itself, as ${PLAYED.join(', ')}. It goes by the content, not by the name.`,
    },
    facts: { contentTypes: PLAYED },
  });

export const mediumTooLarge = (largestBytes: number): Problem => {
  const megabytes = Math.floor(largestBytes / 1_000_000);
  return new Problem({
    type: 'too-large',
    status: 413,
    title: { nl: 'Dit is te groot', en: 'This is too large' },
    detail: {
      nl: `Een bestand mag hoogstens ${megabytes} MB zijn. Maak het kleiner, of geef een link.`,
      en: `A file may be ${megabytes} MB at most. Make it smaller, or give a link.`,
    },
    facts: { largestBytes },
  });
};

export const uploadBrokeOff = (): Problem =>
  new Problem({
    type: 'upload-broke-off',
    status: 400,
    title: { nl: 'Het bestand kwam niet heel aan', en: 'The file did not arrive whole' },
    detail: { nl: 'Stuur het nog eens.', en: 'Send it again.' },
  });

/** The row is there and the file is not, as after a restore of the one without the other. */
export const mediumIsLost = (): Problem =>
  new Problem({
    type: 'medium-is-lost',
    status: 409,
    title: { nl: 'Dit bestand is er niet meer', en: 'This file is no longer there' },
    detail: {
      nl: 'De praktijk kan het opnieuw uploaden. De oefening gaat ook zonder.',
      en: 'The practice can upload it again. The exercise works without it too.',
    },
  });

export const unknownMedium = (): Problem =>
  invalidInput([
    {
      pointer: '/media/mediumId',
      detail: {
        nl: 'Dit bestand is er niet in deze praktijk.',
        en: 'There is no such file in this practice.',
      },
    },
  ]);

export const nothingToSee = (): Problem =>
  invalidInput([
    {
      pointer: '/media/kind',
      detail: { nl: 'In dit bestand is alleen geluid.', en: 'This file holds audio only.' },
    },
  ]);
