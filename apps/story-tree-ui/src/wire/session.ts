/** `GET /api/session`, and the answer to `POST /api/session`. 401 for who has not signed in. */
export interface SessionOnWire {
  /** Whether people have to sign in; without, everything is the one user's. */
  authentication: boolean;
  user: { id: string; email: string | null } | null;
  /** May change things, not only look at them. */
  operator: boolean;
  expiresAt: string | null;
}
