import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson } from '../common/http/request.decorators.js';
import { PageQuery } from '../common/page.dto.js';
import { consentTextView } from './client.view.js';
import { ConsentTextPage, ConsentTextView, PublishConsentText } from './consent.dto.js';
import { ConsentTextsService } from './consent-texts.service.js';

@ApiTags('Consent')
@Controller('v1/practice/consent-texts')
export class ConsentTextsController {
  constructor(private readonly texts: ConsentTextsService) {}

  /** What clients were and are asked to consent to, newest version first. */
  @Get()
  @Roles('coach', 'client', 'admin')
  async list(@CurrentPerson() person: Person, @Query() query: PageQuery): Promise<ConsentTextPage> {
    const { items, next } = await this.texts.list(person, query);
    return { items: items.map(consentTextView), ...(next && { next }) };
  }

  /**
   * Publishes a next version, and asks every client anew. A consent to an earlier version stands, for what that version
   * says, until its client answers.
   */
  @Post()
  @Roles('admin')
  async publish(
    @CurrentPerson() person: Person,
    @Body() input: PublishConsentText,
  ): Promise<ConsentTextView> {
    return consentTextView(await this.texts.publish(person, input));
  }
}
