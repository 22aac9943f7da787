import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS, type Access, KEY_SCOPE, STEP_UP } from '../../src/common/http/access.decorators.js';
import type { TestApp } from '../support/app.js';

/** A route as its controller declares it, and whom the guard lets in. */
export interface Handler {
  readonly route: string;
  readonly access?: Access;
  /** Whether it wants a recent proof of who calls. */
  readonly stepUp: boolean;
  /** The scope of the keys that open it, where keys do. */
  readonly keyScope?: string;
}

/** Every handler of every controller. */
export function handlersOf(app: TestApp): Handler[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => handlersOfController(metatype as Type));
}

function handlersOfController(controller: Type): Handler[] {
  const prefix = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const prototype = controller.prototype as Record<string, () => unknown>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => prototype[name]!)
    .filter((method) => Reflect.hasMetadata(PATH_METADATA, method))
    .map((method) => {
      const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod];
      const path = Reflect.getMetadata(PATH_METADATA, method) as string;
      return {
        route: `${verb} ${['', prefix, path].join('/').replace(/\/+/g, '/').replace(/\/$/, '')}`,
        access: new Reflector().getAllAndOverride<Access | undefined>(ACCESS, [method, controller]),
        stepUp: new Reflector().getAllAndOverride<true | undefined>(STEP_UP, [method, controller]) ?? false,
        keyScope: new Reflector().getAllAndOverride<string | undefined>(KEY_SCOPE, [method, controller]),
      };
    });
}
