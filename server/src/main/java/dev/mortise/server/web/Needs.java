package dev.mortise.server.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The role a route asks for, in the project its path names (`{project}`), or everywhere when the
/// path names none. A route that says neither this, nor [SignedIn], nor [InPerson], nor [Open],
/// keeps the server from starting.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
    Role value();
}
