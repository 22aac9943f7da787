import { Body, Controller, Get, Param, type PipeTransform, Put } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Person } from '../common/actor.js';
import { Roles } from '../common/http/access.decorators.js';
import { CurrentPerson, IfMatch } from '../common/http/request.decorators.js';
import { notFound } from '../common/problems.js';
import { PracticeVocabularyView, PracticeWordView, WriteWord } from './practice-vocabulary.dto.js';
import { PracticeVocabularyService } from './practice-vocabulary.service.js';
import { vocabularyView, wordView } from './practice-vocabulary.js';
import { ADAPTABLE, type Adaptable } from './practice-word.entity.js';

const knownVocabulary: PipeTransform<string, Adaptable> = {
  transform(value) {
    const vocabulary = ADAPTABLE.find((one) => one === value);
    if (!vocabulary) throw notFound();
    return vocabulary;
  },
};

/** As a code is written: `CodeName` in a body, here in an address. */
const knownShape: PipeTransform<string, string> = {
  transform(value) {
    if (!/^[a-z][a-zA-Z0-9_]{1,39}$/.test(value)) throw notFound();
    return value;
  },
};

@ApiTags('Practice')
@Controller('v1/practice/vocabulary')
export class PracticeVocabularyController {
  constructor(private readonly vocabulary: PracticeVocabularyService) {}

  /** The words in which clients look back on their week, as this practice has them. */
  @Get()
  @Roles('coach', 'client', 'admin')
  async read(@CurrentPerson() person: Person): Promise<PracticeVocabularyView> {
    return vocabularyView(await this.vocabulary.read(person));
  }

  /**
   * Gives a code other names, adds one of the practice's own, or no longer offers one. The conditions for recovery
   * are fixed: only their names change.
   */
  @Put(':vocabulary/:code')
  @Roles('admin')
  @ApiParam({ name: 'vocabulary', enum: ADAPTABLE })
  async write(
    @CurrentPerson() person: Person,
    @Param('vocabulary', knownVocabulary) vocabulary: Adaptable,
    @Param('code', knownShape) code: string,
    @Body() input: WriteWord,
    @IfMatch() version?: number,
  ): Promise<PracticeWordView> {
    return wordView(await this.vocabulary.write(person, vocabulary, code, input, version));
  }
}
