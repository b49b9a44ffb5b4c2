package io.meshup.spring.contract;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * WebClient on Reactor Netty in a bad network.
 */
class WebClientNetworkTests extends NetworkFaultContract {

	@Override
	Class<?> configuration() {
		return MeshClients.class;
	}

	@Override
	ContractClient client(AnnotationConfigApplicationContext context) {
		return new WebClientCalls(context.getBean(WebClient.Builder.class).build());
	}

	@Override
	Class<? extends Exception> ioError() {
		return WebClientRequestException.class;
	}

}
