package dev.mortise.api.draft;

import dev.mortise.api.draft.Change.Kind;
import dev.mortise.api.draft.text.Node;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a later import changes in a connection that may have been edited since. What an import
/// wrote and nobody touched follows the new draft; everything else stays, line by line.
///
/// @param merged the new document
/// @param changes in the order of the document
public record DraftDiff(String merged, List<Change> changes) {
    private static final String GONE = "# gone: not in the document imported last";

    public DraftDiff {
        changes = List.copyOf(changes);
    }

    /// Compares a connection with a new draft of it.
    ///
    /// @param old the document `connections/NAME.yaml` as it stands
    /// @throws ProblemException when it is no document of a connection of type `http`, or has its
    ///     resources in one line
    public static DraftDiff between(String old, Draft draft) {
        return new Comparison(old, draft).run();
    }

    /// Whether the new draft makes no difference.
    public boolean isEmpty() {
        return changes.stream().allMatch(change -> change.kind() == Kind.KEPT);
    }

    /// One comparison, used once.
    private static final class Comparison {
        private final Draft draft;
        private final String text;
        private final Node document;
        private final Map<String, YamlBlock> blocks;
        private final Map<String, YamlBlock> fresh;
        private final Marks known;
        private final Marks written;
        private final BlockMerge merge;
        private final List<String> out = new ArrayList<>();

        Comparison(String old, Draft draft) {
            this.draft = draft;
            this.text = Marks.strip(old);
            String file = "connections/" + draft.name() + ".yaml";
            this.document = Node.of(YamlText.read(file, text));
            this.blocks = YamlBlock.of(document, text).orElseThrow(() -> invalid(document, file));
            if (!document.text("type", "").equals("http") || !document.has("connection")) {
                throw invalid(document, file);
            }
            String yaml = Marks.strip(draft.yaml());
            this.fresh = YamlBlock.of(Node.of(YamlText.read("", yaml)), yaml).orElseThrow();
            this.known = Marks.read(old);
            this.written = Marks.of(yaml);
            this.merge = new BlockMerge(known, draft.complete(), out);
        }

        private static ProblemException invalid(Node document, String file) {
            return new ProblemException(
                    new Problem(
                            ProblemCode.DOCUMENT_INVALID,
                            "expected a connection of type 'http' in lines of its own",
                            document.place().line() == 0 ? file : document.place().toString(),
                            "import into a new connection"));
        }

        DraftDiff run() {
            boolean placed = false;
            int first = blocks.values().stream().mapToInt(YamlBlock::line).min().orElse(1);
            text.lines().limit(first - 1L).forEach(out::add);
            Map<String, YamlBlock> head = new LinkedHashMap<>(blocks);
            head.remove("resources");
            for (YamlBlock block : blocks.values()) {
                if (block.name().equals("resources")) {
                    added(head);
                    resources(block);
                    placed = true;
                } else {
                    merge.connection(block, fresh.get(block.name()));
                }
            }
            if (!placed) {
                added(head);
                out.add("resources:");
                resources(Map.of());
            }
            String merged = String.join("\n", out).stripTrailing() + "\n";
            return new DraftDiff(merged + marks().footer(), merge.changes());
        }

        /// What the draft says of the connection and the old document does not.
        private void added(Map<String, YamlBlock> head) {
            for (YamlBlock block : fresh.values()) {
                if (!head.containsKey(block.name()) && !block.name().equals("resources")) {
                    merge.connectionLacks(block);
                }
            }
        }

        private void resources(YamlBlock block) {
            if (block.node().entries().isEmpty()) {
                out.addAll(block.lines().subList(0, block.lead()));
                out.add("resources:");
                resources(Map.of());
                return;
            }
            Map<String, YamlBlock> old =
                    block.children()
                            .orElseThrow(
                                    () -> invalid(block.node(), block.node().place().toString()));
            out.addAll(block.head(old));
            resources(old);
        }

        private void resources(Map<String, YamlBlock> old) {
            YamlBlock all = fresh.get("resources");
            Map<String, YamlBlock> wanted =
                    all == null ? Map.of() : all.children().orElse(Map.of());
            Map<YamlBlock, YamlBlock> pairs = pairs(old, wanted);
            for (YamlBlock block : old.values()) {
                YamlBlock match = pairs.get(block);
                if (match != null) {
                    merge.resource(block, match, GONE);
                } else {
                    gone(block);
                }
            }
            Set<String> names = new HashSet<>(old.keySet());
            int column = old.values().stream().mapToInt(YamlBlock::column).findFirst().orElse(3);
            for (YamlBlock block : wanted.values()) {
                if (!pairs.containsValue(block)) {
                    merge.add(block, column, names);
                }
            }
            if (old.isEmpty() && wanted.isEmpty()) {
                out.set(out.size() - 1, "resources: {}");
            }
        }

        /// Which resource is which: the same call, or else the same name.
        private static Map<YamlBlock, YamlBlock> pairs(
                Map<String, YamlBlock> old, Map<String, YamlBlock> wanted) {
            Map<String, YamlBlock> calls = new LinkedHashMap<>();
            wanted.values().forEach(b -> calls.put(Marks.identity(b.node()), b));
            Map<YamlBlock, YamlBlock> pairs = new LinkedHashMap<>();
            for (YamlBlock block : old.values()) {
                YamlBlock match = calls.get(Marks.identity(block.node()));
                if (match != null && !pairs.containsValue(match)) {
                    pairs.put(block, match);
                }
            }
            for (YamlBlock block : old.values()) {
                YamlBlock match = wanted.get(block.name());
                if (match != null && !pairs.containsKey(block) && !pairs.containsValue(match)) {
                    pairs.put(block, match);
                }
            }
            return pairs;
        }

        private void gone(YamlBlock block) {
            boolean marked = block.lines().stream().anyMatch(line -> line.strip().equals(GONE));
            boolean imported = known.knows(Marks.identity(block.node()));
            if (draft.complete() && imported && !marked) {
                out.add(" ".repeat(block.column() - 1) + GONE);
                merge.report(
                        Kind.REMOVED,
                        block,
                        block.name(),
                        "",
                        "it is no longer in the document; delete it when no flow uses it");
            }
            out.addAll(block.lines());
        }

        /// The marks of this import, and those of calls it says nothing about.
        private Marks marks() {
            Map<String, String> parts = new java.util.TreeMap<>(written.parts());
            Set<String> told = new HashSet<>();
            written.parts().keySet().forEach(key -> told.add(key.substring(0, key.indexOf(' '))));
            known.parts()
                    .forEach(
                            (key, hash) -> {
                                String group = key.substring(0, key.indexOf(' '));
                                if (!told.contains(group) || !draft.complete()) {
                                    parts.putIfAbsent(key, hash);
                                }
                            });
            return new Marks(parts);
        }
    }
}
