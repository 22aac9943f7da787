import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { IdParam } from '../common/http/id-param.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { consentView } from './client.view.js';
import { ConsentList, ConsentView, GiveConsent, GiveOwnConsent } from './consent.dto.js';
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
    return {
      items: consents.map(consentView),
      text: { version: text.version, nl: text.textNl, en: text.textEn },
    };
  }

  /** I consent, here and now. */
  @Post()
  async give(@CurrentPerson() person: Person, @Body() input: GiveOwnConsent): Promise<ConsentView> {
    return consentView(await this.consents.give(person, input));
  }

  /** I withdraw a consent; from here on nothing new about my health is stored. */
  @Delete(':id')
  @HttpCode(204)
  withdraw(@CurrentPerson() person: Person, @IdParam() id: string): Promise<void> {
    return this.consents.withdraw(person, id);
  }
}
