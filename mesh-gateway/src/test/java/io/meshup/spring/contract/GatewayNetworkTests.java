package io.meshup.spring.contract;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;

import io.meshup.spring.contract.fault.NetworkFaultContract;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.ContractClient;
import org.junit.jupiter.api.AfterAll;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway in a bad network, seen by a client outside: a GET never fails because of
 * it, and no POST is sent twice.
 */
class GatewayNetworkTests extends NetworkFaultContract {

	private ConfigurableApplicationContext gateway = new GenericApplicationContext();

	@Override
	protected Class<?> configuration() {
		return GatewayContractTests.Nothing.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		this.gateway = GatewayContractTests.gateway(mesh());
		return new GatewayContractTests.Calls(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
				this.gateway.getEnvironment().getProperty("local.server.port", "0"), Map.of());
	}

	// The head waits for the first part of the body, so that a broken answer can be told.
	@Override
	protected void assertBroken(Ask ask) {
		try {
			assertThat(client().call(ask).status()).isEqualTo(502);
		}
		catch (Exception ex) {
			assertThat(ex).as("broken off where a part was sent on").isInstanceOf(IOException.class);
		}
	}

	@AfterAll
	void stopGateway() {
		this.gateway.close();
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return Exception.class;
	}

}
