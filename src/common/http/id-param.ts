import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../problems.js';
import { UUID } from '../page.js';

/** What is not a UUID names nothing here. */
const knownShape: PipeTransform<string, string> = {
  transform(value) {
    const id = value.toLowerCase();
    if (!UUID.test(id)) throw notFound();
    return id;
  },
};

/** An id in the path. */
export const IdParam = (name = 'id'): ParameterDecorator => Param(name, knownShape);
