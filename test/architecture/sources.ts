import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

export interface Source {
  path: string;
  text: string;
  /** The mission word: the folder under src/, or '' for the files at its top. */
  module: string;
  /** incident.rules.ts → rules */
  role: string;
  ast: ts.SourceFile;
  imports: { from: string; resolved: string | null; typeOnly: boolean }[];
}

/** Every TypeScript file under a folder, parsed once. */
export function sourcesOf(folder: string, endings = ['.ts']): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(parse);
}

function parse(path: string): Source {
  const text = readFileSync(path, 'utf8');
  const ast = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ES2023,
    true,
    path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const parts = path.split('/');
  const imports: Source['imports'] = [];
  for (const statement of ast.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    if (!statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = statement.moduleSpecifier.text;
    imports.push({ from, resolved: resolve(path, from), typeOnly: isTypeOnly(statement) });
  }
  return {
    path,
    text,
    module: parts.length > 2 ? parts[1]! : '',
    role: /\.(\w+)\.tsx?$/.exec(path)?.[1] ?? '',
    ast,
    imports,
  };
}

function resolve(path: string, from: string): string | null {
  return from.startsWith('.') ? normalize(join(dirname(path), from)).replace(/\.js$/, '.ts') : null;
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

export const isSpec = (path: string): boolean => path.endsWith('.spec.ts');
