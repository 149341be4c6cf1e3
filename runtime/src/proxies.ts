import http from 'node:http';
import type { Environment } from './environment.ts';
import { isLoopback } from './loopback.ts';

/** Written in small letters as well, as other programs read them; those win. */
export const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;

type ProxyVariables = Pick<Environment, (typeof PROXY_VARIABLES)[number] | 'HOST'>;

/** Never behind a proxy: it is this machine. */
const THIS_MACHINE = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * The proxy that connections to an address go through; null for none. As with npm, HTTP_PROXY serves https too where
 * HTTPS_PROXY is not set. This machine and the app itself are never reached through a proxy.
 */
export function proxyFor(address: string | URL, environment: ProxyVariables): URL | null {
  const { protocol, hostname, port } = new URL(address);
  const host = bare(hostname);
  if (isLoopback(host) || host === environment.HOST || isExempt(host, portOf(protocol, port), environment.NO_PROXY)) {
    return null;
  }
  const plain = proxyAt(environment.HTTP_PROXY);
  return protocol === 'https:' ? (proxyAt(environment.HTTPS_PROXY) ?? plain) : plain;
}

/**
 * Has everything that fetches with Node's own means go through the proxies of the environment.
 * @returns takes that back
 */
export function useProxies(environment: ProxyVariables): () => void {
  const [https, plain] = [proxyAt(environment.HTTPS_PROXY), proxyAt(environment.HTTP_PROXY)];
  if (https === null && plain === null) return () => undefined;
  const exempt = [environment.NO_PROXY ?? '', ...THIS_MACHINE, environment.HOST ?? ''];
  return http.setGlobalProxyFromEnv({
    ...(https === null ? {} : { HTTPS_PROXY: https.href }),
    ...(plain === null ? {} : { HTTP_PROXY: plain.href }),
    NO_PROXY: exempt.filter((name) => name !== '').join(','),
  });
}

/** A sentence for each variable that should name a proxy and does not: such a proxy is not used. */
export function unusableProxies(environment: ProxyVariables): string[] {
  return (['HTTPS_PROXY', 'HTTP_PROXY'] as const)
    .filter((name) => environment[name] !== undefined && proxyAt(environment[name]) === null)
    .map((name) => `${name} is not the address of an HTTP proxy and is not used: write it as http://host:port.`);
}

function proxyAt(value: string | undefined): URL | null {
  if (value === undefined) return null;
  const address = value.includes('://') ? value : `http://${value}`;
  return URL.canParse(address) && /^https?:\/\/[^/]/.test(address) ? new URL(address) : null;
}

/** Whether one of the names in NO_PROXY covers a host: its own, that of a domain above it, or `*`, each with a port or without. */
function isExempt(host: string, port: string, names = ''): boolean {
  return names.split(/[\s,]+/).some((entry) => {
    const [, name = '', only] =
      /^(.*?)(?::(\d+))?$/.exec(entry.startsWith('[') || !/:.*:/.test(entry) ? entry : `[${entry}]`) ?? [];
    if (name === '' || (only !== undefined && only !== port)) return false;
    const domain = bare(name.replace(/^\*?\./, '').toLowerCase());
    return name === '*' || host === domain || host.endsWith(`.${domain}`);
  });
}

/** Without the brackets around an address of IPv6, and without the dot at the end of a full name. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function portOf(protocol: string, port: string): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}
