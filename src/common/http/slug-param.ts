import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../problems.js';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What no name in an address looks like names nothing here. */
const knownShape: PipeTransform<string, string> = {
  transform(value) {
    const slug = value.toLowerCase();
    if (slug.length > 120 || !SLUG.test(slug)) throw notFound();
    return slug;
  },
};

/** The name of something in the path, such as that of a practice. */
export const SlugParam = (name = 'slug'): ParameterDecorator => Param(name, knownShape);
