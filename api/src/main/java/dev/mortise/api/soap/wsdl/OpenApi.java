package dev.mortise.api.soap.wsdl;

import dev.mortise.api.soap.schema.JsonSchemas;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON face of a service: what a gateway that translates would publish.
final class OpenApi {
    private static final String JSON_TYPE = "application/json";
    private static final String PROBLEM_TYPE = "application/problem+json";

    private OpenApi() {}

    static ObjectNode of(Wsdl wsdl) {
        JsonSchemas schemas = new JsonSchemas("#/components/schemas/");
        ObjectNode api = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        api.putObject("info").put("title", wsdl.name()).put("version", "1");
        ObjectNode paths = api.putObject("paths");
        for (SoapResource resource : wsdl.resources()) {
            paths.putObject("/" + resource.name()).set("post", post(resource.operation(), schemas));
        }
        ObjectNode components = api.putObject("components");
        components.set("schemas", schemas.definitions());
        return api;
    }

    private static ObjectNode post(Operation operation, JsonSchemas schemas) {
        ObjectNode post = JsonNodeFactory.instance.objectNode();
        post.put("operationId", operation.id());
        post.putArray("tags").add(operation.endpoint().portType());
        ObjectNode request = post.putObject("requestBody").put("required", true);
        content(request, JSON_TYPE).set("schema", operation.input().jsonSchema(schemas));
        ObjectNode responses = post.putObject("responses");
        ObjectNode good = responses.putObject("200").put("description", "the answer");
        content(good, JSON_TYPE).set("schema", operation.output().jsonSchema(schemas));
        ObjectNode fault = responses.putObject("default").put("description", "a fault, RFC 9457");
        content(fault, PROBLEM_TYPE).putObject("schema").put("type", "object");
        return post;
    }

    private static ObjectNode content(ObjectNode parent, String type) {
        return parent.putObject("content").putObject(type);
    }
}
