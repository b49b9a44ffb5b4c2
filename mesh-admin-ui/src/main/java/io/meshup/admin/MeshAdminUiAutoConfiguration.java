package io.meshup.admin;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the dashboard at {@code /} of a WebFlux application.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class MeshAdminUiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "meshAdminUiRoutes")
	RouterFunction<ServerResponse> meshAdminUiRoutes() {
		AssetHandler handler = new AssetHandler(Assets.load(getClass().getClassLoader()));
		return RouterFunctions.route(handler::serves, handler);
	}

}
