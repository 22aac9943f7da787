import { Flag, Id, Text } from '../common/fields.js';

export class TransferFile {
  /** The coach who takes the file over. */
  @Id()
  coachId: string;

  /** Why; kept sealed with the file. */
  @Text(1000, { example: 'Marijke is met zwangerschapsverlof; besproken met de cliënt.' })
  reason: string;

  /** Whether the new coach may read the private notes that the former coach wrote. */
  @Flag()
  privateNotesGoAlong: boolean;
}
