/**
 * Written by hand until the server's document exists; `npm run client` replaces this file.
 * Only the calls of the first pages are here.
 */
import type { OrganisationRole, Page, Session } from './types';

interface Json<Body> {
  headers: Record<string, unknown>;
  content: { 'application/json': Body };
}
interface None {
  headers: Record<string, unknown>;
  content?: never;
}
interface Get<Answer, Query = never> {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never };
  requestBody?: never;
  responses: { 200: Json<Answer> };
}
interface Post<Body, Answer> {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody: { content: { 'application/json': Body } };
  responses: { 200: Json<Answer> };
}
interface Bare {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody?: never;
  responses: { 204: None };
}

export interface BoardRequest {
  id: string;
  number: string;
  title: string;
  excerpt: string;
  category: string;
  organisation: { id: string; name: string };
  currency: string;
  budget: { amount: number; currency: string } | null;
  quotes_due_at: string;
  delivery_place: string;
  published_at: string;
  lines_count: number;
}

export interface paths {
  '/api/v1/auth/me': { get: Get<Session> };
  '/api/v1/auth/login': {
    post: Post<{ email: string; password: string; link_token?: string }, unknown>;
  };
  '/api/v1/auth/register': {
    post: Post<
      {
        email: string;
        password: string;
        organisation_name?: string;
        role: string;
        display_name?: string;
        country?: string;
        locale?: string;
      },
      unknown
    >;
  };
  '/api/v1/auth/logout': { post: Bare };
  '/api/v1/auth/switch': { post: Post<{ organisation_id: string }, unknown> };
  '/api/v1/auth/profile': {
    patch: Post<{ locale?: string; theme?: string; display_name?: string }, unknown>;
  };
  '/api/v1/auth/request-password-reset': { post: Post<{ email: string }, unknown> };
  '/api/v1/auth/verify-reset-code': {
    post: Post<{ email: string; code: string }, { reset_token: string }>;
  };
  '/api/v1/auth/reset-password': {
    post: Post<{ reset_token: string; password: string }, unknown>;
  };
  '/api/v1/auth/oauth/urls': {
    get: Get<{ providers: { name: string; label: string; url: string }[] }>;
  };
  '/api/v1/auth/oauth/complete-registration': {
    post: Post<
      {
        token: string;
        role: string;
        organisation_name?: string;
        display_name?: string;
        email?: string;
        locale?: string;
      },
      unknown
    >;
  };
  '/api/v1/auth/demo-accounts': {
    get: Get<{
      items: {
        email: string;
        password: string;
        display_name: string;
        organisation_name: string;
        role: OrganisationRole;
        platform_role: string | null;
      }[];
    }>;
  };
  '/api/v1/board/requests': {
    get: Get<Page<BoardRequest>, { page?: number; size?: number; sort?: string; q?: string }>;
  };
}
