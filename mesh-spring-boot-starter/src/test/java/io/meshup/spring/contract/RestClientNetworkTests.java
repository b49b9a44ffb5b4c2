package io.meshup.spring.contract;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * RestClient on the JDK's client in a bad network.
 */
class RestClientNetworkTests extends NetworkFaultContract {

	@Override
	Class<?> configuration() {
		return RestClientContractTests.JdkClient.class;
	}

	@Override
	ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

}
