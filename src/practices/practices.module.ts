import { Module } from '@nestjs/common';
import { PracticeVocabularyController } from './practice-vocabulary.controller.js';
import { PracticeVocabularyService } from './practice-vocabulary.service.js';
import { PracticesController } from './practices.controller.js';
import { PracticesService } from './practices.service.js';
import { VocabulariesController } from './vocabularies.controller.js';

@Module({
  controllers: [PracticesController, PracticeVocabularyController, VocabulariesController],
  providers: [PracticesService, PracticeVocabularyService],
  exports: [PracticesService, PracticeVocabularyService],
})
export class PracticesModule {}
