package io.meshup.spring.contract;

import java.time.Duration;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * RestClient on Apache's classic client, which cannot be interrupted: its read timeout is
 * the limit of an attempt.
 */
class ApacheRestClientContractTests extends ClientAdapterContract {

	@Override
	Class<?> configuration() {
		return Client.class;
	}

	@Override
	ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Override
	boolean isInterruptible() {
		return false;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	static class Client {

		@Bean
		HttpClientSettings settings() {
			return HttpClientSettings.defaults().withReadTimeout(Duration.ofMillis(400));
		}

	}

}
