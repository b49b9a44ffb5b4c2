package io.meshup.registry.problem;

import java.util.List;

import io.meshup.registry.limit.RegistryLimits;

import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerErrorException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Says in the words of the API what the framework says in class names.
 */
final class ProblemTranslator {

	private final RegistryLimits limits;

	ProblemTranslator(RegistryLimits limits) {
		this.limits = limits;
	}

	ApiProblem translate(ServerHttpRequest request, Throwable error) {
		if (error instanceof ApiProblem problem) {
			return problem;
		}
		if (hasCause(error, DataBufferLimitException.class)) {
			return ApiProblem.tooLarge(this.limits);
		}
		if (error instanceof ResponseStatusException status && !(error instanceof ServerErrorException)) {
			return framework(request, status).withHeaders(headers(status));
		}
		if (error instanceof DecodingException) {
			return ApiProblem.of(HttpStatus.BAD_REQUEST, "The request's body cannot be read.");
		}
		return ApiProblem.of(HttpStatus.INTERNAL_SERVER_ERROR,
				"The registry failed to answer this request; the reason is in its log.");
	}

	private static ApiProblem framework(ServerHttpRequest request, ResponseStatusException error) {
		HttpStatus resolved = HttpStatus.resolve(error.getStatusCode().value());
		HttpStatus status = (resolved != null) ? resolved : HttpStatus.INTERNAL_SERVER_ERROR;
		if (error instanceof MissingRequestValueException missing) {
			return ApiProblem.of(status, "The query parameter or header '" + missing.getName() + "' is missing.",
					List.of(Violation.of("", "must have '" + missing.getName() + "' but has not")));
		}
		return ApiProblem.of(status, detail(request, status, error));
	}

	private static String detail(ServerHttpRequest request, HttpStatus status, ResponseStatusException error) {
		String path = request.getPath().value();
		if (error instanceof MethodNotAllowedException method) {
			return "'" + method.getHttpMethod() + "' is not possible on '" + path + "' (possible: "
					+ method.getSupportedMethods() + ").";
		}
		if (error instanceof UnsupportedMediaTypeStatusException type) {
			String was = (type.getContentType() != null) ? "of type '" + type.getContentType() + "'"
					: "without a readable type";
			return "A body " + was + " is not understood here (understood: " + type.getSupportedMediaTypes()
					+ "). Set the header Content-Type.";
		}
		if (error instanceof NotAcceptableStatusException type) {
			return "None of the types in the header Accept can be given (possible: " + type.getSupportedMediaTypes()
					+ ").";
		}
		if (error instanceof ServerWebInputException) {
			return "A part of the request cannot be read: its path, a query parameter, a header or its body.";
		}
		if (status == HttpStatus.NOT_FOUND) {
			return "There is nothing at '" + path + "'.";
		}
		return status.is5xxServerError() ? "The registry failed to answer this request; the reason is in its log."
				: "The request was refused: " + status.getReasonPhrase() + ".";
	}

	private static HttpHeaders headers(ResponseStatusException error) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(error.getHeaders());
		return headers;
	}

	private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

}
