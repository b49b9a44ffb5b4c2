package io.meshup.admin;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

class MeshAdminUiAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATION = AutoConfigurations.of(MeshAdminUiAutoConfiguration.class);

	@Test
	void servesTheDashboardInAWebFluxApplication() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATION)
			.run((context) -> assertThat(context).hasBean("meshAdminUiRoutes"));
	}

	@Test
	void staysAwayFromAnApplicationWithoutWebServer() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATION)
			.run((context) -> assertThat(context).doesNotHaveBean(RouterFunction.class));
	}

	@Test
	void leavesThePlaceToTheUsersOwnRoutes() {
		RouterFunction<ServerResponse> own = RouterFunctions.route((request) -> false,
				(request) -> ServerResponse.ok().build());

		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATION)
			.withBean("meshAdminUiRoutes", RouterFunction.class, () -> own)
			.run((context) -> assertThat(context.getBean("meshAdminUiRoutes")).isSameAs(own));
	}

}
