/// Where calls may go. A host's addresses are checked and pinned before anybody connects, so that a
/// name cannot lead elsewhere the second time it is looked up.
@NullMarked
package dev.mortise.api.egress;

import org.jspecify.annotations.NullMarked;
