package dev.mortise.server.web;

/// Which projects there are; asked at the door, so that no route meets one that is none.
public interface KnownProjects {
    boolean knows(String project);
}
