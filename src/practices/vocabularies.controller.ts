import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../common/http/access.decorators.js';
import * as vocabulary from '../common/vocabulary.js';
import { VocabulariesView, type VocabularyEntry } from './vocabulary.dto.js';

@ApiTags('Vocabularies')
@Controller('v1/vocabularies')
export class VocabulariesController {
  /** The codes that sessions, observations and homework are written in, with their names. */
  @Get()
  @Public()
  read(): VocabulariesView {
    return {
      recoverySignals: entries(vocabulary.RECOVERY_SIGNALS),
      stressSignals: entries(vocabulary.STRESS_SIGNALS),
      conditions: entries(vocabulary.CONDITIONS),
      bodyAreas: entries(vocabulary.BODY_AREAS),
      breath: entries(vocabulary.BREATH),
      blockers: entries(vocabulary.BLOCKERS),
      stressors: entries(vocabulary.STRESSORS),
      moments: entries(vocabulary.MOMENTS),
      techniques: entries(vocabulary.TECHNIQUES),
      approaches: entries(vocabulary.APPROACHES),
    };
  }
}

function entries(codes: vocabulary.Vocabulary): VocabularyEntry[] {
  return Object.entries(codes).map(([code, names]) => ({ code, ...names }));
}
