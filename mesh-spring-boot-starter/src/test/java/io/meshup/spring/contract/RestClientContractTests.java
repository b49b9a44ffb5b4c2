package io.meshup.spring.contract;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * RestClient as Boot builds it, on the JDK's client.
 */
class RestClientContractTests extends ClientAdapterContract {

	@Override
	Class<?> configuration() {
		return JdkClient.class;
	}

	@Override
	ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	static class JdkClient {

		@Bean
		ClientHttpRequestFactoryBuilder<?> jdk() {
			return ClientHttpRequestFactoryBuilder.jdk();
		}

	}

}
