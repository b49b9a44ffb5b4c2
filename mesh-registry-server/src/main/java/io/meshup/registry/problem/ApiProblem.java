package io.meshup.registry.problem;

import java.util.List;

import io.meshup.registry.limit.Bounds;
import io.meshup.registry.limit.RegistryLimits;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * An answer other than success. Thrown anywhere below a request; the one handler writes
 * it as {@code application/problem+json}.
 */
public final class ApiProblem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private final transient List<Violation> violations;

	private final transient HttpHeaders headers;

	private ApiProblem(HttpStatus status, String detail, List<Violation> violations, HttpHeaders headers) {
		super(detail, null, false, false);
		this.status = status;
		this.violations = List.copyOf(violations);
		this.headers = headers;
	}

	/**
	 * A problem with a status.
	 * @param status the HTTP status; its phrase is the title
	 * @param detail what happened, what was expected, what to do
	 * @return the problem
	 */
	public static ApiProblem of(HttpStatus status, String detail) {
		return new ApiProblem(status, detail, List.of(), HttpHeaders.EMPTY);
	}

	/**
	 * A problem with all that is wrong.
	 * @param status the HTTP status; its phrase is the title
	 * @param detail what happened, what was expected, what to do
	 * @param violations every violation
	 * @return the problem
	 */
	public static ApiProblem of(HttpStatus status, String detail, List<Violation> violations) {
		return new ApiProblem(status, detail, violations, HttpHeaders.EMPTY);
	}

	/**
	 * A request that is refused for what it says.
	 * @param violations every violation, at least one
	 * @return the problem, with status 400
	 */
	public static ApiProblem invalid(List<Violation> violations) {
		String count = (violations.size() == 1) ? "1 violation" : violations.size() + " violations";
		return of(HttpStatus.BAD_REQUEST, "The request has " + count + ". Nothing was changed; correct and send again.",
				violations);
	}

	/**
	 * A body that is larger than is taken.
	 * @param limits how large it may be
	 * @return the problem, with status 413
	 */
	public static ApiProblem tooLarge(RegistryLimits limits) {
		return of(HttpStatus.CONTENT_TOO_LARGE, "The body of a call must have at most " + Bounds.text(limits.bodySize())
				+ " (" + limits.bodyBytes()
				+ " bytes; mesh.registry.limits.body-size) but has more. Nothing was changed; send it in parts.");
	}

	/**
	 * The same problem with response headers, for example {@code Allow}.
	 * @param headers the headers
	 * @return another problem
	 */
	public ApiProblem withHeaders(HttpHeaders headers) {
		return new ApiProblem(this.status, detail(), this.violations, HttpHeaders.readOnlyHttpHeaders(headers));
	}

	/**
	 * The HTTP status.
	 * @return 400 or more
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * What happened, what was expected, what to do.
	 * @return one or two sentences
	 */
	public String detail() {
		String message = getMessage();
		return (message != null) ? message : "";
	}

	/**
	 * Every violation.
	 * @return empty when the request as a whole is the problem
	 */
	public List<Violation> violations() {
		return this.violations;
	}

	/**
	 * Headers of the answer.
	 * @return read-only headers
	 */
	public HttpHeaders headers() {
		return this.headers;
	}

}
