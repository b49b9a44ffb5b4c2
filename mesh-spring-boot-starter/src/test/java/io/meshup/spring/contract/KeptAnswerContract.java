package io.meshup.spring.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.TestMesh;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every way into the mesh does where a rule keeps answers.
 */
public abstract class KeptAnswerContract extends ServedCallContract {

	private static final String BODY = "hällo, wörld ".repeat(2_000);

	@Test
	void answersTheSecondTimeWithoutARequest() throws Exception {
		Backend backend = backend(answering("X-Own: 1"));
		String service = mesh().service(keep(), backend.port());

		Answer first = client().call(Ask.get("http://" + service + "/items?page=1"));
		Answer second = client().call(Ask.get("http://" + service + "/items?page=1"));
		client().call(Ask.get("http://" + service + "/items?page=2"));

		assertThat(first.headers()).containsEntry("x-mesh-cache", "miss");
		assertThat(second.headers()).containsEntry("x-mesh-cache", "hit").containsKey("age");
		assertThat(second.headers()).containsEntry("X-Own", "1").containsEntry("Content-Type", "text/plain");
		assertThat(second.body()).isEqualTo(first.body()).isEqualTo(BODY);
		assertThat(backend.requests()).hasSize(2);
		Awaitility.await()
			.untilAsserted(() -> assertThat(mesh().calls(service)).extracting("outcome")
				.containsExactly("delivered", "cached", "delivered"));
	}

	@Test
	void standsInForAServiceThatFails() throws Exception {
		Backend[] backend = new Backend[1];
		backend[0] = backend(Backend.of((request, connection) -> {
			request.drain();
			if (backend[0].requests().size() > 1) {
				connection.answer(500, "broken");
			}
			else {
				chunked(connection, "Cache-Control: max-age=0");
			}
		}));
		String service = mesh().service(keep(), backend[0].port());
		client().call(Ask.get("http://" + service + "/"));

		Answer answer = client().call(Ask.get("http://" + service + "/"));

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers()).containsEntry("x-mesh-cache", "stale");
		assertThat(answer.body()).isEqualTo(BODY);
		assertThat(backend[0].requests()).hasSize(2);
	}

	@Test
	void asksWhetherAnAnswerStillHolds() throws Exception {
		Backend backend = backend(Backend.of((request, connection) -> {
			request.drain();
			if ("\"1\"".equals(request.headers().get("if-none-match"))) {
				connection.sendHead(304, "ETag: \"1\"", "Cache-Control: max-age=60");
			}
			else {
				chunked(connection, "ETag: \"1\"", "Cache-Control: max-age=0");
			}
		}));
		String service = mesh().service(keep(), backend.port());
		client().call(Ask.get("http://" + service + "/"));

		Answer second = client().call(Ask.get("http://" + service + "/"));
		Answer third = client().call(Ask.get("http://" + service + "/"));

		assertThat(second.status()).isEqualTo(200);
		assertThat(second.headers()).containsEntry("x-mesh-cache", "revalidated");
		assertThat(second.body()).isEqualTo(BODY);
		assertThat(third.headers()).containsEntry("x-mesh-cache", "hit");
		assertThat(backend.requests()).hasSize(2);
	}

	@Test
	void sendsOnceForCallsAtTheSameTime() throws Exception {
		Backend backend = backend(Backend.of((request, connection) -> {
			request.drain();
			chunked(connection);
		}));
		String service = mesh().service(keep(), backend.port());
		ExecutorService executor = Executors.newFixedThreadPool(3);
		List<Future<Answer>> answers = new ArrayList<>();

		for (int i = 0; i < 3; i++) {
			answers.add(executor.submit(() -> client().call(Ask.get("http://" + service + "/"))));
		}

		for (Future<Answer> answer : answers) {
			assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo(BODY);
		}
		executor.shutdown();
		assertThat(backend.requests()).hasSize(1);
	}

	private static Backend answering(String... headers) throws IOException {
		return Backend.of((request, connection) -> {
			request.drain();
			chunked(connection, headers);
		});
	}

	private static void chunked(Backend.Connection connection, String... headers) throws IOException {
		List<String> head = new ArrayList<>(List.of(headers));
		head.add("Transfer-Encoding: chunked");
		connection.sendHead(200, head.toArray(String[]::new));
		byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
		OutputStream output = connection.output();
		output.write((Integer.toHexString(bytes.length) + "\r\n").getBytes());
		output.write(bytes);
		output.write("\r\n0\r\n\r\n".getBytes());
		output.flush();
	}

	private static List<String> keep() {
		return TestMesh.rules("Route: 'rules': [{'filters': [{'cache': {'ttl': '60s', 'staleIfError': '60s'}}]}]");
	}

}
