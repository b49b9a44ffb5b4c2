package io.meshup.control.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import io.meshup.control.link.RegistryProblem.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RegistryUrls}, {@link Problems} and {@link RegistryRequests}.
 */
class RegistryRequestsTests {

	private static final URI A = URI.create("http://a:8761");

	private static final URI B = URI.create("https://[::1]:8762/mesh");

	@Test
	void triesTheRegistriesInTurn() {
		RegistryUrls urls = new RegistryUrls(List.of(A, B), () -> 0);

		urls.failed(B);
		assertThat(urls.current()).isEqualTo(A);
		urls.failed(A);
		urls.failed(A);
		assertThat(urls.current()).isEqualTo(B);
		urls.failed(B);
		assertThat(urls.current()).isEqualTo(A);
	}

	@Test
	void refusesWhatIsNoRegistryUrl() {
		for (String bad : List.of("localhost:8761", "ftp://a", "http:///x", "http://a/?x=1", "a")) {
			assertThatIllegalArgumentException().as(bad)
				.isThrownBy(() -> new RegistryUrls(List.of(URI.create(bad)), () -> 0))
				.withMessageContaining("'http://localhost:8761'")
				.withMessageContaining("'" + bad + "'");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> new RegistryUrls(List.of(), () -> 0))
			.withMessageContaining("is empty");
		assertThat(new RegistryUrls(List.of(URI.create("http://a:1//")), () -> 0).current()).hasToString("http://a:1");
	}

	@Test
	void saysWhatAnAnswerMeansAndWhatToDo() {
		assertThat(status(401, "").message()).contains("join token").contains("mesh.registry.token-file");
		assertThat(status(409, "").message()).contains("Another running process").contains("mesh.instance.id");
		assertThat(status(404, "<html>").kind()).isEqualTo(Kind.UNREADABLE);
		assertThat(status(302, "").message()).contains("probably not a registry");
		assertThat(status(503, "").kind()).isEqualTo(Kind.FAILED);
		RegistryProblem refused = status(400, "{\"detail\":\"Two\\nmistakes.\",\"violations\":"
				+ "[{\"pointer\":\"/port\",\"message\":\"must be 1 to 65535\"}]}");
		assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
		assertThat(refused.message()).endsWith("It says: Two mistakes. /port must be 1 to 65535;");
	}

	@Test
	void saysWhatAnExceptionMeans() {
		assertThat(failure(new CompletionException(new ConnectException())).message()).contains("connection refused");
		assertThat(failure(new CancellationException()).message()).contains("no answer in time");
		assertThat(failure(new IOException("EOF")).message()).contains("EOF");
		assertThat(failure(new IllegalStateException("no token")).kind()).isEqualTo(Kind.INTERNAL);
	}

	@Test
	void writesTheRequestsOfTheContract() {
		RegistryRequests requests = new RegistryRequests("orders", "8f3a", "prod", () -> " secret\n");

		HttpRequest beat = requests.beat(B, "a b/ü", new byte[0]);
		HttpRequest line = requests.watch(A, "h-1", new Resume(0, 0, List.of("a", "b"), List.of("b"), "reg-a"));
		HttpRequest reader = requests.watch(A, null, new Resume(-1, 0, List.of("*"), List.of(), ""));

		assertThat(beat.uri()).hasToString("https://[::1]:8762/mesh/api/v1/services/orders/instances/a%20b%2F%C3%BC");
		assertThat(beat.headers().firstValue("Authorization")).contains("Bearer secret");
		assertThat(line.uri().getQuery())
			.isEqualTo("services=a,b&deltas=true&names=true&like=orders&fresh=b&instance=orders/h-1&incarnation=8f3a");
		assertThat(line.headers().firstValue("Last-Event-ID")).contains("0");
		assertThat(line.timeout()).isEmpty();
		assertThat(line.headers().firstValue("x-mesh-known-registry")).contains("reg-a");
		assertThat(reader.headers().map()).doesNotContainKey("x-mesh-known-registry");
		assertThat(List.of(beat, line, reader))
			.allMatch((each) -> each.headers().firstValue("x-mesh-trust-domain").equals(Optional.of("prod")));
		assertThat(reader.uri().getQuery()).isEqualTo("services=*&deltas=true");
		assertThat(reader.headers().map()).doesNotContainKey("Last-Event-ID");
		assertThat(requests.leave(A, "x").uri().getQuery()).isEqualTo("incarnation=8f3a");
	}

	@Test
	void neverShowsATokenThatCannotBeSent() {
		RegistryRequests requests = new RegistryRequests("orders", "8f3a", "prod", () -> "canary\r\nsecret");

		assertThatIllegalStateException().isThrownBy(() -> requests.leave(A, "x"))
			.withMessageContaining("mesh.registry.token")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("canary"));
	}

	private static RegistryProblem status(int status, String body) {
		return Problems.ofStatus(A, status, body.getBytes(StandardCharsets.UTF_8));
	}

	private static RegistryProblem failure(Throwable failure) {
		return Problems.ofFailure(A, failure);
	}

}
