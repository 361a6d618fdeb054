/// A project's folder on the disk of the server, and what whoever starts it has done with it.
@NullMarked
package dev.mortise.server.folder;

import org.jspecify.annotations.NullMarked;
