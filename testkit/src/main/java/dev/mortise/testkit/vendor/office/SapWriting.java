package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Told;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes to an entity set: creating with items inside, changing what the caller has seen.
final class SapWriting {
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,13}\\.\\d{1,3}|-?\\d{1,13}");
    private static final int KEY_MAX = 10;

    private final SapEntities entities;
    private final SapReading reading;

    SapWriting(SapEntities entities, SapReading reading) {
        this.entities = entities;
        this.reading = reading;
    }

    Told create(Asked asked) {
        Optional<ObjectNode> sent = Json.read(asked.text());
        Optional<Told> refusal = sent.isEmpty() ? Optional.of(malformed()) : wrong(sent.get());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        ObjectNode row = sent.get();
        String key = Json.text(row, entities.key);
        if (key.isEmpty() || key.length() > KEY_MAX) {
            String wanted = "Property '%s' needs 1 to 10 characters".formatted(entities.key);
            return SapOdata.error(400, "SY/530", wanted).refusing("key");
        }
        if (!entities.add(row)) {
            return SapOdata.error(400, "SLS/102", "Document " + key + " already exists")
                    .refusing("duplicate");
        }
        Told told = reading.one(row);
        return new Told(201, told.headers(), told.body(), "");
    }

    Told change(Asked asked, String id) {
        Optional<ObjectNode> row = entities.find(id);
        if (row.isEmpty()) {
            return SapOdata.missing();
        }
        String etag = asked.header("if-match");
        if (etag.isEmpty()) {
            return SapOdata.error(428, "/IWBEP/CM_MGW_RT/101", "If-Match is missing")
                    .refusing("if-match");
        }
        Optional<ObjectNode> sent = Json.read(asked.text());
        Optional<Told> refusal = sent.isEmpty() ? Optional.of(malformed()) : wrong(sent.get());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!entities.change(row.get(), etag, sent.get())) {
            return SapOdata.error(412, "/IWBEP/CM_MGW_RT/102", "The entity has been changed")
                    .refusing("etag");
        }
        return new Told(204, Map.of("ETag", SapEntities.etag(row.get())), new byte[0], "");
    }

    private static Told malformed() {
        return SapOdata.error(400, "/IWBEP/CX_MGW_BUSI/001", "Malformed payload").refusing("body");
    }

    /// In v2 a decimal is a string; a number is refused as theirs is.
    private Optional<Told> wrong(ObjectNode row) {
        for (Map.Entry<String, JsonNode> member : row.properties()) {
            boolean money = member.getKey().endsWith("Amount");
            JsonNode value = member.getValue();
            boolean string = value.isString() || entities.fourth;
            boolean right = string && DECIMAL.matcher(Json.text(row, member.getKey())).matches();
            if (money && !value.isNull() && !right) {
                String name = "Property '%s' at offset 1 is no Edm.Decimal";
                return Optional.of(
                        SapOdata.error(400, "/IWCOR/CX_OD_XML", name.formatted(member.getKey()))
                                .refusing("decimal"));
            }
        }
        return Optional.empty();
    }
}
