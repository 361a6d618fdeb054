/// Who may come in: people, their sessions, and what they were granted.
@NullMarked
package dev.mortise.server.access;

import org.jspecify.annotations.NullMarked;
