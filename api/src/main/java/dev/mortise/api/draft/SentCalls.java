package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.BodyTemplate;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Media;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation;
import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Resource;
import dev.mortise.api.draft.call.Resources;
import dev.mortise.api.draft.call.SampleShape;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.text.JsonText;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a draft from requests: what curl, Postman and browsers have in common. The address most of
/// them go to is that of the connection.
final class SentCalls {
    private static final int BODY_MAX = 1 << 20;
    private static final int PAIRS_MAX = 1_000;

    private final Hint hint;
    private final Findings findings;
    private final Placeholders placeholders;
    private final SentLogin login;

    SentCalls(Hint hint, Findings findings) {
        this.hint = hint;
        this.findings = findings;
        this.placeholders = new Placeholders(hint.name(), findings);
        this.login = new SentLogin(placeholders, findings);
    }

    Placeholders placeholders() {
        return placeholders;
    }

    SentLogin login() {
        return login;
    }

    /// @param sent the requests, in order
    Draft draft(List<Sent> sent, String title, Format format, boolean complete) {
        String base = base(sent);
        Addresses.Split home = Addresses.split(base).orElseThrow();
        String root = home.path().equals("/") ? "" : home.path();
        List<Operation> operations = new ArrayList<>();
        for (Sent call : sent) {
            Optional<Addresses.Split> url = Addresses.split(call.url());
            boolean here =
                    url.isPresent()
                            && url.get().base().equalsIgnoreCase(home.base())
                            && below(url.get().path(), root);
            if (here) {
                operations.add(operation(call, url.get(), root));
            } else {
                elsewhere(call, url);
            }
        }
        List<Resource> resources = resources(operations);
        login.end();
        return new Draft(
                hint.name(),
                title,
                format,
                complete,
                base,
                login.auth(),
                login.headers(),
                resources,
                findings.all());
    }

    private List<Resource> resources(List<Operation> operations) {
        return new Resources(findings).of(operations);
    }

    private static boolean below(String path, String root) {
        return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
    }

    private void elsewhere(Sent call, Optional<Addresses.Split> url) {
        if (url.isEmpty()) {
            findings.leftOut(
                    call.place(), "the request has no address that can be called", "mend it");
            return;
        }
        findings.leftOut(
                call.place(),
                "requests to '" + Names.title(url.get().base()) + "' belong to another connection",
                "import once more with that address as base");
    }

    private String base(List<Sent> sent) {
        if (hint.baseUrl().isPresent()) {
            return Addresses.base(hint.baseUrl().get()).orElse(FillIn.ADDRESS);
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Sent call : sent) {
            Addresses.split(call.url()).ifPresent(url -> counts.merge(url.base(), 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .flatMap(Addresses::base)
                .orElse(FillIn.ADDRESS);
    }

    private Operation operation(Sent call, Addresses.Split url, String root) {
        if (url.user()) {
            login.basic(call.place());
        }
        List<Param> params = new ArrayList<>();
        Addresses.holes(url.path())
                .forEach(
                        (name, fit) -> {
                            String value = call.holes().getOrDefault(name, "");
                            params.add(hole(name, value, call.place()).named(fit));
                        });
        query(call, url, params);
        for (Map.Entry<String, String> header : call.headers()) {
            login.header(header.getKey(), header.getValue(), call.place())
                    .ifPresent(
                            value ->
                                    params.add(
                                            Param.sent(
                                                    In.HEADER,
                                                    header.getKey(),
                                                    value,
                                                    Shape.NOTHING,
                                                    call.place())));
        }
        Optional<Tree> json = call.body().flatMap(text -> json(text, call.place()));
        Optional<Tree> pairs =
                json.isEmpty() && !call.form()
                        ? call.body().flatMap(text -> pairs(text, call.place()))
                        : Optional.empty();
        Optional<Tree> sample = json.or(() -> pairs);
        Optional<Tree> body = sample.map(tree -> BodyTemplate.safe(tree, placeholders));
        body.ifPresent(tree -> params.addAll(BodyTemplate.params(tree)));
        boolean other = call.form() || (call.body().isPresent() && body.isEmpty());
        Media sends = pairs.isPresent() ? Media.FORM : other ? Media.OTHER : Media.JSON;
        return new Operation(
                "",
                Names.title(call.title()),
                call.method(),
                Addresses.path(url.path().substring(root.length())),
                params,
                sample.map(SampleShape::of).orElse(Shape.NOTHING),
                body,
                List.of(),
                sends,
                call.answer(),
                Media.JSON,
                call.link(),
                false,
                call.place());
    }

    private Param hole(String name, String value, Place place) {
        Optional<String> written =
                Optional.of(value)
                        .filter(text -> !text.isBlank())
                        .map(text -> placeholders.value(name, text, place));
        return new Param(In.PATH, name, Shape.NOTHING, written, true, "", "", place);
    }

    private void query(Sent call, Addresses.Split url, List<Param> params) {
        for (Map.Entry<String, String> pair : url.query()) {
            login.query(pair.getKey(), pair.getValue(), call.place())
                    .ifPresent(
                            value ->
                                    params.add(
                                            Param.sent(
                                                    In.QUERY,
                                                    pair.getKey(),
                                                    value,
                                                    SampleShape.ofText(pair.getValue()),
                                                    call.place())));
        }
    }

    /// The names and values of a form; empty when the body is none.
    private static Optional<Tree> pairs(String text, Place place) {
        if (text.length() > BODY_MAX || !isForm(text.strip())) {
            return Optional.empty();
        }
        Map<String, Tree> pairs = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : Addresses.query(text.strip())) {
            pairs.putIfAbsent(pair.getKey(), new Tree.Leaf(pair.getValue(), true, place));
        }
        return Optional.of(new Tree.Entries(pairs, Map.of(), place));
    }

    /// Whether a text is `name=value` again and again; markup and sentences are not.
    private static boolean isForm(String text) {
        String[] pairs = text.split("&", PAIRS_MAX + 1);
        boolean plain = text.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>');
        return plain
                && pairs.length <= PAIRS_MAX
                && Arrays.stream(pairs).allMatch(pair -> pair.indexOf('=') > 0);
    }

    /// The body as a tree at the place of its request; empty when it is no JSON object or array.
    private Optional<Tree> json(String text, Place place) {
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
        if (!json || text.length() > BODY_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(BodyTemplate.moved(JsonText.read(hint.file(), text), place));
        } catch (ProblemException e) {
            findings.leftOut(place, "the body looks like JSON and is none", "mend it");
            return Optional.empty();
        }
    }
}
