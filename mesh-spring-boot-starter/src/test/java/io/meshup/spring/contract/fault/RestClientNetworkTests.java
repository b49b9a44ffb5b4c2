package io.meshup.spring.contract.fault;

import io.meshup.spring.contract.client.RestClientContractTests;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * RestClient on the JDK's client in a bad network.
 */
class RestClientNetworkTests extends NetworkFaultContract {

	@Override
	protected Class<?> configuration() {
		return RestClientContractTests.JdkClient.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

}
