import { isVerifierFile, verifierDownload } from '../serve';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  const { file } = await params;
  return isVerifierFile(file) ? verifierDownload(file) : new Response(null, { status: 404 });
}
