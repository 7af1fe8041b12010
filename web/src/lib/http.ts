import createClient from 'openapi-fetch';
import type { paths } from './api';

export interface FieldProblem {
  field: string;
  code: string;
  detail?: string;
}

/** An answer of the server that is not a success, or no answer at all (status 0). */
export class Problem extends Error {
  status: number;
  code: string;
  errors: FieldProblem[];
  allowed: string[];
  traceId: string | undefined;

  constructor(status: number, body: Partial<ProblemBody> = {}) {
    super(body.detail ?? body.title ?? `status ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'offline' : 'unknown');
    this.errors = body.errors ?? [];
    this.allowed = body.allowed ?? [];
    this.traceId = body.trace_id;
  }
}
interface ProblemBody {
  title: string;
  detail: string;
  code: string;
  errors: FieldProblem[];
  allowed: string[];
  trace_id: string;
}

interface Hooks {
  csrfToken: () => string | undefined;
  /** Resolves when the same person has signed in again; rejects when they will not. */
  signInAgain: () => Promise<void>;
  /** The server answered somebody who is signed in. */
  onAnswer: () => void;
  /** A countdown to the next try, 0 when it is over. */
  onWait: (seconds: number) => void;
}
const hooks: Hooks = {
  csrfToken: () => undefined,
  signInAgain: () => Promise.reject(new Problem(401, { code: 'unauthenticated' })),
  onAnswer: () => {},
  onWait: () => {},
};
export function configureHttp(given: Partial<Hooks>) {
  Object.assign(hooks, given);
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
const triesMax = 3;
const waitMaxSeconds = 30;

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function countDown(seconds: number, signal: AbortSignal) {
  try {
    for (let left = seconds; left > 0; left -= 1) {
      hooks.onWait(left);
      await pause(1000, signal);
    }
  } finally {
    hooks.onWait(0);
  }
}

/** Seconds to wait before the same request may be sent again; nothing when it should not be. */
export function retryDelay(response: Response, tries: number): number | undefined {
  if ((response.status !== 429 && response.status !== 503) || tries >= triesMax) return undefined;
  const asked = Number(response.headers.get('Retry-After') ?? '1');
  const seconds = Number.isFinite(asked) ? Math.max(1, asked) : 1;
  return seconds <= waitMaxSeconds ? seconds : undefined;
}

/** Sends a request; writes carry one idempotency key through all their tries. */
export async function send(request: Request): Promise<Response> {
  const unsafe = !safe.has(request.method);
  const key = unsafe ? crypto.randomUUID() : undefined;
  const signingIn = /\/auth\/(login|session|invitations\/accept)$/.test(
    new URL(request.url).pathname,
  );
  for (let tries = 1; ; tries += 1) {
    const attempt = request.clone();
    if (key) {
      attempt.headers.set('Idempotency-Key', key);
      attempt.headers.set('X-CSRF-Token', hooks.csrfToken() ?? '');
    }
    let response: Response;
    try {
      response = await fetch(attempt);
    } catch (failure) {
      if (request.signal.aborted) throw failure;
      if (tries >= triesMax || !navigator.onLine) throw new Problem(0);
      await pause(400 * tries, request.signal);
      continue;
    }
    if (response.status === 401 && !signingIn && tries < triesMax) {
      await hooks.signInAgain();
      continue;
    }
    if (response.status !== 401) hooks.onAnswer();
    const wait = retryDelay(response, tries);
    if (wait === undefined) return response;
    await countDown(wait, request.signal);
  }
}

const underWay = new Map<string, Promise<Response>>();

/** A write that is still under way is not sent again: a double click shares one answer. */
export async function sendOnce(request: Request): Promise<Response> {
  if (safe.has(request.method)) return send(request);
  const version = request.headers.get('If-Match') ?? '';
  const same = [request.method, request.url, version, await request.clone().text()].join(' ');
  let answer = underWay.get(same);
  if (!answer) {
    answer = send(request).finally(() => underWay.delete(same));
    underWay.set(same, answer);
  }
  return (await answer).clone();
}

export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: sendOnce,
});

/** The body of a success, or a thrown Problem. */
export async function body<T>(
  answer: Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  const parsed = typeof error === 'object' && error !== null ? (error as Partial<ProblemBody>) : {};
  throw new Problem(response.status, parsed);
}

/** The version that was read, so that nobody's later change is overwritten unseen. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
