package io.meshup.spring.contract.client;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * A builder that the application makes by itself, with a request factory of its own.
 */
class HandMadeRestClientContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return Client.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		RestClient.Builder builder = context.getBean("handMade", RestClient.Builder.class);
		return new RestClientCalls(builder.clone().requestFactory(new JdkClientHttpRequestFactory()).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	static class Client {

		@Bean
		RestClient.Builder handMade() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

	}

}
