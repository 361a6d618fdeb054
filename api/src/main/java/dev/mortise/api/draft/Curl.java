package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.text.CommandLine;
import dev.mortise.api.draft.text.CommandLine.Word;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads curl commands, one or many, as people write them and as browsers copy them.
final class Curl {
    private final Hint hint;
    private final Findings findings = new Findings();

    Curl(Hint hint) {
        this.hint = hint;
    }

    /// @throws ProblemException when there is no command, or a quote is not closed
    Draft read(String text) {
        List<Sent> sent = new ArrayList<>();
        SentCalls calls = new SentCalls(hint, findings);
        for (List<Word> command : CommandLine.split(hint.file(), text)) {
            int start = start(command);
            if (start < 0) {
                Word first = command.getFirst();
                findings.leftOut(first.place(), "a command that is not curl is left out", "");
                continue;
            }
            List<Word> words = new ArrayList<>();
            for (Word word : command.subList(start + 1, command.size())) {
                if (word.text().equals("--next") || word.text().equals("-:")) {
                    add(words, command.get(start).place(), sent);
                    words = new ArrayList<>();
                } else {
                    words.add(word);
                }
            }
            add(words, command.get(start).place(), sent);
        }
        if (sent.isEmpty()) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.DOCUMENT_INVALID,
                            "expected a curl command with an address, found none",
                            new Place(hint.file(), 1, 1).toString(),
                            "copy the whole command"));
        }
        return calls.draft(sent, "", Format.CURL, false);
    }

    private static int start(List<Word> command) {
        for (int i = 0; i < Math.min(3, command.size()); i++) {
            String word = command.get(i).text().toLowerCase(Locale.ROOT);
            if (word.equals("curl") || word.endsWith("/curl") || word.endsWith("curl.exe")) {
                return i;
            }
        }
        return -1;
    }

    private void add(List<Word> words, Place place, List<Sent> sent) {
        CurlCommand command = new CurlCommand(findings);
        command.read(words);
        for (String address : command.urls()) {
            String url = address.contains("://") ? address : "https://" + address;
            int end = end(url);
            PathHoles.Path path = PathHoles.of(path(url, end));
            int from = Math.max(0, end - path(url, end).length());
            sent.add(
                    new Sent(
                            "",
                            command.method(),
                            url.substring(0, from)
                                    + path.path()
                                    + command.query(url.substring(end)),
                            path.values(),
                            command.headers(),
                            command.isForm(),
                            command.body(),
                            Shape.NOTHING,
                            false,
                            place));
        }
    }

    /// Where the path of an address ends.
    private static int end(String url) {
        int end = url.indexOf('?');
        int hash = url.indexOf('#');
        int first = end < 0 ? hash : hash < 0 ? end : Math.min(end, hash);
        return first < 0 ? url.length() : first;
    }

    private static String path(String url, int end) {
        int host = url.indexOf("://") + 3;
        int slash = url.indexOf('/', host);
        return slash < 0 || slash > end ? "" : url.substring(slash, end);
    }
}
