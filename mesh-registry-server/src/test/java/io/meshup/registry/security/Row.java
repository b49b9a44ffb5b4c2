package io.meshup.registry.security;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.aggregator.ArgumentsAggregator;

import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A line of the matrix.
 *
 * @param method the call's method
 * @param path the call's path
 * @param statuses what each kind of credentials gets
 */
record Row(String method, String path, List<Integer> statuses) {

	int expected(int kind) {
		return this.statuses.get(kind);
	}

	int status(WebTestClient.ResponseSpec answer) {
		return answer.expectBody().returnResult().getStatus().value();
	}

	static final class Reader implements ArgumentsAggregator {

		@Override
		public Object aggregateArguments(ArgumentsAccessor line, ParameterContext context) {
			List<Integer> statuses = IntStream.range(2, line.size()).mapToObj(line::getInteger).toList();
			return new Row(line.getString(0), line.getString(1), statuses);
		}

	}

}
