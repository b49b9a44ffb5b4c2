package io.meshup.cli.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLException;

import io.meshup.cli.terminal.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What did not work, in words that help.
 */
final class Refusals {

	private Refusals() {
	}

	static CommandFailure unreachable(URI address, IOException cause) {
		for (Throwable each = cause; each != null; each = each.getCause()) {
			if (each instanceof CertPathBuilderException) {
				return new CommandFailure(ExitCode.UNREACHABLE,
						address + " shows a certificate of an authority that is "
								+ "not trusted here. Name the authority's PEM file with --ca-file or MESH_CA_FILE.");
			}
		}
		return new CommandFailure(ExitCode.UNREACHABLE, "Cannot reach " + address + ": " + reason(cause)
				+ ". Is the registry running? Set --registry or MESH_REGISTRY.");
	}

	private static String reason(IOException cause) {
		for (Throwable each = cause; each != null; each = each.getCause()) {
			if (each instanceof UnresolvedAddressException) {
				return "the host name is unknown";
			}
			if (each instanceof SSLException) {
				return "TLS failed (" + each.getMessage() + ")";
			}
		}
		if (cause instanceof HttpTimeoutException) {
			return "no answer in time";
		}
		String message = cause.getMessage();
		if (cause instanceof ConnectException) {
			return (message != null) ? message.toLowerCase(Locale.ROOT) : "connection refused";
		}
		return (message != null) ? message : cause.getClass().getSimpleName();
	}

	static CommandFailure of(Answer answer, URI address, Credentials credentials) {
		boolean isProblem = answer.header("content-type").contains("json");
		if (!isProblem && answer.status() != 401 && answer.status() != 403) {
			return new CommandFailure(ExitCode.UNREACHABLE, address + " answered " + answer.status()
					+ ", but not as a registry does. Is this the registry's address?");
		}
		JsonNode problem = isProblem ? answer.tree() : MissingNode.getInstance();
		String detail = Text.of(problem, "detail");
		return switch (answer.status()) {
			case 401 -> new CommandFailure(ExitCode.NOT_ALLOWED, unknown(address, credentials));
			case 403 -> new CommandFailure(ExitCode.NOT_ALLOWED,
					("Not allowed with " + credentials.origin() + ". " + detail).strip());
			case 400, 404, 405, 409, 412, 413, 415, 422 ->
				new CommandFailure(ExitCode.REFUSED, detail + hint(answer), violations(problem));
			default -> new CommandFailure(ExitCode.UNREACHABLE,
					(address + " cannot serve this now (" + answer.status() + "). " + detail).strip());
		};
	}

	private static String unknown(URI address, Credentials credentials) {
		if (credentials instanceof Credentials.None) {
			return "Not signed in to " + address
					+ ". Run 'meshctl login', or set MESH_USER and MESH_PASSWORD, or MESH_TOKEN_API.";
		}
		String reason = (credentials instanceof Credentials.Password) ? ": the user or the password is wrong."
				: ": wrong, expired or revoked. Run 'meshctl login' or correct it.";
		return address + " does not accept " + credentials.origin() + reason;
	}

	private static String hint(Answer answer) {
		return (answer.status() == 412) ? " Somebody changed it meanwhile: look at it again, then repeat." : "";
	}

	private static List<JsonNode> violations(JsonNode problem) {
		List<JsonNode> violations = new ArrayList<>();
		problem.path("violations").forEach(violations::add);
		return violations;
	}

}
