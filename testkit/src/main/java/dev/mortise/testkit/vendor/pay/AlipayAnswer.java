package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a method of Alipay answers, before a gateway has dressed it.
///
/// @param code `10000` when it went well
/// @param reason the detailed code; empty when it went well
/// @param fields what it tells; empty for a refusal
record AlipayAnswer(String code, String reason, String message, ObjectNode fields, String rule) {
    static AlipayAnswer good(ObjectNode fields) {
        return new AlipayAnswer("10000", "", "Success", fields, "");
    }

    static AlipayAnswer refusal(String code, String reason, String message, String rule) {
        return new AlipayAnswer(code, reason, message, Json.object(), rule);
    }

    boolean isGood() {
        return reason.isEmpty();
    }
}
