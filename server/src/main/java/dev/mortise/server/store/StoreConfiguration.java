package dev.mortise.server.store;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    @Bean
    Database database(DatabaseOpening opening) {
        return opening.await();
    }
}
