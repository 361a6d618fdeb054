package dev.mortise.cli;

import dev.mortise.cli.api.CallsCommand;
import dev.mortise.cli.api.DriftCommand;
import dev.mortise.cli.api.ImportCommand;
import dev.mortise.cli.api.RecordCommand;
import dev.mortise.cli.api.ReplayCommand;
import dev.mortise.cli.api.SimulateCommand;
import dev.mortise.cli.remote.ApplyCommand;
import dev.mortise.cli.remote.ExportCommand;
import dev.mortise.cli.serve.ServeCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The command line: one class a command, and this to choose among them.
@Command(
        name = "mortise",
        description = "Moves and fuses data between systems, exactly once, and proves it.",
        mixinStandardHelpOptions = true,
        version = "mortise " + Mortise.VERSION,
        synopsisSubcommandLabel = "COMMAND")
public final class Mortise {
    /// The version of the program.
    public static final String VERSION = "0.1.0";

    private Mortise() {}

    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        Terminal terminal =
                new Terminal(out, err, System.getenv(), System.getenv().containsKey("MORTISE_TTY"));
        int code = run(terminal, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /// Runs one call and gives its exit code.
    static int run(Terminal terminal, String... args) {
        CommandLine line = line(terminal, args.length == 0 ? "" : args[0]);
        return args.length == 0 ? usage(line) : line.execute(args);
    }

    /// @param called the command that is called; all there are, when it is none of them
    static CommandLine line(Terminal terminal, String called) {
        CommandLine line = new CommandLine(new Mortise());
        Map<String, Supplier<Object>> commands = commands(terminal);
        // Describing a command costs a hundredth of a second: only the one that is called is.
        commands.forEach(
                (name, command) -> {
                    if (name.equals(called) || !commands.containsKey(called)) {
                        line.addSubcommand(name, Usage.of(command.get()));
                    }
                });
        Usage.speak(line, terminal.language());
        line.setOut(terminal.outWriter());
        line.setErr(terminal.errWriter());
        line.setExecutionExceptionHandler(terminal::failed);
        line.setExitCodeExceptionMapper(
                e -> e instanceof ParameterException ? Exit.WRONG : Exit.FAILED);
        return line;
    }

    /// In the order in which they are listed: what one begins with, what one does each day, what
    /// one seldom does.
    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(terminal));
        commands.put("serve", () -> new ServeCommand(terminal));
        commands.put("check", () -> new CheckCommand(terminal));
        commands.put("plan", () -> new PlanCommand(terminal));
        commands.put("run", () -> new RunCommand(terminal));
        commands.put("verify", () -> new VerifyCommand(terminal));
        commands.put("dead", () -> new DeadCommand(terminal));
        commands.put("discover", () -> new DiscoverCommand(terminal));
        commands.put("map", () -> new MapCommand(terminal));
        commands.put("apply", () -> new ApplyCommand(terminal));
        commands.put("export", () -> new ExportCommand(terminal));
        commands.put("import", () -> new ImportCommand(terminal));
        commands.put("calls", () -> new CallsCommand(terminal));
        commands.put("record", () -> new RecordCommand(terminal));
        commands.put("replay", () -> new ReplayCommand(terminal));
        commands.put("drift", () -> new DriftCommand(terminal));
        commands.put("simulate", () -> new SimulateCommand(terminal));
        return commands;
    }

    private static int usage(CommandLine line) {
        line.usage(line.getOut());
        return Exit.WRONG;
    }
}
