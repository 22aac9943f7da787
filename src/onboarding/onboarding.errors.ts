import { Problem } from '../common/problem.js';

export const slugTaken = (): Problem =>
  new Problem({
    type: 'slug-taken',
    status: 409,
    title: {
      nl: 'Er is al een praktijk met deze naam in haar adres.',
      en: 'There is a practice with this slug already.',
    },
  });

export const slugNotUsable = (): Problem =>
  new Problem({
    type: 'slug-not-usable',
    status: 422,
    title: {
      nl: 'De naam in het adres bestaat uit kleine letters, cijfers en streepjes.',
      en: 'A slug is made of lower-case letters, digits and single hyphens.',
    },
  });
