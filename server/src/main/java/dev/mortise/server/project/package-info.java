/// Projects, which hold documents and what people may do with them.
@NullMarked
package dev.mortise.server.project;

import org.jspecify.annotations.NullMarked;
