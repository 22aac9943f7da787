import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { InstallationKey } from './cipher/installation-key.js';
import { Clock } from './clock.js';

/** What every feature may inject: the settings, the time, the key of the installation. */
@Global()
@Module({})
export class CommonModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: CommonModule,
      providers: [{ provide: Settings, useValue: settings }, Clock, InstallationKey],
      exports: [Settings, Clock, InstallationKey],
    };
  }
}
