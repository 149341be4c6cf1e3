import { brokenTexts, StoryTreeError } from '@story-tree/domain';
import { services } from '../../services/index.ts';
import { parseJson, readBody } from './requestBody.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
type Params = Readonly<Record<string, string | string[] | undefined>>;

/** One request, as handlers see it. */
export interface ApiCall {
  request: Request;
  /** A part of the address by its name in the folder, decoded. */
  param(name: string): string;
  /** The segments that a `[...name]` folder matched. */
  params(name: string): readonly string[];
  query: URLSearchParams;
  /** The body. @throws StoryTreeError `unsupported_media_type`, `bad_request` */
  json(): unknown;
}

/** Returns a response of its own, or a value that becomes JSON. */
type Handler = (call: ApiCall) => Promise<unknown>;
type Handlers = Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>;
type RouteHandler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** The exports of a route file, one for every method: all errors have the same shape, unsupported methods included. */
export function route(handlers: Handlers): Record<Method, RouteHandler> {
  const answer: RouteHandler = async (request, { params }) => {
    try {
      return await respond(handlers, request, await params);
    } catch (thrown) {
      return failure(thrown, handlers);
    }
  };
  return Object.fromEntries(METHODS.map((method) => [method, answer])) as Record<Method, RouteHandler>;
}

async function respond(handlers: Handlers, request: Request, params: Params): Promise<Response> {
  const method = request.method as Method;
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: allowed(handlers) } });
  const handler =
    method === 'HEAD' ? handlers.GET : method in handlers ? handlers[method as keyof Handlers] : undefined;
  if (handler === undefined) throw methodNotAllowed(method, handlers);
  const result = await handler(await toCall(request, params));
  const response = result instanceof Response ? result : json(result);
  return method === 'HEAD' ? await withoutBody(response) : response;
}

/** JSON that must not be cached. */
export function json(value: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(value, { ...init, headers: { 'cache-control': 'no-store', ...init.headers } });
}

async function toCall(request: Request, params: Params): Promise<ApiCall> {
  const body = await readBody(request);
  return {
    request,
    param: (name) => [params[name] ?? []].flat().join('/'),
    params: (name) => [params[name] ?? []].flat(),
    query: checkedQuery(request.url),
    json: () => parseJson(request.headers, body),
  };
}

/** @throws StoryTreeError `invalid_input` for a text that can be neither stored nor compared with what is */
function checkedQuery(url: string): URLSearchParams {
  const query = new URL(url).searchParams;
  const issues = brokenTexts(Object.fromEntries(query));
  if (issues.length === 0) return query;
  throw new StoryTreeError('invalid_input', `${issues[0]?.path}: ${issues[0]?.message}`, { issues });
}

async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

function failure(thrown: unknown, handlers: Handlers): Response {
  const { status, body, retryAfter } = services().explain(thrown);
  return json(body, {
    status,
    headers: {
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 405 ? { allow: allowed(handlers) } : {}),
      // The rest of the body is not read.
      ...(status === 413 ? { connection: 'close' } : {}),
    },
  });
}

function allowed(handlers: Handlers): string {
  const reading = handlers.GET === undefined ? [] : ['GET', 'HEAD'];
  return [...reading, ...Object.keys(handlers).filter((method) => method !== 'GET'), 'OPTIONS'].join(', ');
}

function methodNotAllowed(method: string, handlers: Handlers): StoryTreeError {
  return new StoryTreeError('method_not_allowed', `${method} is not supported here: use ${allowed(handlers)}.`);
}
