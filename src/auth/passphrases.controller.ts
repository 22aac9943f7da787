import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../common/http/access.decorators.js';
import { CurrentLanguage } from '../common/http/request.decorators.js';
import type { Language } from '../common/language.js';
import { PassphraseView } from './passphrase.dto.js';
import { drawPassphrase } from './passphrases.js';

@ApiTags('Sign in')
@Controller('v1/auth/passphrase')
export class PassphrasesController {
  /** A password for who would rather not think one up: a few words, different each time. */
  @Get()
  @Public()
  draw(@CurrentLanguage() language: Language): PassphraseView {
    return drawPassphrase(language);
  }
}
