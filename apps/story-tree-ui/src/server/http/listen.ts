import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StoryTreeError } from '@story-tree/domain';
import type { Logger } from '../log.ts';

const PORTS_TO_TRY = 20;

/**
 * Listens on the port, or where it is taken on the next free one.
 * @returns the port; 0 asks the system for any
 * @throws StoryTreeError `not_configured` when none is free, or the address is not one of this machine
 */
export async function listen(server: Server, host: string, wanted: number, log: Logger): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TO_TRY && port <= 65_535; port += 1) {
    if (await canListen(server, host, port)) return (server.address() as AddressInfo).port;
    log.warn(`Port ${port} is taken; trying ${port + 1}.`);
  }
  throw new StoryTreeError('not_configured', `No port is free from ${wanted} on: set PORT to one that is.`);
}

async function canListen(server: Server, host: string, port: number): Promise<boolean> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) return false;
    throw new StoryTreeError('not_configured', unusable(host, port, error), { cause: error });
  }
}

function unusable(host: string, port: number, error: unknown): string {
  if (hasCode(error, 'EACCES')) return `Port ${port} may not be used by this user: set PORT to 1024 or more.`;
  return `HOST is ${host}, which is no address of this machine: use 127.0.0.1, or one that it has.`;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
