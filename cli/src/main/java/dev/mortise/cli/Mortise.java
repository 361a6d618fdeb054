package dev.mortise.cli;

import java.io.PrintStream;

/// The command line. Writes through the one stream it is given, so that tests can read it back.
public final class Mortise {
    private Mortise() {}

    public static void main(String[] args) {
        usage(System.out);
    }

    private static void usage(PrintStream out) {
        out.println("usage: mortise COMMAND");
    }
}
