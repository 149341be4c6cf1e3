'use client';

import { createContext, type ReactNode, use } from 'react';

/** Without sign-in, everybody is an operator. */
const Operator = createContext(true);

/** Says whether whoever looks at the page may change anything. */
export function OperatorProvider({ isOperator, children }: { isOperator: boolean; children: ReactNode }) {
  return <Operator value={isOperator}>{children}</Operator>;
}

/** Whether the person may change stories. The server decides that again with each request. */
export function useIsOperator(): boolean {
  return use(Operator);
}

/** What leads to a change. Whoever may only look sees nothing in its place: the server would refuse it. */
export function ForOperators({ children }: { children: ReactNode }) {
  return useIsOperator() ? children : null;
}
