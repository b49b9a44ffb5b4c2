package io.meshup.spring.contract;

import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every kind of client does in the mesh. All that it inherits holds for the gateway
 * too; what stands here is about the caller's own exceptions and about hosts that are not
 * in the mesh.
 */
public abstract class ClientAdapterContract extends KeptAnswerContract {

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
