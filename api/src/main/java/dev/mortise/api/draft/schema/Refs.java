package dev.mortise.api.draft.schema;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.text.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Follows `$ref`, in the document and into others, which the caller opens. A reference that leads
/// nowhere, or to itself, gives an absent node and a finding.
public final class Refs {
    private static final int STEPS_MAX = 32;
    private static final int DOCUMENTS_MAX = 200;

    /// Schemas that all calls of a document together may unfold to.
    private static final int NODES_MAX = 4_000_000;

    private final String home;
    private final Function<String, Optional<Node>> others;
    private final Findings findings;
    private final Map<String, Node> documents = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();
    private int spent;

    /// @param home the name of the document itself
    /// @param others opens another document by its name, relative to this one
    public Refs(
            Node root, String home, Function<String, Optional<Node>> others, Findings findings) {
        this.home = home;
        this.others = others;
        this.findings = findings;
        documents.put(home, root);
    }

    /// The node itself, or what its reference leads to, at most 32 steps away.
    public Node resolve(Node node) {
        Node at = node;
        for (int i = 0; i < STEPS_MAX; i++) {
            Optional<String> ref = at.text("$ref");
            if (ref.isEmpty()) {
                return at;
            }
            Node next = find(ref.get(), at.place().file());
            if (!next.exists()) {
                findings.leftOut(
                        at.place(),
                        "reference '" + Names.title(ref.get()) + "' leads nowhere",
                        "mend it, or hand in the file it names");
                return Node.absent(at.place());
            }
            at = next;
        }
        findings.leftOut(node.place(), "a reference leads back to itself", "mend it");
        return Node.absent(node.place());
    }

    /// Whether one more schema may be unfolded; when none may, that is told once.
    boolean spend() {
        if (++spent == NODES_MAX) {
            findings.leftOut(
                    absent().place(),
                    "the document unfolds to more than " + NODES_MAX + " parts; some became json",
                    "import a part of it");
        }
        spent = Math.min(spent, NODES_MAX + 1);
        return spent < NODES_MAX;
    }

    /// What a schema calls its values; empty when it does not. Schemas are met again and again, and
    /// a title is looked through for secrets once.
    String title(Node schema) {
        String text = schema.text("title").or(() -> schema.text("description")).orElse("");
        return text.isEmpty() ? "" : titles.computeIfAbsent(text, Names::title);
    }

    private Node find(String ref, String from) {
        int hash = ref.indexOf('#');
        String file = hash < 0 ? ref : ref.substring(0, hash);
        String pointer = hash < 0 ? "" : ref.substring(hash + 1);
        Node at = file.isEmpty() ? documents.getOrDefault(from, absent()) : document(file, from);
        for (String step : pointer.split("/", -1)) {
            if (!step.isEmpty()) {
                at = step(at, step.replace("~1", "/").replace("~0", "~"));
            }
        }
        boolean anchor = !pointer.isEmpty() && !pointer.startsWith("/");
        return anchor ? absent() : at;
    }

    private static Node step(Node node, String name) {
        if (node.isArray() && name.matches("\\d{1,6}")) {
            var items = node.items();
            int index = Integer.parseInt(name);
            return index < items.size() ? items.get(index) : Node.absent(node.place());
        }
        Node found = node.at(name);
        return found.exists() ? found : node.at(Addresses.decode(name.replace("+", "%2B")));
    }

    private Node absent() {
        return Node.absent(new dev.mortise.spi.option.Place(home, 0, 0));
    }

    private Node document(String file, String from) {
        String name = from.equals(home) ? normal("", file) : normal(from, file);
        String own = home.substring(home.lastIndexOf('/') + 1);
        if (name.equals(own) && !documents.containsKey(name)) {
            return documents.getOrDefault(home, absent());
        }
        Node known = documents.get(name);
        if (known != null || documents.size() > DOCUMENTS_MAX) {
            return known == null ? absent() : known;
        }
        Node read = others.apply(name).orElse(absent());
        documents.put(name, read);
        return read;
    }

    /// `./common.yaml` beside `parts/orders.yaml` is `parts/common.yaml`.
    private static String normal(String from, String file) {
        if (file.matches("(?i)[a-z][a-z0-9+.-]+:.*")) {
            return file;
        }
        Deque<String> steps = new ArrayDeque<>();
        int slash = from.lastIndexOf('/');
        String whole = (slash < 0 ? "" : from.substring(0, slash + 1)) + file;
        for (String step : whole.split("/", -1)) {
            boolean up = step.equals("..") && !steps.isEmpty() && !"..".equals(steps.peekLast());
            if (up) {
                steps.removeLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return String.join("/", steps);
    }
}
