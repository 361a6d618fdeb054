/// Who changed what, when: a chain of entries in which nothing can be altered unseen.
@NullMarked
package dev.mortise.server.audit;

import org.jspecify.annotations.NullMarked;
