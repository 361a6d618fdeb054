/// SAP's OData services, v2 and v4, played on loopback.
///
/// [SapOdata] lets in ─► [Sessions] for writes ─► [Reading] or [Writing] on an [Entities] set
@NullMarked
package dev.mortise.testkit.vendor.sap;

import org.jspecify.annotations.NullMarked;
