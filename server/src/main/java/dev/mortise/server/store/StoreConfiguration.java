package dev.mortise.server.store;

import dev.mortise.server.settings.ServerSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    @Bean
    Database database(ServerSettings settings) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        return DatabaseOpener.open(settings.home(), settings.database());
    }
}
