package io.meshup.spring.discovery;

import java.util.Locale;

import io.meshup.model.InstanceStatus;
import io.meshup.spring.instance.MeshMembership;
import io.meshup.spring.instance.OwnInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/**
 * Joining and leaving for users of {@link ServiceRegistry}. It speaks for this
 * application only. Thread-safe.
 */
final class MeshServiceRegistry implements ServiceRegistry<Registration> {

	private final OwnInstance own;

	private final MeshMembership membership;

	MeshServiceRegistry(OwnInstance own, MeshMembership membership) {
		this.own = own;
		this.membership = membership;
	}

	@Override
	public void register(@Nullable Registration registration) {
		requireOwn(registration);
		this.membership.join();
	}

	@Override
	public void deregister(@Nullable Registration registration) {
		requireOwn(registration);
		this.membership.leave();
	}

	@Override
	public void close() {
		// The membership ends with the application.
	}

	/**
	 * Sets the status that callers see, whatever the readiness.
	 * @param registration this application's
	 * @param status {@code UP}, {@code DOWN} (also {@code OUT_OF_SERVICE}),
	 * {@code DRAINING} or {@code STARTING}; {@code CANCEL_OVERRIDE} to go by the
	 * readiness again
	 */
	@Override
	public void setStatus(Registration registration, String status) {
		requireOwn(registration);
		this.membership.order(parse(status));
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> T getStatus(Registration registration) {
		requireOwn(registration);
		return (T) this.own.status().name();
	}

	private void requireOwn(@Nullable Registration registration) {
		if (registration != null && !registration.getServiceId().equals(this.own.service())) {
			throw new IllegalArgumentException("This application registers itself as '" + this.own.service()
					+ "' only, but the registration is of '" + registration.getServiceId() + "'.");
		}
	}

	private static @Nullable InstanceStatus parse(String status) {
		return switch (status.strip().toUpperCase(Locale.ROOT)) {
			case "CANCEL_OVERRIDE" -> null;
			case "UP" -> InstanceStatus.UP;
			case "DOWN", "OUT_OF_SERVICE" -> InstanceStatus.DOWN;
			case "DRAINING" -> InstanceStatus.DRAINING;
			case "STARTING" -> InstanceStatus.STARTING;
			default -> throw new IllegalArgumentException("'status' must be UP, DOWN, OUT_OF_SERVICE, DRAINING, "
					+ "STARTING or CANCEL_OVERRIDE but was '" + status + "'.");
		};
	}

}
