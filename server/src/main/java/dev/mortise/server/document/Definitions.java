package dev.mortise.server.document;

import dev.mortise.engine.flow.Documents;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Surroundings;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.vault.SecretKeeper;
import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// Reads documents as the engine does.
@Component
public final class Definitions {
    private final DocumentStore documents;
    private final ServerSettings settings;
    private final SecretKeeper secrets;

    Definitions(DocumentStore documents, ServerSettings settings, SecretKeeper secrets) {
        this.documents = documents;
        this.settings = settings;
        this.secrets = secrets;
    }

    /// The folder of a project, which holds the state of its runs in `.mortise`, and from which
    /// relative paths of its connections start.
    public Path folder(String project) {
        return settings.home().resolve("projects").resolve(project);
    }

    /// A flow beside the project's connections.
    ///
    /// @param published connections as runs use them, or as they were last saved
    public Project flow(String project, String name, String text, boolean published) {
        Map<String, String> texts = texts(project, published);
        texts.put("flows/" + name + ".yaml", text);
        return read(project, texts, Map.of());
    }

    /// The project's connections with one of them as given.
    public Project connection(String project, String name, String text) {
        Map<String, String> texts = texts(project, false);
        texts.put("connections/" + name + ".yaml", text);
        return read(project, texts, Map.of());
    }

    /// Whether a flow's text is that which was last saved, as this caller is shown it. Returns the
    /// saved text then.
    public Optional<String> saved(String project, String name, String text) {
        return documents
                .find(project, DocumentKind.FLOWS, name)
                .map(Document::text)
                .filter(
                        saved ->
                                saved.equals(text)
                                        || SecretMask.of(DocumentKind.FLOWS, saved).equals(text));
    }

    /// Whether a flow's text is that which runs use.
    public boolean isPublished(String project, String name, String text) {
        return documents
                .find(project, DocumentKind.FLOWS, name)
                .filter(flow -> flow.published() != null)
                .flatMap(
                        flow ->
                                documents.revision(
                                        project,
                                        DocumentKind.FLOWS,
                                        name,
                                        Objects.requireNonNull(flow.published())))
                .filter(revision -> revision.text().equals(text))
                .isPresent();
    }

    /// All of a project as runs use it.
    public Project published(String project) {
        Map<String, String> texts = texts(project, true);
        texts.putAll(documents.texts(project, DocumentKind.FLOWS, true));
        return read(project, texts, Map.of());
    }

    /// The project's connections as they were last saved.
    public Project connections(String project) {
        return read(project, texts(project, false), Map.of());
    }

    /// The project's saved connections beside the documents given; those take the place of saved
    /// ones.
    ///
    /// @param files texts by their place in a project's folder
    public Project all(String project, Map<String, String> files) {
        Map<String, String> texts = texts(project, false);
        texts.putAll(files);
        return read(project, texts, Map.of());
    }

    private Map<String, String> texts(String project, boolean published) {
        return new TreeMap<>(documents.texts(project, DocumentKind.CONNECTIONS, published));
    }

    private Project read(String project, Map<String, String> texts, Map<String, String> params) {
        return Project.of(
                Documents.of(texts),
                folder(project),
                new Surroundings(settings.documentEnvironment(), params, secrets.of(project)));
    }

    /// What is wrong with a document before anything is connected.
    List<Problem> problems(String project, DocumentKind kind, String name, String text) {
        return switch (kind) {
            case FLOWS -> {
                Map<String, String> texts = texts(project, false);
                texts.putAll(documents.renamedFlows(project, DocumentRules.formerly(text)));
                texts.put("flows/" + name + ".yaml", text);
                yield read(project, texts, Map.of()).problemsOf(name);
            }
            case CONNECTIONS ->
                    connection(project, name, text).problems().stream()
                            .filter(p -> p.place().startsWith("connections/" + name + ".yaml"))
                            .toList();
        };
    }
}
