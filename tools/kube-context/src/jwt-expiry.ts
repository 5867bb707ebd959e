/** When a JSON Web Token expires, by its `exp` claim (RFC 7519, 4.1.4); `undefined` for what is none or has none. */
export function jwtExpiry(token: string | undefined): Date | undefined {
  const [, claims, signature] = token?.split('.') ?? [];
  if (claims === undefined || signature === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}
