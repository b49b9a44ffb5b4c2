package io.meshup.spring.contract.client;

import java.time.Duration;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;

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
public class ApacheRestClientContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return Client.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Override
	protected boolean isInterruptible() {
		return false;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	public static class Client {

		@Bean
		HttpClientSettings settings() {
			return HttpClientSettings.defaults().withReadTimeout(Duration.ofMillis(400));
		}

	}

}
