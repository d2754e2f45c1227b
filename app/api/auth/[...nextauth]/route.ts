import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { isSameOrigin } from '@/lib/auth/origin';
import { authOptions } from '@/lib/auth/options';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

type RouteHandler = (
  request: NextRequest,
  context: Context,
  options: ReturnType<typeof authOptions>,
) => Promise<Response>;

const handle = NextAuth as unknown as RouteHandler;

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return handle(request, context, authOptions());
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  if (!isSameOrigin(request)) return Response.json({ error: 'origin' }, { status: 403 });
  return handle(request, context, authOptions());
}
