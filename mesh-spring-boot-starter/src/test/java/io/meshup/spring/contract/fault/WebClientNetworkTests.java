package io.meshup.spring.contract.fault;

import io.meshup.spring.contract.client.MeshClients;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.WebClientCalls;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * WebClient on Reactor Netty in a bad network.
 */
class WebClientNetworkTests extends NetworkFaultContract {

	@Override
	protected Class<?> configuration() {
		return MeshClients.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new WebClientCalls(context.getBean(WebClient.Builder.class).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return WebClientRequestException.class;
	}

}
