package dev.mortise.server.web;

import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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

    private final ObjectProvider<KnownProjects> projects;

    WebConfiguration(ObjectProvider<KnownProjects> projects) {
        this.projects = projects;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Gate(projects::getObject)).addPathPatterns("/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    /// What Tomcat refuses by itself is told like everything else.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainFailures() {
        return factory ->
                factory.addContextCustomizers(
                        context -> {
                            if (context.getParent() instanceof StandardHost host) {
                                host.setErrorReportValveClass(PlainFailure.class.getName());
                            }
                        });
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
