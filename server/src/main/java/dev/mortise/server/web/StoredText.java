package dev.mortise.server.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// Text that a database can store: PostgreSQL knows no character 0, so none comes in.
@Configuration(proxyBeanMethods = false)
class StoredText {
    @Bean
    JacksonModule textWithoutNull() {
        return new SimpleModule("stored text").addDeserializer(String.class, new Checked());
    }

    @Bean
    StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value == null || value.indexOf(0) < 0);
        return firewall;
    }

    private static final class Checked extends StdScalarDeserializer<String> {
        Checked() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            String text = StringDeserializer.instance.deserialize(parser, context);
            return text != null && text.indexOf(0) >= 0
                    ? context.reportInputMismatch(String.class, "a text may not hold character 0")
                    : text;
        }
    }
}
