import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../../common/actor.js';
import { Roles } from '../../common/http/access.decorators.js';
import { CurrentLanguage, CurrentPerson } from '../../common/http/request.decorators.js';
import type { Language } from '../../common/language.js';
import { BatchedAnswers, WriteLogs } from './log.dto.js';
import { answerView } from './log.view.js';
import { OwnLogBatchesService } from './own-log-batches.service.js';

@ApiTags('Homework')
@Controller('v1/me/logs/batch')
@Roles('client')
export class OwnLogBatchesController {
  constructor(private readonly batches: OwnLogBatchesService) {}

  /**
   * I keep up to a hundred logs at once, such as those of days without a connection. Each is answered by itself, as
   * if it had been sent alone.
   */
  @Post()
  @HttpCode(200)
  async write(
    @CurrentPerson() person: Person,
    @CurrentLanguage() language: Language,
    @Body() { logs }: WriteLogs,
  ): Promise<BatchedAnswers> {
    const answers = await this.batches.write(person, logs);
    return { items: answers.map((answer) => answerView(answer, language, person.origin.requestId)) };
  }
}
