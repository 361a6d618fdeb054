package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.text.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/// The auth of a collection, a folder or a request.
final class PostmanAuth {
    private final SentLogin login;
    private final PostmanVariables variables;
    private final Findings findings;

    PostmanAuth(SentLogin login, PostmanVariables variables, Findings findings) {
        this.login = login;
        this.variables = variables;
        this.findings = findings;
    }

    void read(Node auth) {
        String type = auth.text("type", "noauth");
        Map<String, String> words = words(auth.at(type));
        switch (type) {
            case "noauth", "inherit" -> {}
            case "basic" -> login.basic(auth.place());
            case "bearer" -> login.bearer(auth.place());
            case "apikey" -> {
                String in = words.getOrDefault("in", "header").equals("query") ? "query" : "header";
                login.apiKey(words.getOrDefault("key", "X-Api-Key"), in, auth.place());
            }
            case "oauth2" -> oauth(auth, words);
            default ->
                    findings.leftOut(
                            auth.place(),
                            "auth of type '" + Names.title(type) + "' is not carried over",
                            "describe how calls are signed");
        }
    }

    private void oauth(Node auth, Map<String, String> words) {
        String url = words.getOrDefault("accessTokenUrl", "");
        boolean alone = words.getOrDefault("grant_type", "").equals("client_credentials");
        boolean usable = Addresses.split(url).filter(split -> !split.user()).isPresent();
        if (alone && usable && !url.contains("{{")) {
            login.oauth(url, words.getOrDefault("scope", ""), auth.place());
            return;
        }
        findings.leftOut(
                auth.place(),
                "the collection signs in by OAuth 2 without client credentials,"
                        + " which needs a person",
                "put a token that was granted into the variable of 'auth'");
        login.bearer(auth.place());
    }

    /// A list of key and value in version 2.1, an object in 2.0.
    private Map<String, String> words(Node list) {
        Map<String, String> words = new LinkedHashMap<>();
        list.entries()
                .forEach(
                        (name, value) ->
                                words.put(name, variables.resolve(value.text().orElse(""))));
        for (Node word : list.items()) {
            words.put(word.text("key", ""), variables.resolve(word.text("value", "")));
        }
        return words;
    }
}
