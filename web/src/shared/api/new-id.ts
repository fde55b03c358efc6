/**
 * Returns a random UUID (RFC 9562, version 4). `crypto.randomUUID` would be missing where the platform is reached without
 * HTTPS.
 */
export function newId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}
