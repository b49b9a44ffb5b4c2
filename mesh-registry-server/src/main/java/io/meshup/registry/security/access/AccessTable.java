package io.meshup.registry.security.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/**
 * Who may call what, in one place. A call without a row is the administrator's; a test
 * fails for a handler without one. GET covers HEAD.
 */
public final class AccessTable {

	private static final String INSTANCE = "/api/v1/services/{service}/instances/{id}";

	private static final String VERSION = "/api/v1/services/{service}/versions/{version}";

	private static final String RULE = "/api/v1/rules/{kind}/{name}";

	/**
	 * The rows, the first that matches decides.
	 */
	public static final List<Row> ROWS = List.of(new Row(HttpMethod.PUT, INSTANCE, Role.PARTICIPANT),
			new Row(HttpMethod.DELETE, INSTANCE, Role.PARTICIPANT),
			new Row(HttpMethod.GET, "/api/v1/watch", Role.PARTICIPANT),
			new Row(HttpMethod.GET, "/api/v1/session", Role.VIEWER),
			new Row(HttpMethod.DELETE, "/api/v1/session", Role.VIEWER),
			new Row(HttpMethod.GET, "/api/v1/services", Role.VIEWER),
			new Row(HttpMethod.GET, "/api/v1/services/{service}", Role.VIEWER),
			new Row(HttpMethod.GET, INSTANCE + "/drain", Role.VIEWER),
			new Row(HttpMethod.GET, "/api/v1/topology", Role.VIEWER),
			new Row(HttpMethod.GET, "/api/v1/nodes", Role.VIEWER),
			new Row(HttpMethod.POST, "/api/v1/explain", Role.VIEWER),
			new Row(HttpMethod.GET, "/api/v1/rules", Role.VIEWER), new Row(HttpMethod.GET, RULE, Role.VIEWER),
			new Row(HttpMethod.GET, RULE + "/history", Role.VIEWER),
			new Row(HttpMethod.GET, "/api/v1/schemas/{kind}", Role.VIEWER),
			new Row(HttpMethod.GET, "/v3/**", Role.VIEWER),
			new Row(HttpMethod.GET, "/actuator/prometheus", Role.VIEWER), new Row(HttpMethod.PUT, RULE, Role.OPERATOR),
			new Row(HttpMethod.DELETE, RULE, Role.OPERATOR),
			new Row(HttpMethod.POST, RULE + "/rollback", Role.OPERATOR),
			new Row(HttpMethod.POST, "/api/v1/rules:apply", Role.OPERATOR),
			new Row(HttpMethod.POST, INSTANCE + "/drain", Role.OPERATOR),
			new Row(HttpMethod.DELETE, INSTANCE + "/drain", Role.OPERATOR),
			new Row(HttpMethod.GET, VERSION + "/drain", Role.VIEWER),
			new Row(HttpMethod.POST, VERSION + "/drain", Role.OPERATOR),
			new Row(HttpMethod.DELETE, VERSION + "/drain", Role.OPERATOR),
			new Row(HttpMethod.GET, "/api/v1/backup", Role.ADMIN), new Row(HttpMethod.GET, "/api/v1/audit", Role.ADMIN),
			new Row(HttpMethod.GET, "/api/v1/tokens", Role.ADMIN),
			new Row(HttpMethod.POST, "/api/v1/tokens", Role.ADMIN),
			new Row(HttpMethod.DELETE, "/api/v1/tokens/{name}", Role.ADMIN));

	private AccessTable() {
	}

	/**
	 * What holds the table against each call.
	 * @return thread-safe
	 */
	public static ReactiveAuthorizationManager<AuthorizationContext> guard() {
		List<Door> doors = new ArrayList<>();
		doors.add(Door.open(HttpMethod.POST, "/api/v1/session"));
		doors.add(Door.open(null, "/actuator/health"));
		for (Row row : ROWS) {
			for (HttpMethod method : row.methods()) {
				doors.add(Door.of(method, row.pattern(), row.roles()));
			}
		}
		for (String guarded : List.of("/api/**", "/v3/**", "/actuator/**")) {
			doors.add(Door.of(null, guarded, Role.ADMIN.name()));
		}
		doors.add(Door.open(HttpMethod.GET, "/**"));
		doors.add(Door.open(HttpMethod.HEAD, "/**"));
		return new TableGuard(doors, Door.of(null, "/**", Role.ADMIN.name()));
	}

	/**
	 * One kind of call.
	 *
	 * @param method its method
	 * @param pattern its path
	 * @param least who may it at least
	 */
	public record Row(HttpMethod method, String pattern, Role least) {

		List<HttpMethod> methods() {
			List<HttpMethod> methods = new ArrayList<>(List.of(this.method));
			if (this.method.equals(HttpMethod.GET)) {
				methods.add(HttpMethod.HEAD);
			}
			return methods;
		}

		String[] roles() {
			return Arrays.stream(Role.values())
				.filter((role) -> role == Role.ADMIN || role.includes(this.least))
				.filter((role) -> this.least != Role.PARTICIPANT || role == Role.PARTICIPANT || role == Role.ADMIN)
				.map(Role::name)
				.toArray(String[]::new);
		}

	}

}
