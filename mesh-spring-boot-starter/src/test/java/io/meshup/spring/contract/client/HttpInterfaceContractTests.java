package io.meshup.spring.contract.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;

import io.meshup.spring.contract.ClientAdapterContract;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.ContractClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * An HTTP interface as Boot builds it, on RestClient.
 */
class HttpInterfaceContractTests extends ClientAdapterContract {

	@Override
	protected Class<?> configuration() {
		return Client.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new Calls(context.getBean(Api.class));
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	@Override
	protected boolean streamsUploads() {
		return false;
	}

	interface Api {

		@HttpExchange
		ResponseEntity<byte[]> call(HttpMethod method, URI url, @RequestHeader Map<String, String> headers,
				@RequestBody(required = false) byte @Nullable [] body);

		@HttpExchange(method = "GET")
		InputStream open(URI url);

	}

	private record Calls(Api api) implements ContractClient {

		@Override
		public Answer call(Ask ask) {
			ResponseEntity<byte[]> response = this.api.call(HttpMethod.valueOf(ask.method()), URI.create(ask.url()),
					ask.headers(), ask.body());
			return Answer.of(response.getStatusCode().value(),
					(names) -> response.getHeaders().forEach((name, values) -> names.accept(name, values.get(0))),
					response.getBody());
		}

		@Override
		public InputStream open(String url) {
			InputStream body = this.api.open(URI.create(url));
			return (body != null) ? body : new ByteArrayInputStream(new byte[0]);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(MeshClients.class)
	@ImportHttpServices(group = "contract", types = Api.class)
	static class Client {

		@Bean
		ClientHttpRequestFactoryBuilder<?> jdk() {
			return ClientHttpRequestFactoryBuilder.jdk();
		}

		@Bean
		RestClientHttpServiceGroupConfigurer everyStatus() {
			return (groups) -> groups.forEachClient(
					(group, builder) -> builder.defaultStatusHandler((status) -> true, (request, response) -> {
					}));
		}

	}

}
