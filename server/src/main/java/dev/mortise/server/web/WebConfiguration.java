package dev.mortise.server.web;

import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private static final String OURS = "dev.mortise";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Gate()).addPathPatterns("/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    /// Refuses to start when a route says nothing of who may call it.
    @Bean
    SmartInitializingSingleton everyRouteSaysWhoMayCall(
            List<RequestMappingHandlerMapping> mappings) {
        return () ->
                mappings.stream()
                        .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                        .filter(route -> route.getBeanType().getName().startsWith(OURS))
                        .filter(WebConfiguration::isUnguarded)
                        .findAny()
                        .ifPresent(
                                route -> {
                                    throw new IllegalStateException(
                                            route + " says nothing of who may call it");
                                });
    }

    private static boolean isUnguarded(HandlerMethod route) {
        return !route.hasMethodAnnotation(Needs.class)
                && !route.hasMethodAnnotation(SignedIn.class)
                && !route.hasMethodAnnotation(InPerson.class)
                && !route.hasMethodAnnotation(Open.class);
    }
}
