package io.meshup.registry.watch.stream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.ServiceName;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.Line;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher asks for.
 *
 * @param line the line of the instance, or {@code null} for a reader
 * @param services the services to watch; {@code *} for all
 * @param isAll whether all services are watched
 * @param after the revision to resume after, or -1
 * @param fresh those of the services of which it has nothing yet, whatever it resumes
 * after
 * @param isDelta whether changes of large services may come as what differs
 * @param isNames whether it wants to know the names of all services
 * @param like the service whose instances' interests it wants to know, or empty
 */
public record WatchRequest(@Nullable Line line, Set<String> services, boolean isAll, long after, Set<String> fresh,
		boolean isDelta, boolean isNames, String like) {

	private static final int MAX_INCARNATION = 128;

	/**
	 * Reads a request.
	 * @param query {@code instance} as service/id, {@code incarnation} of the process,
	 * {@code services} and {@code fresh} parted by commas or {@code *}, {@code deltas},
	 * {@code names}, {@code like}; all optional
	 * @param lastEventId the header, or empty
	 * @param most how many services may be named
	 * @return the request
	 * @throws ApiProblem with all that is wrong
	 */
	public static WatchRequest parse(Map<String, String> query, String lastEventId, int most) {
		List<Violation> violations = new ArrayList<>();
		String instance = query.getOrDefault("instance", "");
		String incarnation = query.getOrDefault("incarnation", "");
		Set<String> named = services("services", query, most, violations);
		LeaseKey key = instance.isEmpty() ? null : key(instance, violations);
		long after = after(lastEventId, violations);
		Set<String> fresh = services("fresh", query, most, violations);
		boolean isDelta = flag("deltas", query, violations);
		boolean isNames = flag("names", query, violations);
		String like = like(query, violations);
		if (incarnation.length() > MAX_INCARNATION) {
			violations.add(Violation.of("", "'incarnation' must have at most 128 characters"));
		}
		if (instance.isEmpty() && named.isEmpty() && violations.isEmpty()) {
			violations
				.add(Violation.of("", "'services' must name what to watch (a,b or *), or 'instance' who watches"));
		}
		if (!violations.isEmpty()) {
			throw ApiProblem.invalid(violations);
		}
		boolean isAll = named.contains(ServiceName.MESH_WIDE);
		Line line = (key != null) ? new Line(key, incarnation, named) : null;
		if (key != null) {
			named.add(key.service());
		}
		if (key != null || isNames) {
			named.add(ServiceName.MESH_WIDE);
		}
		return new WatchRequest(line, Set.copyOf(named), isAll, after, Set.copyOf(fresh), isDelta, isNames, like);
	}

	/**
	 * Who watches, for the log.
	 * @return the instance, or that it is none
	 */
	public String watcher() {
		return (this.line != null) ? this.line.key().toString() : "a reader of " + this.services;
	}

	boolean wants(String service) {
		return this.isAll || this.services.contains(service);
	}

	private static String like(Map<String, String> query, List<Violation> violations) {
		String like = query.getOrDefault("like", "");
		if (!like.isEmpty() && !ServiceName.isValid(like)) {
			violations.add(Violation.of("", "'like' must be a service's name but was " + quote(like)));
		}
		return like;
	}

	private static boolean flag(String name, Map<String, String> query, List<Violation> violations) {
		String text = query.getOrDefault(name, "");
		if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
			violations.add(Violation.of("", "'" + name + "' must be true or false but was " + quote(text)));
		}
		return text.equals("true");
	}

	private static Set<String> services(String field, Map<String, String> query, int most, List<Violation> violations) {
		Set<String> services = new LinkedHashSet<>();
		for (String part : query.getOrDefault(field, "").split(",")) {
			String name = part.strip();
			if (!name.isEmpty() && !name.equals(ServiceName.MESH_WIDE) && !ServiceName.isValid(name)) {
				violations.add(Violation.of("", "'" + field
						+ "' must be names (a-z, 0-9, -) parted by commas, or *, but one was " + quote(name)));
			}
			else if (!name.isEmpty()) {
				services.add(name);
			}
		}
		if (services.size() > most || violations.size() > most) {
			throw ApiProblem.invalid(List.of(Violation.of("", "'" + field + "' must have at most " + most
					+ " names (mesh.registry.limits.watched-services); use * to watch all")));
		}
		return services;
	}

	private static @Nullable LeaseKey key(String instance, List<Violation> violations) {
		int slash = instance.indexOf('/');
		if (slash < 0) {
			violations.add(Violation.of("", "'instance' must be {service}/{id} but was " + quote(instance)));
			return null;
		}
		try {
			return LeaseKey.parse(instance.substring(0, slash), instance.substring(slash + 1));
		}
		catch (ApiProblem ex) {
			violations.addAll(ex.violations());
			return null;
		}
	}

	private static long after(String lastEventId, List<Violation> violations) {
		if (lastEventId.isEmpty()) {
			return -1;
		}
		if (!lastEventId.matches("[0-9]{1,16}")) {
			violations
				.add(Violation.of("", "the header 'Last-Event-ID' must be a revision but was " + quote(lastEventId)));
			return -1;
		}
		return Long.parseLong(lastEventId);
	}

	private static String quote(String text) {
		String cut = (text.length() <= 80) ? text : text.substring(0, 80) + "...";
		return "'" + cut.replaceAll("\\p{C}", "?") + "'";
	}

}
