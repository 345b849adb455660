import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters of OWASP's first recommendation (19 MiB, 2 passes, 1 lane). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
let decoy: Promise<string> | undefined;

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2ID);

/** Verifies against the stored hash, or against a decoy when there is none, so that both take the same time. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}
