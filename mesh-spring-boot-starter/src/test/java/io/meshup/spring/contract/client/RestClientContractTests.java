package io.meshup.spring.contract.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * RestClient as Boot builds it, on the JDK's client.
 */
public class RestClientContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return JdkClient.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Test
	void endsTheExchangeWhenItsCallerIsInterrupted() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		Backend stalled = backend(Backend.of((request, connection) -> {
			connection.awaitEnd();
			ended.countDown();
		}));
		String service = mesh().service(stalled.port());
		AtomicBoolean stillInterrupted = new AtomicBoolean();
		Thread caller = new Thread(() -> {
			assertThatThrownBy(() -> client().call(Ask.get("http://" + service + "/"))).isInstanceOf(ioError());
			stillInterrupted.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> stalled.requests().size() == 1);

		caller.interrupt();

		await(ended);
		caller.join();
		assertThat(stillInterrupted).isTrue();
		assertThat(stalled.requests()).hasSize(1);
		assertThat(mesh().calls(service)).hasSize(1);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	public static class JdkClient {

		@Bean
		ClientHttpRequestFactoryBuilder<?> jdk() {
			return ClientHttpRequestFactoryBuilder.jdk();
		}

	}

}
