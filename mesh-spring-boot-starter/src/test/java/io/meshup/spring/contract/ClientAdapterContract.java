package io.meshup.spring.contract;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every kind of client does in the mesh, beyond what holds for the gateway too.
 */
abstract class ClientAdapterContract extends KeptAnswerContract {

	@Test
	void explainsACallThatAsksForIt() throws Exception {
		Backend busy = backend(Backend.answering(503, "busy"));
		Backend backend = backend(Backend.answering(200, "hello"));
		String service = mesh().service(TestMesh.rules("""
				Route: 'rules': [{'name': 'all', 'retry': {'attempts': 1, 'codes': [503], 'backoff': '1ms'}}]"""),
				busy.port(), backend.port());

		List<String> told = new ArrayList<>();
		for (int i = 0; busy.requests().isEmpty() && i < 50; i++) {
			Answer answer = client().call(Ask.get("http://" + service + "/").with("x-mesh-explain", "1"));
			assertThat(answer.status()).isEqualTo(200);
			told.add(answer.headers().get("x-mesh-explain"));
		}
		Answer plain = client().call(Ask.get("http://" + service + "/"));

		assertThat(told.get(told.size() - 1)).contains("\"rule\":\"Route/" + service + "\"")
			.contains("\"name\":\"all\"")
			.contains("\"outcome\":\"503\"")
			.contains("\"outcome\":\"200\"")
			.contains("{\"id\":\"i1\",\"version\":\"v1\",\"out\":\"tried\"}");
		assertThat(plain.headers()).doesNotContainKey("x-mesh-explain");
	}

	@Test
	void throwsTheLastIoErrorAsTheClientItself() throws Exception {
		String service = mesh().service(closedPort(), closedPort());

		assertThatThrownBy(() -> client().call(Ask.get("http://" + service + "/"))).isInstanceOf(ioError())
			.satisfies((ex) -> assertThat(causes(ex)).hasAtLeastOneElementOfType(ConnectException.class));
	}

	@Test
	void letsAHostWithAPortPass() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));

		Answer answer = client().call(Ask.post("http://localhost:" + backend.port() + "/"));

		assertThat(answer.body()).isEqualTo("hello");
		assertThat(backend.requests().get(0).headers()).doesNotContainKey("x-mesh-source");
		assertThat(mesh().calls("localhost")).isEmpty();
	}

	@Test
	void letsAForeignHostPass() {
		assertThatThrownBy(() -> client().call(Ask.get("http://not-ours.invalid/"))).isInstanceOf(ioError());

		assertThat(mesh().calls("not-ours.invalid")).isEmpty();
	}

	private static List<Throwable> causes(Throwable ex) {
		return Stream.iterate(ex, Objects::nonNull, Throwable::getCause).toList();
	}

}
