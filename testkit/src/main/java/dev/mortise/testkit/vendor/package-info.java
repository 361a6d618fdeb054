/// Vendors played on loopback: servers that check a caller as strictly as what the vendor publishes
/// allows, so that an integration can be rehearsed without the vendor.
@NullMarked
package dev.mortise.testkit.vendor;

import org.jspecify.annotations.NullMarked;
