import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { consentTextView, consentView } from './client.view.js';
import { ConsentList, ConsentView, GiveConsent, GiveOwnConsent, WithdrawOnPaper } from './consent.dto.js';
import { ConsentsService } from './consents.service.js';

@ApiTags('Consent')
@Controller('v1/clients/:id/consents')
@Roles('coach', 'admin')
export class ConsentsController {
  constructor(private readonly consents: ConsentsService) {}

  /** The consents on a file, newest first. */
  @Get()
  async list(@CurrentPerson() person: Person, @IdParam() id: string): Promise<ConsentList> {
    return { items: (await this.consents.list(person, id)).map(consentView) };
  }

  /** Records a consent, such as one that was given on paper. */
  @Post()
  async record(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @Body() input: GiveConsent,
  ): Promise<ConsentView> {
    return consentView(await this.consents.record(person, id, input));
  }

  /**
   * Records that the client withdrew their consent on paper; from here on nothing new about their health is stored, and
   * under the regime of a coach a request to erase what there is comes to the admin.
   */
  @Post(':consentId/withdrawal')
  @HttpCode(200)
  async recordWithdrawal(
    @CurrentPerson() person: Person,
    @IdParam() id: string,
    @IdParam('consentId') consentId: string,
    @Body() input: WithdrawOnPaper,
  ): Promise<ConsentView> {
    return consentView(await this.consents.recordWithdrawal(person, id, consentId, input));
  }
}

@ApiTags('Consent')
@Controller('v1/me/consents')
@Roles('client')
export class OwnConsentsController {
  constructor(private readonly consents: ConsentsService) {}

  /** What I consented to, newest first, and the text as it reads now. */
  @Get()
  async list(@CurrentPerson() person: Person): Promise<ConsentList> {
    const { consents, text } = await this.consents.listOwn(person);
    return { items: consents.map(consentView), text: consentTextView(text) };
  }

  /** I consent, here and now, to the text as it reads now. */
  @Post()
  async give(@CurrentPerson() person: Person, @Body() input: GiveOwnConsent): Promise<ConsentView> {
    return consentView(await this.consents.give(person, input));
  }

  /**
   * I withdraw my consent; from here on nothing new about my health is stored, and under the regime of a coach a
   * request to erase what there is comes to the practice.
   */
  @Delete(':id')
  @HttpCode(204)
  withdraw(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.consents.withdraw(person, id);
  }
}
