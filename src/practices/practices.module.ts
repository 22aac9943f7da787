import { Module } from '@nestjs/common';
import { PracticeKeys } from './practice-keys.js';
import { PracticeSlugs } from './practice-slugs.js';
import { PracticeVocabularyController } from './practice-vocabulary.controller.js';
import { PracticeVocabularyService } from './practice-vocabulary.service.js';
import { PracticesController } from './practices.controller.js';
import { PracticesService } from './practices.service.js';
import { VocabulariesController } from './vocabularies.controller.js';

@Module({
  controllers: [PracticesController, PracticeVocabularyController, VocabulariesController],
  providers: [PracticeKeys, PracticesService, PracticeSlugs, PracticeVocabularyService],
  exports: [PracticeKeys, PracticesService, PracticeSlugs, PracticeVocabularyService],
})
export class PracticesModule {}
