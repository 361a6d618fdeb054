package dev.mortise.cli;

import java.util.Locale;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// How each command tells what it does: asked with `--help` or `-h`, in the terminal's language.
final class Usage {
    private Usage() {}

    /// A command that answers `--help`.
    static CommandLine of(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .type(boolean.class)
                                .usageHelp(true)
                                .description("shows this help and ends")
                                .build());
        return line;
    }

    /// Has a command and those below it speak a language. What they say in English stands beside
    /// their code; other languages have a catalogue.
    static void speak(CommandLine line, Locale language) {
        if (!language.equals(Locale.ROOT)) {
            line.setResourceBundle(ResourceBundle.getBundle("dev.mortise.cli.usage", language));
        }
    }
}
