import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const SECRET = 'a secret of at least thirty-two characters, for tests';
export const ISSUER = 'https://project.example.org/auth/v1';
/** What has an app demand tokens that are made here. */
export const SIGN_IN = { SUPABASE_JWT_SECRET: SECRET, SUPABASE_JWT_ISSUER: ISSUER };
export const SOMEBODY = '3f7c1f0e-3b0a-4c50-9a55-5f0e2f6f1c11';

/** What Supabase says of a person who has signed in. */
export function claims(more: JWTPayload = {}): JWTPayload {
  const person = { sub: SOMEBODY, role: 'authenticated', email: 'ada@example.org', is_anonymous: false };
  return { iss: ISSUER, aud: 'authenticated', ...person, ...more };
}

export const OPERATOR = { app_metadata: { role: 'operator' } };

export function signed(payload: JWTPayload, secret = SECRET, expires: string | number = '1h'): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}

/** A token that says it needs no signature. */
export function unsigned(payload: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...payload, exp })}.`;
}

/** The public keys of a project, where it serves them, and tokens signed by the private one. */
export interface KeyServer {
  url: string;
  /** The public key as it is served, as text. */
  publicKey: string;
  /** @param kid the name of the key that the token says it is signed with */
  sign(payload: JWTPayload, kid?: string): Promise<string>;
  /** How often the keys have been asked for. */
  asked(): number;
  close(): Promise<void>;
}

/** @param answer what it serves instead of its keys */
export async function startKeyServer(answer?: object): Promise<KeyServer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test-key', alg: 'ES256', use: 'sig' };
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? { keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    publicKey: JSON.stringify(jwk),
    asked: () => asked,
    sign: (payload, kid = 'test-key') =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
