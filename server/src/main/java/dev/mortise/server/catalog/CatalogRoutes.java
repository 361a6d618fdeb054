package dev.mortise.server.catalog;

import dev.mortise.engine.flow.Connectors;
import dev.mortise.engine.flow.ProblemTitles;
import dev.mortise.server.web.Open;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.SignedIn;
import dev.mortise.spi.connect.Authorizes;
import dev.mortise.spi.connect.Calls;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.Deletes;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.option.Option;
import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/connectors` and `/api/problems`: what forms and messages of the studio are made from.
@RestController
class CatalogRoutes {
    private static final Map<String, Class<? extends Connector>> ROLES = roles();

    private static Map<String, Class<? extends Connector>> roles() {
        Map<String, Class<? extends Connector>> roles = new LinkedHashMap<>();
        roles.put("reads", Reads.class);
        roles.put("writes", Writes.class);
        roles.put("verifies", Verifies.class);
        roles.put("deletes", Deletes.class);
        roles.put("calls", Calls.class);
        roles.put("tapes", Tapes.class);
        roles.put("authorizes", Authorizes.class);
        return roles;
    }

    record OptionBody(
            String name,
            String kind,
            boolean required,
            boolean secret,
            @Nullable String fallback,
            Sentence sentence,
            String example,
            List<String> choices,
            @Nullable Long min,
            @Nullable Long max,
            List<OptionBody> parts,
            Map<String, List<String>> when,
            Map<String, Sentence> titles) {
        static OptionBody of(Option option) {
            boolean number = option.kind() == Option.Kind.INTEGER;
            return new OptionBody(
                    option.name(),
                    option.kind().name().toLowerCase(Locale.ROOT),
                    option.required(),
                    option.secret(),
                    option.fallback(),
                    option.sentence(),
                    option.example(),
                    option.choices(),
                    number ? option.min() : null,
                    number ? option.max() : null,
                    option.shape().parts().stream().map(OptionBody::of).toList(),
                    conditions(option),
                    option.shape().titles());
        }
    }

    private static Map<String, List<String>> conditions(Option option) {
        Map<String, List<String>> when = new LinkedHashMap<>();
        option.shape().conditions().forEach(each -> when.put(each.sibling(), each.words()));
        return when;
    }

    record ConnectorBody(
            String type, Sentence title, List<String> roles, List<OptionBody> options) {
        static ConnectorBody of(ConnectorFactory factory) {
            List<String> played = new ArrayList<>();
            ROLES.forEach(
                    (word, role) -> {
                        if (role.isAssignableFrom(factory.connector())) {
                            played.add(word);
                        }
                    });
            return new ConnectorBody(
                    factory.type(),
                    factory.title(),
                    played,
                    factory.described().stream().map(OptionBody::of).toList());
        }
    }

    record ProblemTitle(String code, String fault, Sentence title) {}

    @SignedIn
    @GetMapping("/api/connectors")
    Page<ConnectorBody> connectors() {
        Connectors installed = Connectors.installed();
        return new Page<>(
                installed.types().stream()
                        .flatMap(type -> installed.factory(type).stream())
                        .map(ConnectorBody::of)
                        .toList(),
                null);
    }

    /// Also for somebody who is about to sign in.
    @Open
    @GetMapping("/api/problems")
    ResponseEntity<Page<ProblemTitle>> problems() {
        List<ProblemTitle> titles =
                Arrays.stream(ProblemCode.values())
                        .map(
                                code ->
                                        new ProblemTitle(
                                                code.name(),
                                                code.fault().name(),
                                                ProblemTitles.of(code)))
                        .toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .body(new Page<>(titles, null));
    }
}
