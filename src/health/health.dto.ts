import { Code } from '../common/fields.js';

export class HealthView {
  @Code(['ok'])
  status: 'ok';
}
