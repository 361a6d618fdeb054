/// Documents to begin with: texts with holes, shipped with the server.
@NullMarked
package dev.mortise.server.template;

import org.jspecify.annotations.NullMarked;
