package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.text.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Follows `$ref`, in the document and into others, whose texts come from [Documents]. A reference
/// that leads nowhere, or to itself, gives an absent node and a finding.
final class Refs {
    private static final int STEPS_MAX = 32;
    private static final int DOCUMENTS_MAX = 200;

    private final Hint hint;
    private final Findings findings;
    private final Map<String, Node> documents = new HashMap<>();
    private long characters;

    Refs(Node root, Hint hint, Findings findings) {
        this.hint = hint;
        this.findings = findings;
        documents.put(hint.file(), root);
    }

    Node resolve(Node node) {
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
        return Node.absent(new dev.mortise.spi.option.Place(hint.file(), 0, 0));
    }

    private Node document(String file, String from) {
        String name = from.equals(hint.file()) ? normal("", file) : normal(from, file);
        String own = hint.file().substring(hint.file().lastIndexOf('/') + 1);
        if (name.equals(own) && !documents.containsKey(name)) {
            return documents.getOrDefault(hint.file(), absent());
        }
        Node known = documents.get(name);
        if (known != null || documents.size() > DOCUMENTS_MAX) {
            return known == null ? absent() : known;
        }
        Node read =
                hint.documents()
                        .find(name)
                        .filter(this::fits)
                        .map(t -> parse(name, t))
                        .orElse(absent());
        documents.put(name, read);
        return read;
    }

    private boolean fits(String text) {
        characters += text.length();
        return characters <= Draft.BYTES_MAX;
    }

    private static Node parse(String name, String text) {
        return Format.parse(name, text);
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
