/// Connections and flows as their authors wrote them, revision after revision.
@NullMarked
package dev.mortise.server.document;

import org.jspecify.annotations.NullMarked;
