import { verifierPage } from './serve';

export function GET(): Promise<Response> {
  return verifierPage();
}
