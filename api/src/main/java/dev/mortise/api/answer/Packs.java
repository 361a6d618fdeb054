package dev.mortise.api.answer;

import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The contracts that ship with us: resources `packs/NAME.yaml`, read once.
public final class Packs {
    /// Ways of answering that many share, then vendors.
    public static final List<String> NAMES =
            List.of(
                    "rest",
                    "problem-json",
                    "graphql",
                    "soap",
                    "alipay",
                    "dingtalk",
                    "ekuaibao",
                    "feishu",
                    "fxiaoke",
                    "kingdee",
                    "leqi",
                    "sap-odata",
                    "wechat-mp",
                    "wechat-pay",
                    "wecom",
                    "yonyou");

    private static final Map<String, Contract> READ = new ConcurrentHashMap<>();

    private Packs() {}

    static Optional<Contract> find(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        Contract known = READ.get(name);
        // No computeIfAbsent: a pack may read its base.
        Contract contract = known == null ? load(name) : known;
        READ.put(name, contract);
        return Optional.of(contract);
    }

    private static Contract load(String name) {
        List<Problem> problems = new ArrayList<>();
        Optional<Contract> contract =
                YamlText.definition(name + ".yaml", text(name), problems)
                        .map(tree -> ContractReader.read(tree, problems));
        if (contract.isEmpty() || !problems.isEmpty()) {
            throw new IllegalStateException("pack " + name + ": " + problems);
        }
        return contract.get();
    }

    private static String text(String name) {
        try (InputStream in = Packs.class.getResourceAsStream("packs/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("pack '" + name + "' is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading pack '" + name + "'", e);
        }
    }
}
