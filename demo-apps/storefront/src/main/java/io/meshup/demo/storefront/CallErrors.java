package io.meshup.demo.storefront;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * What the customer is told when the shop cannot do it: the services' own words for a
 * refusal, 503 for everything that is not the customer's fault.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CallErrors {

	@ExceptionHandler
	ProblemDetail refused(HttpClientErrorException ex) {
		ProblemDetail cause = ex.getResponseBodyAs(ProblemDetail.class);
		String detail = (cause != null && cause.getDetail() != null) ? cause.getDetail() : ex.getStatusText();
		return problem(ex.getStatusCode(), detail);
	}

	@ExceptionHandler
	ProblemDetail unavailable(RestClientException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE,
				"The shop cannot do that at the moment; try again. Cause: " + ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail unreadable(HttpMessageNotReadableException ex) {
		Throwable cause = ex.getMostSpecificCause();
		return problem(HttpStatus.BAD_REQUEST,
				(cause instanceof IllegalArgumentException) ? cause.getMessage() : "The body is no basket in JSON");
	}

	private static ProblemDetail problem(HttpStatusCode status, @Nullable String detail) {
		return ProblemDetail.forStatusAndDetail(status, detail);
	}

}
