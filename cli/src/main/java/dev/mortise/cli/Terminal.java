package dev.mortise.cli;

import dev.mortise.engine.flow.ProblemTitles;
import dev.mortise.engine.language.Chinese;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// Where a command writes, and in which language. Results go to standard output, progress and
/// problems to standard error, so that `--json` can be piped.
public final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final boolean interactive;
    private final ResourceBundle words;

    /// @param interactive whether a person looks on, so that a line may be drawn over
    Terminal(
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            boolean interactive) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.interactive = interactive;
        this.words = ResourceBundle.getBundle("dev.mortise.cli.words", locale(environment));
    }

    /// `MORTISE_LANG` decides, then what the system's locale variables say.
    private static Locale locale(Map<String, String> environment) {
        for (String name : List.of("MORTISE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toLowerCase(Locale.ROOT).startsWith("zh")
                        ? Locale.CHINESE
                        : Locale.ROOT;
            }
        }
        return Locale.ROOT;
    }

    /// The same terminal for a call in another environment.
    Terminal with(Map<String, String> other) {
        return new Terminal(out, err, other, interactive);
    }

    public Map<String, String> environment() {
        return environment;
    }

    /// In which it writes, and asks servers to; the root locale stands for English.
    public Locale language() {
        return words.getLocale();
    }

    boolean interactive() {
        return interactive;
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /// A sentence of the catalogue with its blanks filled.
    public String word(String key, Object... values) {
        return new MessageFormat(words.getString(key), Locale.ROOT).format(values);
    }

    public void out(String line) {
        out.println(line);
    }

    public void err(String line) {
        err.println(line);
    }

    /// Draws over the last line; only on a terminal.
    void redraw(String line) {
        err.print("\r[2K" + line);
        err.flush();
    }

    /// A problem with its title in the user's language, its place, and the mend on its own line.
    public void problem(Problem problem) {
        String where = problem.place().isEmpty() ? "" : told(problem.place()) + ": ";
        String title = chinese() ? ProblemTitles.of(problem.code()).zh() + "：" : "";
        err(where + title + told(problem.message()) + " [" + problem.code() + "]");
        if (!problem.fix().isEmpty()) {
            err("    " + word("fix") + " " + told(problem.fix()));
        }
    }

    /// A sentence of a problem, or a part of one, in the user's language.
    public String told(String sentence) {
        return chinese() ? Chinese.of(sentence) : sentence;
    }

    private boolean chinese() {
        return words.getLocale().equals(Locale.CHINESE);
    }

    public void problems(List<Problem> problems) {
        problems.forEach(this::problem);
        if (problems.size() > 1) {
            err(word("problems", problems.size()));
        }
    }

    /// What picocli does with an exception that a command let go.
    int failed(Exception error, CommandLine line, ParseResult call) {
        if (error instanceof ProblemException problem) {
            problem(problem.problem());
            return Exit.of(List.of(problem.problem()));
        }
        err(word("internal", error.toString()));
        StackTraceElement[] trace = error.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, 8); i++) {
            err("    at " + trace[i]);
        }
        return Exit.FAILED;
    }
}
