import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentLanguage, CurrentPerson } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { CompletedSessionView, CompleteSession } from './session-completion.dto.js';
import { SessionCompletionService } from './session-completion.service.js';
import { completedSessionView } from './session-completion.view.js';

@ApiTags('Sessions')
@Controller('v1/sessions/:id/completion')
@Roles('coach')
export class SessionCompletionController {
  constructor(private readonly completions: SessionCompletionService) {}

  /** Completes a session, with what was observed, a note and homework in one go: all of it or nothing. */
  @Post()
  @HttpCode(200)
  async complete(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: CompleteSession,
    @CurrentLanguage() language: Language,
  ): Promise<CompletedSessionView> {
    return completedSessionView(await this.completions.complete(person, id, input), person, language);
  }
}
