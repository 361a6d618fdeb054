/// The words at the door: who calls, what may be called, pages, versions, problems over HTTP.
@NullMarked
package dev.mortise.server.web;

import org.jspecify.annotations.NullMarked;
