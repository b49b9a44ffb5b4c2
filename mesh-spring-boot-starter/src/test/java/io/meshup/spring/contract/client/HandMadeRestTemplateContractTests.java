package io.meshup.spring.contract.client;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestTemplateCalls;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

/**
 * A template that the application makes by itself, with an interceptor of its own.
 */
class HandMadeRestTemplateContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return Client.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestTemplateCalls(context.getBean("handMade", RestTemplate.class));
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Override
	protected boolean streamsUploads() {
		return false;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	static class Client {

		@Bean
		RestTemplate handMade() {
			RestTemplate template = new RestTemplate(new JdkClientHttpRequestFactory());
			template.getInterceptors().add((request, body, execution) -> execution.execute(request, body));
			template.setErrorHandler(new NoOpResponseErrorHandler());
			return template;
		}

	}

}
