import type { Problem } from '../../common/problem.js';
import { invalidInput } from '../../common/problems.js';

export const noTimeChosen = (): Problem =>
  invalidInput([
    {
      pointer: '/times',
      detail: {
        nl: 'Kies een dag en een tijd die je prettig vindt.',
        en: 'Choose a day and a time that suit you.',
      },
    },
  ]);

export const oneTimeADay = (index: number): Problem =>
  invalidInput([
    {
      pointer: `/times/${index}/weekday`,
      detail: {
        nl: 'Deze dag staat er al; één bericht per dag is genoeg.',
        en: 'This day is there already; one message a day is enough.',
      },
    },
  ]);

export const inQuietHours = (index: number): Problem =>
  invalidInput([
    {
      pointer: `/times/${index}/at`,
      detail: {
        nl: 'Dit valt in je stille uren; kies een andere tijd of andere stille uren.',
        en: 'This falls in your quiet hours; choose another time, or other quiet hours.',
      },
    },
  ]);
