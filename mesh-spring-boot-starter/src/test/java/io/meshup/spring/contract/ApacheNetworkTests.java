package io.meshup.spring.contract;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * RestClient on Apache's classic client in a bad network; its read timeout is the limit
 * of an attempt.
 */
class ApacheNetworkTests extends NetworkFaultContract {

	@Override
	Class<?> configuration() {
		return ApacheRestClientContractTests.Client.class;
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
