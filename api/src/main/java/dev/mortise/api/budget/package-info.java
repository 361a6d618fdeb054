/// Outbound budgets: how often, how many at a time and how much a day a vendor may be called,
/// counted over all threads and processes of the machine, and never exceeded.
///
/// ```
/// caller ─► Budget ─► Account, one a group ─► Pool: permits leased before? ─────────► Permit
///                         │ empty                                                      │
///                         └─► Ledger: counts under a lock on the Board, leases a block │ close
///                                 ▲                                                    │
///                                 └──────────── done since the last visit ◄────────────┘
/// ```
///
/// A permit counts from its lease until it is closed as outstanding, and from then on for the
/// length of each window. A call reaches the vendor somewhere in between, so that no window of
/// the vendor's holds more calls than ours did, however late a call arrives. What a process held
/// when it died counts as used.
@org.jspecify.annotations.NullMarked
package dev.mortise.api.budget;
