import { registry } from '@/db/registry/client';
import { paperPhotoOf } from '@/lib/assemblies/queries';
import { passes } from '@/lib/auth/permissions';
import { currentStaff } from '@/lib/auth/session';

interface Context {
  readonly params: Promise<{ readonly table: string }>;
}

/** The photo of the signed sheet as it was uploaded, for officers: a picture and nothing that runs. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const actor = await currentStaff();
  if (actor === null || !passes(actor, ['work-with-paper', 'discard-paper-entries'])) {
    return new Response(null, { status: 403 });
  }
  const photo = await paperPhotoOf(registry(), (await params).table);
  if (photo === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(photo.content), {
    headers: {
      'content-type': photo.mediaType,
      'content-disposition': 'inline; filename="acta"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
}
