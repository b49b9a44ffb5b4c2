package io.meshup.gateway.edge;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathGuard}.
 */
class PathGuardTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/orders", "/orders/1", "/orders/a.b", "/orders/.well-known/x", "/orders/%20x",
			"/orders/caf%C3%A9", "/orders/a%26b", "/orders/a...b" })
	void letsPathsWithOneReadingPass(String path) {
		assertThat(PathGuard.isPlain(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "//orders", "/orders//1", "/orders/../admin", "/orders/./x", "/orders/..",
			"/orders/%2e%2e/x", "/orders/.%2E/x", "/orders/a%2Fb", "/orders/a%5cb", "/orders/a%00b", "/orders/a;x=1/b",
			"/orders\\x", "/orders/%61ctuator", "/orders/%41ctuator" })
	void refusesPathsWithMoreThanOneReading(String path) {
		assertThat(PathGuard.isPlain(path)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/", "/actuator/health", "/Actuator/env" })
	void knowsTheActuator(String path) {
		assertThat(PathGuard.isActuator(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/actuators", "/items/actuator" })
	void takesNothingElseForTheActuator(String path) {
		assertThat(PathGuard.isActuator(path)).isFalse();
	}

}
