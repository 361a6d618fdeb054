/// The systems of a back office played on loopback: ERP, expenses, tax, bank.
///
/// A vendor checks who asks and how ─► a [Shelf] hands out rows, with [Trouble] where it is wanted
@NullMarked
package dev.mortise.testkit.vendor.office;

import org.jspecify.annotations.NullMarked;
