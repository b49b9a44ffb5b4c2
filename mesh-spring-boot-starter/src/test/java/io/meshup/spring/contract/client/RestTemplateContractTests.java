package io.meshup.spring.contract.client;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestTemplateCalls;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.ResourceAccessException;

/**
 * RestTemplate as Boot builds it.
 */
class RestTemplateContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return Client.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestTemplateCalls(
				context.getBean(RestTemplateBuilder.class).errorHandler(new NoOpResponseErrorHandler()).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	static class Client {

		@Bean
		ClientHttpRequestFactoryBuilder<?> jdk() {
			return ClientHttpRequestFactoryBuilder.jdk();
		}

	}

}
