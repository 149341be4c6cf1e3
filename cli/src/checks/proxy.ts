import { type Environment, proxyFor } from '@story-tree/runtime';

/** The proxy on the way to an address, as the end of a phrase; empty where there is none. Its login does not show. */
export function throughProxy(address: string | URL, environment: Environment): string {
  const proxy = proxyFor(address, environment);
  return proxy === null ? '' : ` through the proxy at ${proxy.host}`;
}
