import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** A message of the Phoenix protocol, version 2: join reference, reference, topic, event, payload. */
type Frame = [string | null, string | null, string, string, Record<string, unknown>];

/** What a channel wants to hear of. */
interface Binding {
  event: string;
  schema: string;
  table: string;
  filter?: string;
}

export type ChangeType = 'INSERT' | 'UPDATE' | 'DELETE';

export interface RealtimeServer {
  /** Every token that a client has joined with or handed in later. */
  tokens: string[];
  /** How many channels have been joined so far. */
  joins(): number;
  heartbeats(): number;
  /** The names of the channels that are joined now. */
  channels(): string[];
  /** Hands a changed row to all who listen to its table, and to its story if they ask for one. */
  change(table: string, type: ChangeType, record: Readonly<Record<string, unknown>>): void;
  /** Cuts every connection, without a word. */
  drop(): void;
  /** Closes every channel for good, as when a token has run out. */
  closeChannels(): void;
  /** Turns new connections away until told otherwise. */
  refuse(isRefusing: boolean): void;
}

const PATH = '/realtime/v1/websocket';
const NUMBERS = new Set(['id', 'progress', 'progress_override']);
const DOCUMENTS = new Set(['display_fields', 'payload', 'error']);

/** Speaks the protocol of Supabase Realtime on a server: joins, heartbeats, tokens and changes of rows. */
export function serveRealtime(http: Server): RealtimeServer {
  const sockets = new WebSocketServer({ noServer: true });
  const channels = new Map<WebSocket, Map<string, { joinRef: string | null; bindings: readonly Binding[] }>>();
  const tokens: string[] = [];
  let joins = 0;
  let heartbeats = 0;
  let isRefusing = false;

  http.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://realtime');
    if (isRefusing || pathname !== PATH || !searchParams.get('apikey') || searchParams.get('vsn') !== '2.0.0') {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      channels.set(client, new Map());
      client.on('close', () => channels.delete(client));
      client.on('message', (data) => answer(client, JSON.parse(String(data)) as Frame));
    });
  });

  function answer(client: WebSocket, [joinRef, ref, topic, event, payload]: Frame): void {
    const send = (name: string, body: Record<string, unknown>, to: string | null = null) =>
      client.send(JSON.stringify([joinRef, to, topic, name, body] satisfies Frame));
    const reply = (response: Record<string, unknown>) => send('phx_reply', { status: 'ok', response }, ref);
    if (typeof payload.access_token === 'string') tokens.push(payload.access_token);
    if (event === 'heartbeat') heartbeats += 1;
    if (event === 'phx_join') {
      joins += 1;
      const { postgres_changes: bindings = [] } = payload.config as { postgres_changes?: Binding[] };
      channels.get(client)?.set(topic, { joinRef, bindings });
      reply({ postgres_changes: bindings.map((binding, place) => ({ ...binding, id: idAt(place) })) });
      send('system', {
        extension: 'postgres_changes',
        status: 'ok',
        message: 'Subscribed to PostgreSQL',
        channel: topic,
      });
      return;
    }
    if (event === 'phx_leave') channels.get(client)?.delete(topic);
    if (ref !== null) reply({});
  }

  function change(table: string, type: ChangeType, record: Readonly<Record<string, unknown>>): void {
    for (const [client, joined] of channels) {
      for (const [topic, { joinRef, bindings }] of joined) {
        const ids = bindings.flatMap((binding, place) =>
          binding.table === table && ['*', type].includes(binding.event) && isWanted(record, binding)
            ? [idAt(place)]
            : [],
        );
        if (ids.length === 0) continue;
        const data = {
          schema: 'public',
          table,
          type,
          commit_timestamp: new Date().toISOString(),
          columns: Object.keys(record).map((name) => ({ name, type: typeOf(table, name) })),
          ...(type === 'DELETE' ? { old_record: { id: record.id } } : { record }),
          errors: null,
        };
        client.send(JSON.stringify([joinRef, null, topic, 'postgres_changes', { ids, data }] satisfies Frame));
      }
    }
  }

  return {
    tokens,
    joins: () => joins,
    heartbeats: () => heartbeats,
    channels: () => [...channels.values()].flatMap((joined) => [...joined.keys()]),
    change,
    drop() {
      for (const client of channels.keys()) client.terminate();
    },
    closeChannels() {
      for (const [client, joined] of channels) {
        for (const [topic, { joinRef }] of joined) client.send(JSON.stringify([joinRef, null, topic, 'phx_close', {}]));
        joined.clear();
      }
    },
    refuse(refusing) {
      isRefusing = refusing;
    },
  };
}

/** Whether a row passes the filter of a binding, such as `story_id=eq.x`. */
function isWanted(record: Readonly<Record<string, unknown>>, { filter = '' }: Binding): boolean {
  const [, column = '', value] = /^(\w+)=eq\.(.*)$/s.exec(filter) ?? [];
  return filter === '' || record[column] === value;
}

/** The client takes 0 for no id. */
function idAt(place: number): number {
  return place + 1;
}

function typeOf(table: string, column: string): string {
  if (DOCUMENTS.has(column)) return 'jsonb';
  if (column.endsWith('_at')) return 'timestamptz';
  if (column === 'id' && table === 'story_tasks') return 'uuid';
  return NUMBERS.has(column) ? 'int8' : 'text';
}
