/// Compares a target with what its flow should have put there.
///
/// ```
/// Verification ─► digests of both sides, a bucket of keys each ─► equal: done, two scans in all
///                                                    └─► else: rows of the differing buckets
/// ```
@NullMarked
package dev.mortise.engine.verify;

import org.jspecify.annotations.NullMarked;
