/// Tokens: one grant however many threads and processes wait for it, and no refresh token lost when
/// a process dies in the middle.
///
/// ```
/// caller ─► TokenBroker ─► memory: still good? ──────────────────────────────► Token
///                │ no
///                └─► TokenStore, alone among all processes: somebody renewed? ─► Token
///                        │ no
///                        └─► note the grant ─► Grant ─► save what it gave ────► Token
/// ```
///
/// The call itself is made by whoever hands in the [Grant]; [GrantRequest] and [Jwt] build what
/// it sends, [GrantAnswer] reads what comes back. All three are pure.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.token;
