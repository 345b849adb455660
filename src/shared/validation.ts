import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Problem, type FieldError } from './problem.js';

interface Issue {
  message: string;
  code?: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

const MOST_ERRORS = 50;

/** Field errors of a schema's issues, with JSON pointers; at most 50, so that a bad list cannot make a huge answer. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.slice(0, MOST_ERRORS).map((issue) => ({
    pointer: (issue.path ?? [])
      .map((part) => `/${escape(String(typeof part === 'object' ? part.key : part))}`)
      .join(''),
    code: issue.code ?? 'invalid',
    params: { message: issue.message.slice(0, 200) },
  }));
}

const escape = (part: string) => part.slice(0, 80).replace(/~/g, '~0').replace(/\//g, '~1');

/** Checks every parameter that names a Zod schema; refuses with 400 `request.invalid` and the fields. */
export const validationPipe = () =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new Problem('request.invalid', {}, { errors: fieldErrors(issues as readonly Issue[]) }),
  });
