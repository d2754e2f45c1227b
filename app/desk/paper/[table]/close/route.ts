import { registry } from '@/db/registry/client';
import { closeTable } from '@/lib/assemblies/commands/close-table';
import { minutesInput } from '@/lib/assemblies/input';
import { MAX_PHOTO_BYTES } from '@/lib/assemblies/photo';
import { mayWorkWithPaper } from '@/lib/assemblies/policy';
import { isSameOrigin } from '@/lib/auth/origin';
import { currentStaff } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { tablePage } from '../../addresses';

/** Room for the figures and the borders of the form around the photo. */
const MAX_FORM_BYTES = MAX_PHOTO_BYTES + 64 * 1024;
const FIGURES = ['checkIns', 'ballots', 'spoiled', 'unused'] as const;

interface Context {
  readonly params: Promise<{ readonly table: string }>;
}

/** Takes the closing minutes with their photo, and leads back to a page: it works without script. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const actor = await currentStaff();
  if (actor === null) return seeOther('/ingresar');
  if (!mayWorkWithPaper(actor)) return new Response(null, { status: 403 });
  const { table: tableId } = await params;
  const back = (problem: string, typed: Readonly<Record<string, string>> = {}) =>
    seeOther(tablePage(tableId, 'minutes', { problema: problem, ...typed }));
  if (Number(request.headers.get('content-length') ?? MAX_FORM_BYTES + 1) > MAX_FORM_BYTES) {
    return back('photo-too-large');
  }
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    return back('figures');
  }
  const typed = Object.fromEntries(
    FIGURES.map((figure) => {
      const value = form.get(figure);
      return [figure, typeof value === 'string' ? value.slice(0, 12) : ''];
    }),
  );
  const minutes = minutesInput.safeParse(typed);
  if (!minutes.success) return back('figures', typed);
  const file = form.get('photo');
  const photo = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const closed = await closeTable(registry(), actor, { tableId, minutes: minutes.data, photo });
  if (!closed.ok) return back(closed.reason, typed);
  return seeOther(tablePage(tableId));
}

function seeOther(path: string): Response {
  const location = new URL(path, webEnv().MINKA_SITE_URL).href;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
