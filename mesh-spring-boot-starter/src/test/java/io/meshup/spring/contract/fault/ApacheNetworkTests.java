package io.meshup.spring.contract.fault;

import io.meshup.spring.contract.client.ApacheRestClientContractTests;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * RestClient on Apache's classic client in a bad network; its read timeout is the limit
 * of an attempt.
 */
class ApacheNetworkTests extends NetworkFaultContract {

	@Override
	protected Class<?> configuration() {
		return ApacheRestClientContractTests.Client.class;
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
