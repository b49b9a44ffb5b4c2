package io.meshup.control.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import io.meshup.control.link.RegistryProblem.Kind;
import io.meshup.model.MeshJson;
import tools.jackson.databind.JsonNode;

/**
 * Says in plain words what an answer or an exception means and what to do about it.
 */
final class Problems {

	private static final int MAX_DETAIL = 500;

	private Problems() {
	}

	static RegistryProblem ofStatus(URI registry, int status, byte[] body) {
		String detail = detail(body);
		return switch (status) {
			case 401 -> new RegistryProblem(Kind.UNAUTHORIZED, status,
					"The registry at " + registry
							+ " does not know our join token (401). Set mesh.registry.token or mesh.registry.token-file"
							+ " to the content of its file 'join-token'." + detail);
			case 403 -> new RegistryProblem(Kind.FORBIDDEN, status, "The registry at " + registry
					+ " does not allow this with our credentials (403). A join token is needed." + detail);
			case 409 -> new RegistryProblem(Kind.CONFLICT, status,
					"Another running process owns our instance id at the registry at " + registry
							+ " (409). Stop it or give this one another mesh.instance.id." + detail);
			default -> other(registry, status, detail);
		};
	}

	private static RegistryProblem other(URI registry, int status, String detail) {
		if (status >= 500) {
			return new RegistryProblem(Kind.FAILED, status,
					"The registry at " + registry + " answered " + status + ". See its log." + detail);
		}
		if (status >= 400 && status != 404) {
			return new RegistryProblem(Kind.REFUSED, status,
					"The registry at " + registry + " refused what we sent (" + status + ")." + detail);
		}
		return new RegistryProblem(Kind.UNREADABLE, status, "What stands at " + registry + " answered " + status
				+ " and is probably not a registry. Check mesh.registry.urls." + detail);
	}

	static RegistryProblem ofFailure(URI registry, Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof ProtocolException) {
			return new RegistryProblem(Kind.UNREADABLE, -1,
					"The registry at " + registry + " is not understood (" + words(cause) + "). Check its version.");
		}
		if (cause instanceof IOException || cause instanceof CancellationException) {
			return new RegistryProblem(Kind.UNREACHABLE, -1,
					"The registry at " + registry + " cannot be reached (" + words(cause) + ").");
		}
		return new RegistryProblem(Kind.INTERNAL, -1,
				"The call to the registry at " + registry + " could not be made (" + words(cause) + ").");
	}

	private static String words(Throwable cause) {
		if (cause instanceof CancellationException || cause instanceof HttpTimeoutException) {
			return "no answer in time";
		}
		if (cause.getCause() instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
			return "its host name is unknown";
		}
		if (cause instanceof ConnectException) {
			return "connection refused";
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

	private static String detail(byte[] body) {
		try {
			JsonNode problem = MeshJson.readTree(body);
			String text = problem.path("detail").asString("");
			for (JsonNode violation : problem.path("violations")) {
				text += " " + violation.path("pointer").asString("") + " " + violation.path("message").asString("")
						+ ";";
			}
			String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
			return line.isEmpty() ? "" : " It says: " + line.substring(0, Math.min(MAX_DETAIL, line.length()));
		}
		catch (RuntimeException ex) {
			return "";
		}
	}

}
