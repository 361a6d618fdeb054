package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A folder of connections and flows, read once. Loading never throws for what a user wrote: what
/// is wrong is among the [#problems], and whatever has one is missing from the maps.
public final class Project {
    private final Path folder;
    private final Problems found = new Problems();
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final Map<String, FlowReader.Found> drafts = new LinkedHashMap<>();

    /// By flow, whether it is sound or not: its own file and those of the connections it uses.
    private final Map<String, Set<String>> files = new HashMap<>();

    private Project(Path folder) {
        this.folder = folder;
    }

    public static Project load(
            Path folder, Map<String, String> environment, Map<String, String> params) {
        return load(folder, environment, params, Connectors.installed());
    }

    public static Project load(
            Path folder,
            Map<String, String> environment,
            Map<String, String> params,
            Connectors connectors) {
        Project project = new Project(folder);
        if (project.isThere()) {
            project.read(Documents.in(folder), Surroundings.of(environment, params), connectors);
        }
        return project;
    }

    /// A project whose files are kept elsewhere.
    ///
    /// @param folder what relative paths of connections start from
    public static Project of(Documents documents, Path folder, Surroundings surroundings) {
        Project project = new Project(folder);
        project.read(documents, surroundings, Connectors.installed());
        return project;
    }

    private boolean isThere() {
        boolean folderThere = Files.isDirectory(folder);
        boolean there =
                Files.isDirectory(folder.resolve("connections"))
                        || Files.isDirectory(folder.resolve("flows"));
        if (!there) {
            found.add(
                    ProblemCode.FILE_MISSING,
                    new Place(folder.toString(), 0, 0),
                    folderThere
                            ? "expected a folder with 'connections' and 'flows', found neither"
                            : "expected a project folder, found nothing there",
                    "name the project with --project DIR");
        }
        return there;
    }

    private void read(Documents documents, Surroundings surroundings, Connectors connectors) {
        ProjectReader reader =
                new ProjectReader(documents, new References(surroundings, found), found);
        ConnectionReader connectionReader =
                new ConnectionReader(folder, connectors, surroundings.secrets(), found);
        Map<String, ProjectReader.Found> connectionFiles = reader.read("connection");
        connectionFiles.forEach(
                (name, file) ->
                        file.document()
                                .flatMap(connectionReader::read)
                                .ifPresent(connection -> connections.put(name, connection)));
        reader.read("flow")
                .forEach(
                        (name, file) -> {
                            DatasetNames datasets =
                                    new DatasetNames(connectionFiles.keySet(), found);
                            file.document()
                                    .map(new FlowReader(datasets, found)::read)
                                    .ifPresent(read -> drafts.put(name, read));
                            files.put(name, filesOf(file, datasets.used(), connectionFiles));
                        });
        checkProgress();
        Set<String> wrong = found.files();
        drafts.forEach(
                (name, read) -> {
                    if (!wrong.contains(read.flow().place().file())) {
                        flows.put(name, read.flow());
                    }
                });
    }

    /// Two flows must not keep their progress under one name: each would go on where the other
    /// stood.
    private void checkProgress() {
        Map<String, Flow> known = new HashMap<>();
        for (FlowReader.Found read : drafts.values()) {
            Flow flow = read.flow();
            Flow other = known.putIfAbsent(flow.keptAs(), flow);
            if (other != null) {
                addShared(flow, other);
                addShared(other, flow);
            }
        }
    }

    private void addShared(Flow flow, Flow other) {
        found.add(
                ProblemCode.NAME_TAKEN,
                flow.place(),
                "flow '%s' would keep its progress under the name '%s', as flow '%s' does"
                        .formatted(flow.name(), flow.keptAs(), other.name()),
                "give one of them another name, or another 'formerly'");
    }

    private static Set<String> filesOf(
            ProjectReader.Found flow,
            Set<String> used,
            Map<String, ProjectReader.Found> connectionFiles) {
        Set<String> files = new LinkedHashSet<>();
        files.addAll(flow.files());
        for (String connection : used) {
            ProjectReader.Found file = connectionFiles.get(connection);
            if (file != null) {
                files.addAll(file.files());
            }
        }
        return files;
    }

    public Path folder() {
        return folder;
    }

    /// The sound ones, by name.
    public Map<String, Connection> connections() {
        return Collections.unmodifiableMap(connections);
    }

    /// The sound ones, by name. A flow is sound in itself even if a connection it uses is not.
    public Map<String, Flow> flows() {
        return Collections.unmodifiableMap(flows);
    }

    /// A flow as far as it can be read; empty when its file is no such document at all.
    public Optional<Draft> draft(String flow) {
        return Optional.ofNullable(drafts.get(flow))
                .map(d -> new Draft(d.flow(), d.places(), d.end(), problemsOf(flow)));
    }

    /// Everything wrong with the project, by file, line and column.
    public List<Problem> problems() {
        return found.sorted();
    }

    /// What stands in the way of one flow: the problems in its own file and in the connections it
    /// uses, or that there is no such flow. When empty, [#flows] has the flow.
    public List<Problem> problemsOf(String flow) {
        Set<String> own = files.get(flow);
        if (own == null) {
            return files.isEmpty() && !problems().isEmpty() ? problems() : List.of(unknown(flow));
        }
        return problems().stream()
                .filter(problem -> own.stream().anyMatch(file -> Problems.isIn(problem, file)))
                .toList();
    }

    private Problem unknown(String flow) {
        return Problem.of(
                ProblemCode.FLOW_UNKNOWN,
                "no flow is called '" + flow + "'",
                files.isEmpty()
                        ? "describe it in flows/" + flow + ".yaml"
                        : Nearest.fix(flow, files.keySet()));
    }
}
